package dev.longshore.client;

import com.google.protobuf.Message;
import dev.longshore.api.ApiException;

/** What became of one object of {@link ApiClient#createEach}. */
public sealed interface CreateOutcome<T extends Message> {
    /** @param object as stored */
    record Created<T extends Message>(T object) implements CreateOutcome<T> {}

    /** Not created; with SERVICE_UNAVAILABLE or TIMEOUT, not known to be. */
    record Refused<T extends Message>(ApiException cause) implements CreateOutcome<T> {}
}
