package dev.longshore.sim;

import dev.longshore.common.loop.EventLoop;
import dev.longshore.common.time.Environment;
import dev.longshore.common.time.Timers;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * A process that may die: after that, nothing it had planned happens any more. Its tasks and timers are entries of the
 * simulation's queue, its loops run one action at a time in the order posted.
 */
final class SimProcess {
    /** Thrown out of the call in which a process dies; whoever catches it is dead and can do no harm. */
    static final class Crashed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Crashed(String process) {
            super(process + " has crashed", null, false, false);
        }
    }

    private static final int LONGEST_START_MICROS = 400;

    private final String name;
    private final SimQueue queue;
    private final SimRandom random;
    private final SimFailures failures;
    private final Runnable onCrash;
    private final Environment environment;
    private boolean alive = true;

    /** @param onCrash told once, when the process dies by itself */
    SimProcess(String name, SimQueue queue, SimRandom random, SimFailures failures, Runnable onCrash) {
        this.name = name;
        this.queue = queue;
        this.random = random;
        this.failures = failures;
        this.onCrash = onCrash;
        this.environment = new Environment(queue, this::after, random,
                task -> after(Duration.ofNanos(1_000L * random.below(LONGEST_START_MICROS)), task));
    }

    String name() {
        return name;
    }

    Environment environment() {
        return environment;
    }

    boolean alive() {
        return alive;
    }

    /** Ends the process from outside. */
    void kill() {
        alive = false;
    }

    /** Ends the process from within: the call does not return. */
    Crashed crash() {
        if (alive) {
            alive = false;
            onCrash.run();
        }
        return new Crashed(name);
    }

    /** Fails when the process is dead, as whatever it calls then does not happen. */
    void requireAlive() {
        if (!alive) {
            throw new Crashed(name);
        }
    }

    Timers.Timer after(Duration delay, Runnable action) {
        boolean[] cancelled = {false};
        queue.after(delay, () -> {
            if (alive && !cancelled[0]) {
                run(action);
            }
        });
        return () -> cancelled[0] = true;
    }

    EventLoop loop() {
        return new Loop();
    }

    private void run(Runnable action) {
        try {
            action.run();
        } catch (Crashed _) {
            // The crash was noted where it happened.
        } catch (RuntimeException e) {
            failures.thrown(name, e);
        }
    }

    private final class Loop implements EventLoop {
        private final Queue<Runnable> actions = new ArrayDeque<>();
        private boolean running;

        @Override
        public void post(Runnable action) {
            actions.add(action);
            if (actions.size() == 1) {
                next();
            }
        }

        private void next() {
            after(Duration.ofNanos(1_000L * random.below(LONGEST_START_MICROS)), () -> {
                running = true;
                try {
                    actions.peek().run();
                } finally {
                    running = false;
                    actions.remove();
                    if (!actions.isEmpty()) {
                        next();
                    }
                }
            });
        }

        @Override
        public Timers.Timer postAfter(Duration delay, Runnable action) {
            return after(delay, () -> post(action));
        }

        @Override
        public boolean isOwner() {
            return running;
        }
    }
}
