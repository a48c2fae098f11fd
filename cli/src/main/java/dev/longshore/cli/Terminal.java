package dev.longshore.cli;

import dev.longshore.common.time.Environment;
import dev.longshore.common.time.Waiting;
import java.io.PrintStream;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * What a command tells its user: results on standard output, progress on standard error, at least one line each two
 * seconds while something takes longer.
 */
final class Terminal {
    static final Duration PROGRESS_EVERY = Duration.ofSeconds(2);
    private static final Duration STEP = Duration.ofMillis(50);

    private final Environment environment;
    private final PrintStream out;
    private final PrintStream progress;
    private final Waiting waiting;

    Terminal(Environment environment, PrintStream out, PrintStream progress) {
        this.environment = environment;
        this.out = out;
        this.progress = progress;
        this.waiting = new Waiting(environment, STEP);
    }

    void print(String line) {
        out.println(line);
    }

    void say(String line) {
        progress.println(line);
    }

    Waiting waiting() {
        return waiting;
    }

    Environment environment() {
        return environment;
    }

    /** Waits for {@code done} and tells how long it has been; false when the limit came first. */
    boolean progress(String what, BooleanSupplier done, Duration limit) throws InterruptedException {
        long begun = environment.clock().nanos();
        long limitNanos = limit.toNanos();
        while (!waiting.until(done, PROGRESS_EVERY)) {
            long passed = environment.clock().nanos() - begun;
            if (passed >= limitNanos) {
                return false;
            }
            say("  " + what + " ... " + Duration.ofNanos(passed).toSeconds() + " s");
        }
        return true;
    }
}
