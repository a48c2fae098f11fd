package dev.longshore.apiserver.store;

import java.nio.file.Path;

/** A data directory that cannot be opened. The message names it and says why, for the person who starts the process. */
public final class DataDirectoryException extends Exception {
    private static final long serialVersionUID = 1L;

    DataDirectoryException(Path directory, String why) {
        super("data directory " + directory + " " + why);
    }

    DataDirectoryException(Path directory, String why, Throwable cause) {
        super("data directory " + directory + " " + why, cause);
    }
}
