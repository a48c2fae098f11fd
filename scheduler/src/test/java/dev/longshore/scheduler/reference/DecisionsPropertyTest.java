package dev.longshore.scheduler.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Random clusters: every decision must be the one that the reference comes to, which asks every rule about every node.
 * Pods are placed one after the other in a cluster that changes in between, so the counts that the scheduler keeps are
 * compared with counting anew; in some of the clusters, what is kept lives through many pods, and some have a profile
 * of their own. A failure names its seed
 * and a cluster made as small as it will go; {@code -Dlongshore.seed=N} repeats one.
 */
class DecisionsPropertyTest {
    private static final int CLUSTERS = 10_000;
    /** One of so many is a {@link RandomCrowd}; an odd number, so that each thread has some. */
    private static final int CLUSTERS_PER_CROWD = 25;
    /** One of so many has a {@link RandomProfile}, the others the default one; odd for the same reason. */
    private static final int CLUSTERS_PER_PROFILE = 3;
    /** Each rule must have had a say in so many decisions. */
    private static final int FEWEST_OF_EACH = 300;

    private static final int THREADS = 2;
    private static final int SHOWN_FRAMES = 6;

    @Test
    void decidesLikeTheReference() throws InterruptedException, ExecutionException {
        List<Long> one = LongStream.of(Long.getLong("longshore.seed", -1)).filter(seed -> seed >= 0).boxed().toList();
        Statistics statistics = new Statistics();
        OptionalLong failing = one.isEmpty() ? firstFailing(statistics) : OptionalLong.of(one.getFirst());
        failing.ifPresent(DecisionsPropertyTest::check);
        System.out.println("compared with the reference: " + statistics);
        if (one.isEmpty()) {
            for (String rule : List.of("NodeUnschedulable", "TaintToleration", "NodeAffinity", "NodePorts",
                    "NodeResourcesFit", "PodTopologySpread", "InterPodAffinity")) {
                assertThat(statistics.of("refused by " + rule)).as(rule).isGreaterThan(FEWEST_OF_EACH);
            }
            for (String rule : List.of("TaintToleration", "NodeAffinity", "NodeResourcesFit", "ImageLocality",
                    "NodeResourcesBalancedAllocation", "PodTopologySpread", "InterPodAffinity")) {
                assertThat(statistics.of("differs in " + rule)).as(rule).isGreaterThan(FEWEST_OF_EACH);
            }
        }
    }

    private static OptionalLong firstFailing(Statistics sum) throws InterruptedException, ExecutionException {
        LongStream.Builder failing = LongStream.builder();
        try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            List<Future<OptionalLong>> parts = new ArrayList<>();
            for (int part = 0; part < THREADS; part++) {
                int first = part;
                parts.add(threads.submit(() -> firstFailing(first, sum)));
            }
            for (Future<OptionalLong> part : parts) {
                part.get().ifPresent(failing::add);
            }
        }
        return failing.build().min();
    }

    /** Every so many of the seeds. */
    private static OptionalLong firstFailing(int first, Statistics sum) {
        Statistics statistics = new Statistics();
        for (long seed = first; seed < CLUSTERS; seed += THREADS) {
            if (!difference(profile(seed), lines(seed), statistics).isEmpty()) {
                return OptionalLong.of(seed);
            }
        }
        sum.add(statistics);
        return OptionalLong.empty();
    }

    private static List<String> lines(long seed) {
        return seed % CLUSTERS_PER_CROWD == 0 ? RandomCrowd.lines(seed) : RandomScenario.lines(seed);
    }

    private static PlainProfile profile(long seed) {
        return seed % CLUSTERS_PER_PROFILE == 0 ? RandomProfile.of(seed) : PlainProfile.STANDARD;
    }

    private static void check(long seed) {
        PlainProfile profile = profile(seed);
        List<String> lines = lines(seed);
        Predicate<List<String>> fails = some -> !difference(profile, some, new Statistics()).isEmpty();
        List<String> few = fails.test(lines) ? shrunk(lines, fails) : lines;
        assertThat(difference(profile, few, new Statistics()))
                .as("seed " + seed + " " + profile + "\n" + String.join("\n", few)).isEmpty();
    }

    /** What was different first, "" for nothing. */
    private static String difference(PlainProfile profile, List<String> lines, Statistics statistics) {
        SideBySide both = new SideBySide(lines.hashCode(), profile, statistics);
        for (String line : lines) {
            String difference = outcome(both, line);
            if (!difference.isEmpty()) {
                return line + ": " + difference;
            }
        }
        return "";
    }

    /** An exception is a difference too, so that its seed is told. */
    private static String outcome(SideBySide both, String line) {
        try {
            return both.apply(line);
        } catch (RuntimeException e) {
            return e + " at " + List.of(e.getStackTrace()).subList(0, Math.min(SHOWN_FRAMES, e.getStackTrace().length));
        }
    }

    /** Leaves out lines, and words of lines, as long as the rest still fails. */
    private static List<String> shrunk(List<String> lines, Predicate<List<String>> fails) {
        List<String> few = new ArrayList<>(lines);
        for (int i = few.size() - 1; i >= 0; i--) {
            List<String> fewer = new ArrayList<>(few);
            fewer.remove(i);
            if (fails.test(fewer)) {
                few = fewer;
            }
        }
        for (int i = 0; i < few.size(); i++) {
            int words = few.get(i).startsWith("without") ? 0 : few.get(i).split(" ").length;
            for (int word = words - 1; word >= 2; word--) {
                List<String> fewer = new ArrayList<>(few);
                List<String> line = new ArrayList<>(List.of(few.get(i).split(" ")));
                line.remove(word);
                fewer.set(i, String.join(" ", line));
                if (fails.test(fewer)) {
                    few = fewer;
                }
            }
        }
        return few;
    }
}
