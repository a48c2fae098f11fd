package dev.longshore.agent.env;

/** An object, or a key in it, that the specification needs is not there. */
public final class MissingReference extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public MissingReference(String message) {
        super(message, null, false, false);
    }
}
