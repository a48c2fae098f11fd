package dev.longshore.common.logging;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;

/** One line an event: time, level, logger and message, as key=value text or as JSON. A stack trace stays on the line. */
final class LineFormatter extends Formatter {
    private final boolean json;

    LineFormatter(boolean json) {
        this.json = json;
    }

    @Override
    public String format(LogRecord event) {
        String logger = event.getLoggerName() == null ? "" : shorten(event.getLoggerName());
        String message = formatMessage(event) + trace(event);
        if (json) {
            return "{\"time\":\"" + event.getInstant() + "\",\"level\":\"" + event.getLevel() + "\",\"logger\":\""
                    + escape(logger) + "\",\"message\":\"" + escape(message) + "\"}\n";
        }
        return event.getInstant() + " " + event.getLevel() + " " + logger + " " + message.replace("\n", "\\n") + "\n";
    }

    private static String shorten(String logger) {
        return logger.substring(logger.lastIndexOf('.') + 1);
    }

    private static String trace(LogRecord event) {
        if (event.getThrown() == null) {
            return "";
        }
        StringWriter text = new StringWriter();
        event.getThrown().printStackTrace(new PrintWriter(text));
        return " error=" + text.toString().strip();
    }

    private static String escape(String text) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < 0x20) {
                        out.append(String.format("\\u%04x", (int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        return out.toString();
    }
}
