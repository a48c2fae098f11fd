package dev.longshore.cli;

import picocli.CommandLine.ExitCode;

/** A command could not do what was asked; the message is the one line that the user reads. */
final class CommandFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int exitCode;

    CommandFailure(String message) {
        this(message, ExitCode.SOFTWARE);
    }

    private CommandFailure(String message, int exitCode) {
        super(message, null, false, false);
        this.exitCode = exitCode;
    }

    /** What was asked makes no sense, as the user can tell from the message: the command line, or a file that it names. */
    static CommandFailure usage(String message) {
        return new CommandFailure(message, ExitCode.USAGE);
    }

    int exitCode() {
        return exitCode;
    }
}
