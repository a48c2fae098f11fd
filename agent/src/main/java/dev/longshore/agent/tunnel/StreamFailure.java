package dev.longshore.agent.tunnel;

import dev.longshore.api.Reason;

/** A stream that cannot be served, in the words the client sees. */
public final class StreamFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    public StreamFailure(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
