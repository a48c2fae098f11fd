package dev.longshore.client.queue;

import java.time.Duration;

/** How one piece of work ended, and so when its key is due again. */
public sealed interface Turn {
    /** Nothing to do until somebody adds the key. */
    record Done() implements Turn {}

    /** Due again after {@code delay}, or earlier if somebody adds the key. */
    record After(Duration delay) implements Turn {}

    /** It failed: due again after the key's back-off, which doubles each time. */
    record Failed() implements Turn {}
}
