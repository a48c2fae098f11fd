package dev.longshore.agent.runtime;

/** A call that the container runtime refused or did not answer. Decide on {@link #kind}, never on the message. */
public final class RuntimeFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Why the call failed. */
    public enum Kind {
        NOT_FOUND, ALREADY_EXISTS, INVALID, UNIMPLEMENTED, UNAVAILABLE, DEADLINE, OTHER
    }

    private final Kind kind;

    public RuntimeFailure(Kind kind, String message) {
        super(message, null, false, false);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
