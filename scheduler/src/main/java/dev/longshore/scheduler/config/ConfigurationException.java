package dev.longshore.scheduler.config;

/** A configuration that cannot be followed. The message is one line: the field's path, a colon, and what is wrong. */
public final class ConfigurationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ConfigurationException(String path, String problem) {
        super(oneLine(path.isEmpty() ? problem : path + ": " + problem), null, false, false);
    }

    /** Names in the file, and what parsers say, may have line breaks. */
    private static String oneLine(String message) {
        return message.strip().replaceAll("\\s*\\p{Cntrl}+\\s*", " ");
    }
}
