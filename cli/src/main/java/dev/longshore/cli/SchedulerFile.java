package dev.longshore.cli;

import dev.longshore.scheduler.config.ConfigurationException;
import dev.longshore.scheduler.config.KubeSchedulerConfiguration;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The file of kind KubeSchedulerConfiguration that a user has named. */
final class SchedulerFile {
    /** A configuration larger than this is none. */
    private static final long MAX_BYTES = 1 << 20;

    private SchedulerFile() {
    }

    /** @throws CommandFailure with a line that names the file, the field and what is wrong with it */
    static KubeSchedulerConfiguration read(Path file) {
        if (!Files.isRegularFile(file)) {
            throw CommandFailure.usage(file + ": there is no such file");
        }
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw CommandFailure.usage(file + ": larger than " + MAX_BYTES + " bytes");
            }
            return KubeSchedulerConfiguration.read(Files.readAllBytes(file));
        } catch (IOException e) {
            throw CommandFailure.usage(file + ": cannot be read: " + e.getClass().getSimpleName());
        } catch (ConfigurationException e) {
            throw CommandFailure.usage(file + ": " + e.getMessage());
        }
    }

    /** As {@link #read}, or the standard one without a file; what has no effect goes into the log. */
    static KubeSchedulerConfiguration readLogged(String file, System.Logger log) {
        if (file.isEmpty()) {
            return KubeSchedulerConfiguration.STANDARD;
        }
        KubeSchedulerConfiguration configuration = read(Path.of(file));
        configuration.warnings().forEach(
                line -> log.log(System.Logger.Level.WARNING, "configuration=" + file + " field=" + line));
        return configuration;
    }

    /** The file's text as it stands there; "" without a file. */
    static String text(String file) {
        try {
            return file.isEmpty() ? "" : new String(Files.readAllBytes(Path.of(file)), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw CommandFailure.usage(file + ": cannot be read: " + e.getClass().getSimpleName());
        }
    }
}
