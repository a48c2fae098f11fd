package dev.longshore.cli;

import dev.longshore.common.lifecycle.Assembly;
import dev.longshore.common.lifecycle.Component;
import dev.longshore.common.lifecycle.FaultHandler;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * Runs components as a process: until SIGTERM or SIGINT, then stops them in reverse order.
 */
final class ComponentProcess {
    private static final System.Logger LOG = System.getLogger(ComponentProcess.class.getName());
    private static final Duration STOP_LIMIT = Duration.ofSeconds(10);
    private static final int FAULT_EXIT_CODE = 70;

    private ComponentProcess() {
    }

    /** Ends the process at once, since what it would go on with is damaged; the log says why. */
    static FaultHandler faults() {
        return (component, cause) -> {
            LOG.log(System.Logger.Level.ERROR, "component=" + component + " is broken, the process ends", cause);
            Runtime.getRuntime().halt(FAULT_EXIT_CODE);
        };
    }

    /** Makes components that need others to run already. */
    interface Stage {
        List<Component> make() throws Exception;
    }

    /**
     * Makes and starts the stages one after the other, and returns when the process was asked to end and everything has
     * stopped.
     */
    static void run(Stage... stages) throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch stopped = new CountDownLatch(1);
        // The virtual machine ends when its shutdown hooks have: this one waits for the orderly stop.
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("shutdown").unstarted(() -> {
            asked.countDown();
            try {
                stopped.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }));
        try {
            start(List.of(stages), asked);
        } finally {
            stopped.countDown();
        }
    }

    private static void start(List<Stage> stages, CountDownLatch asked) throws Exception {
        if (stages.isEmpty()) {
            asked.await();
            return;
        }
        Assembly assembly = new Assembly(stages.getFirst().make(), STOP_LIMIT);
        assembly.start();
        try {
            start(stages.subList(1, stages.size()), asked);
        } finally {
            assembly.stop();
        }
    }
}
