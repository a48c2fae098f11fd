package dev.longshore.common.logging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

class LineFormatterTest {
    private static LogRecord event(String message) {
        LogRecord event = new LogRecord(Level.INFO, message);
        event.setLoggerName("dev.longshore.agent.Agent");
        return event;
    }

    @Test
    void oneEventIsOneLine() {
        String line = new LineFormatter(false).format(event("pod=a/b\nstarted"));
        assertThat(line).endsWith(" INFO Agent pod=a/b\\nstarted\n");
        assertThat(line.lines()).hasSize(1);
    }

    @Test
    void jsonEscapesWhatWouldBreakIt() {
        String line = new LineFormatter(true).format(event("say \"hi\" \\ \u0001"));
        assertThat(line).contains("\"message\":\"say \\\"hi\\\" \\\\ \\u0001\"").endsWith("}\n");
    }

    @Test
    void aStackTraceStaysOnTheLine() {
        LogRecord event = event("failed");
        event.setThrown(new IllegalStateException("why"));
        String line = new LineFormatter(false).format(event);
        assertThat(line).contains("failed error=java.lang.IllegalStateException: why\\n");
        assertThat(line.lines()).hasSize(1);
    }
}
