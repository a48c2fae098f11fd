package dev.longshore.common.lifecycle;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Starts components in the order given and stops them in reverse. Used by one thread.
 */
public final class Assembly {
    private static final System.Logger LOG = System.getLogger(Assembly.class.getName());

    private final List<Component> components;
    private final Duration stopLimit;
    private final List<Component> started = new ArrayList<>();

    /** @param stopLimit how long each component may take to end before it is reported and left behind */
    public Assembly(List<Component> components, Duration stopLimit) {
        this.components = List.copyOf(components);
        this.stopLimit = stopLimit;
    }

    /** Starts all; when one fails, those before it are stopped again and its exception is thrown. */
    public void start() throws Exception {
        for (Component component : components) {
            try {
                component.start();
                started.add(component);
            } catch (Exception e) {
                LOG.log(System.Logger.Level.ERROR,
                        "component=" + component.name() + " did not start: " + e.getMessage());
                stop();
                throw e;
            }
        }
    }

    /** Stops what was started; returns the names of those that did not end within the limit. */
    public List<String> stop() throws InterruptedException {
        List<String> stuck = new ArrayList<>();
        for (Component component : started.reversed()) {
            component.beginStop();
            if (!component.awaitStopped(stopLimit)) {
                LOG.log(System.Logger.Level.WARNING,
                        "component=" + component.name() + " did not stop within " + stopLimit.toSeconds() + " s");
                stuck.add(component.name());
            }
        }
        started.clear();
        return stuck;
    }
}
