package dev.longshore.sim;

import dev.longshore.common.time.Clock;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Runs seeds, two at a time, and tells what became of them. Each seed runs three times: without faults to learn the end
 * state, with faults, and the first of all a second time with faults to compare the logs.
 */
public final class SimRunner {
    /** Simulations at the same time; each is single-threaded. */
    private static final int THREADS = 2;
    private static final long PROGRESS_NANOS = 2_000_000_000L;
    private static final int LINES_SHOWN = 60;

    private final Clock clock;
    private final PrintStream out;
    private final List<SimResult> failed = new ArrayList<>();
    private long done;
    private long events;
    private long writes;
    private long lastProgressNanos;

    /** @param clock real time, for the progress */
    public SimRunner(Clock clock, PrintStream out) {
        this.clock = clock;
        this.out = out;
    }

    /**
     * Runs the seeds {@code from} to {@code from + seeds - 1}; stops after the first that fails.
     *
     * @return whether every one ended as it should
     */
    public boolean run(long seeds, long from) throws InterruptedException {
        long startNanos = clock.nanos();
        lastProgressNanos = startNanos;
        AtomicLong next = new AtomicLong(from);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < Math.min(THREADS, seeds); i++) {
            threads.add(Thread.ofPlatform().name("sim-" + i).daemon(true).start(() -> work(next, from, from + seeds)));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        failed.forEach(this::show);
        out.printf("%d of %d seeds ended as they should; %d events, %d writes, %.1f s%n", done - failed.size(), seeds,
                events, writes, (clock.nanos() - startNanos) / 1e9);
        return failed.isEmpty() && done == seeds;
    }

    private void work(AtomicLong next, long first, long end) {
        for (long seed = next.getAndIncrement(); seed < end && !stopped(); seed = next.getAndIncrement()) {
            note(verify(seed, seed == first), end - first);
        }
    }

    /** Runs one seed and compares its end with that of the run without faults. */
    static SimResult verify(long seed, boolean twice) {
        SimResult faultless = runOne(seed, SimOptions.FAULTLESS);
        if (faultless.failed()) {
            return faultless;
        }
        SimResult faulty = runOne(seed, SimOptions.FAULTY);
        List<String> failures = new ArrayList<>(faulty.failures());
        if (failures.isEmpty() && !faulty.end().equals(faultless.end())) {
            failures.add("ended as " + faulty.end().lines() + ", without faults as " + faultless.end().lines());
        }
        if (twice && !runOne(seed, SimOptions.FAULTY).logHash().equals(faulty.logHash())) {
            failures.add("the second run of the seed gave another log");
        }
        return new SimResult(seed, failures, faulty.end(), faulty.logHash(), faulty.lastLines(),
                faulty.events() + faultless.events(), faulty.writes() + faultless.writes());
    }

    /** An exception that ends the simulation is a failure of its seed. */
    static SimResult runOne(long seed, SimOptions options) {
        try {
            return new Simulation(seed, options).run();
        } catch (RuntimeException e) {
            StackTraceElement[] stack = e.getStackTrace();
            return new SimResult(seed, List.of("ended by " + e + (stack.length == 0 ? "" : " at " + stack[0])),
                    new EndState(List.of()), "", List.of(), 0, 0);
        }
    }

    private synchronized boolean stopped() {
        return !failed.isEmpty();
    }

    private synchronized void note(SimResult result, long seeds) {
        done++;
        events += result.events();
        writes += result.writes();
        if (result.failed()) {
            failed.add(result);
        }
        if (clock.nanos() - lastProgressNanos >= PROGRESS_NANOS) {
            lastProgressNanos = clock.nanos();
            out.printf("%d/%d seeds, %d failed%n", done, seeds, failed.size());
        }
    }

    private void show(SimResult result) {
        result.lastLines().stream().skip(Math.max(0, result.lastLines().size() - LINES_SHOWN))
                .forEach(line -> out.println("  " + line));
        out.println("seed " + result.seed() + " failed:");
        result.failures().forEach(failure -> out.println("  " + failure));
        out.println("again: ./longshore sim --seeds 1 --from " + result.seed());
    }
}
