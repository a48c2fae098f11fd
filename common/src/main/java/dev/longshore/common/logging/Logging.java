package dev.longshore.common.logging;

import java.util.logging.ConsoleHandler;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Sets up the logs of a process: one line an event on standard error. Code logs through {@link System.Logger}.
 */
public final class Logging {
    // Loggers that are configured must be held, or they are collected and forget their level.
    private static final Logger ROOT = Logger.getLogger("");
    private static final Logger NETTY_BOOTSTRAP = Logger.getLogger("io.netty.bootstrap");

    private Logging() {
    }

    /** @param json one JSON object a line instead of key=value text */
    public static void configure(Level level, boolean json) {
        for (Handler handler : ROOT.getHandlers()) {
            ROOT.removeHandler(handler);
        }
        Handler handler = new ConsoleHandler();
        handler.setLevel(Level.ALL);
        handler.setFormatter(new LineFormatter(json));
        ROOT.addHandler(handler);
        ROOT.setLevel(Level.WARNING);
        // Unix sockets know no keep-alive; Netty warns once per connection.
        NETTY_BOOTSTRAP.setLevel(Level.SEVERE);
        Logger.getLogger("dev.longshore").setLevel(level);
    }
}
