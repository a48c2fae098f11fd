package dev.longshore.scheduler.config;

/** A configuration that cannot be followed. The message is one line: the field's path, a colon, and what is wrong. */
public final class ConfigurationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ConfigurationException(String path, String problem) {
        super(path.isEmpty() ? problem : path + ": " + problem, null, false, false);
    }
}
