package dev.longshore.scheduler.recording;

/** A recording that cannot be read on. The message is for the user and says what is wrong with the line. */
public final class BrokenRecordingException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final long line;

    BrokenRecordingException(long line, String message) {
        super(message, null, false, false);
        this.line = line;
    }

    /** The number of the line, from 1. */
    public long line() {
        return line;
    }
}
