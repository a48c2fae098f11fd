package dev.longshore.cli;

import dev.longshore.common.logging.Logging;
import java.util.logging.Level;
import picocli.CommandLine.Option;

/** The options of a component's log. */
final class LogOption {
    /** How much is logged. */
    enum Detail {
        ERROR(Level.SEVERE), WARNING(Level.WARNING), INFO(Level.INFO), DEBUG(Level.FINE);

        private final Level level;

        Detail(Level level) {
            this.level = level;
        }
    }

    @Option(names = "--log-level", paramLabel = "LEVEL", defaultValue = "${env:LONGSHORE_LOG_LEVEL:-INFO}", description = "ERROR, WARNING, INFO or DEBUG (default: INFO).")
    private Detail detail;

    @Option(names = "--log-json", description = "One JSON object a line instead of key=value text.")
    private boolean json;

    void apply() {
        Logging.configure(detail.level, json);
    }
}
