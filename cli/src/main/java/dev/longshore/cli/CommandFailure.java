package dev.longshore.cli;

/** A command could not do what was asked; the message is the one line that the user reads. */
final class CommandFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CommandFailure(String message) {
        super(message, null, false, false);
    }
}
