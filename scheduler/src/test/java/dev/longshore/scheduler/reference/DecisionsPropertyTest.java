package dev.longshore.scheduler.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Random clusters: every decision must be the one that the reference comes to, which asks every rule about every node.
 * Pods are placed one after the other in a cluster that changes in between, so the counts that the scheduler keeps are
 * compared with counting anew. A failure names its seed and a cluster made as small as it will go;
 * {@code -Dlongshore.seed=N} repeats one.
 */
class DecisionsPropertyTest {
    private static final int CLUSTERS = 10_000;
    /** Each rule must have had a say in so many decisions. */
    private static final int FEWEST_OF_EACH = 300;

    private final Statistics statistics = new Statistics();

    @Test
    void decidesLikeTheReference() {
        long[] one = LongStream.of(Long.getLong("longshore.seed", -1)).filter(seed -> seed >= 0).toArray();
        for (long seed : one.length > 0 ? one : LongStream.range(0, CLUSTERS).toArray()) {
            List<String> lines = RandomScenario.lines(seed);
            if (!difference(lines).isEmpty()) {
                List<String> few = shrunk(lines, some -> !difference(some).isEmpty());
                assertThat(difference(few)).as("seed " + seed + "\n" + String.join("\n", few)).isEmpty();
            }
        }
        System.out.println("compared with the reference: " + statistics);
        if (one.length == 0) {
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

    /** What was different first, "" for nothing. */
    private String difference(List<String> lines) {
        SideBySide both = new SideBySide(lines.hashCode(), statistics);
        for (String line : lines) {
            String difference = both.apply(line);
            if (!difference.isEmpty()) {
                return line + ": " + difference;
            }
        }
        return "";
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
