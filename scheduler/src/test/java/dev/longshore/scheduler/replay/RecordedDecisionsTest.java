package dev.longshore.scheduler.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.longshore.scheduler.cycle.Decider;
import dev.longshore.scheduler.cycle.Decision;
import dev.longshore.scheduler.cycle.Explanation;
import dev.longshore.scheduler.cycle.Nominations;
import dev.longshore.scheduler.cycle.TieBreaker;
import dev.longshore.scheduler.explain.FitMessage;
import dev.longshore.scheduler.plugins.Plugins;
import dev.longshore.scheduler.plugins.VolumeBinding;
import dev.longshore.scheduler.state.ClusterState;
import dev.longshore.scheduler.state.PodInfo;
import dev.longshore.scheduler.volumes.VolumePlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Every recorded decision that needs only what the rules here know must come out alike, score by score. */
class RecordedDecisionsTest {
    /** A lower number would mean that cases had fallen out of the replay unnoticed. */
    private static final int FEWEST_REPLAYED = 300;

    @Test
    void decidesAsRecorded() throws IOException {
        Path recording = Path.of(System.getProperty("longshore.reference", "../../shared/reference"))
                .resolve("kubernetes-1.32/scheduling/cases.jsonl");
        assumeThat(Files.exists(recording)).as("recorded decisions at " + recording).isTrue();
        Map<String, Integer> leftOut = new TreeMap<>();
        List<String> different = new ArrayList<>();
        int replayed = 0;
        for (RecordedCase recorded : cases(recording)) {
            String missing = missing(recorded);
            if (missing.isEmpty()) {
                replayed++;
                different.addAll(differences(recorded));
            } else {
                leftOut.merge(missing, 1, Integer::sum);
            }
        }
        System.out.println("replayed " + replayed + " recorded decisions; left out for " + leftOut);
        assertThat(different).isEmpty();
        assertThat(replayed).isGreaterThanOrEqualTo(FEWEST_REPLAYED);
    }

    private static List<RecordedCase> cases(Path recording) throws IOException {
        List<RecordedCase> cases = new ArrayList<>();
        for (String line : Files.readAllLines(recording)) {
            RecordedCase recorded = RecordedCase.parse(line);
            List<RecordedCase> steps = recorded.single() ? List.of() : recorded.steps();
            cases.addAll(steps.isEmpty() ? List.of(recorded) : steps);
        }
        return cases;
    }

    /** The first thing a case needs that is not built; "" for none. */
    private static String missing(RecordedCase recorded) {
        if (!recorded.single()) {
            return "operations between decisions";
        }
        if (!recorded.attempted()) {
            return "not attempted";
        }
        if (recorded.preempts()) {
            return "preemption";
        }
        return "";
    }

    private static List<String> differences(RecordedCase recorded) {
        List<String> different = new ArrayList<>();
        ClusterState state = recorded.cluster();
        PodInfo pending = recorded.pending();
        Decider decider = new Decider(state, Plugins.standard(), new TieBreaker(1), new Nominations());
        Explanation explanation = decider.explain(pending);
        compare(different, recorded, "feasible", recorded.feasible(), List.copyOf(explanation.scores().keySet()));
        SortedMap<String, SortedMap<String, Long>> scores = recorded.scores();
        if (!scores.isEmpty()) {
            compare(different, recorded, "scores", scores, explanation.scores());
        }
        switch (decider.decide(pending)) {
            case Decision.Placed(var node) -> {
                if (!recorded.chosenIn().contains(node)) {
                    different.add(recorded + ": chose " + node + ", recorded " + recorded.chosenIn());
                }
                recorded.volumesOn().ifPresent(chosen -> compare(different, recorded, "volumes", recorded.volumes(),
                        volumes(VolumeBinding.plan(pending.requirements(), state, state.slot(chosen)))));
            }
            case Decision.Preempts(var diagnosis, _, _) ->
                compare(different, recorded, "message", recorded.message(), FitMessage.of(diagnosis));
            case Decision.Nowhere(var diagnosis, _) ->
                compare(different, recorded, "message", recorded.message(), FitMessage.of(diagnosis));
        }
        return different;
    }

    /** Volume or claim, and the claim or node that it gets. */
    private static SortedMap<String, String> volumes(VolumePlan plan) {
        SortedMap<String, String> volumes = new TreeMap<>();
        plan.pairings().forEach(pairing -> volumes.put(pairing.volume(), pairing.claim().toString()));
        plan.provisions().forEach(provision -> volumes.put(provision.claim().name(), plan.node()));
        return volumes;
    }

    private static void compare(List<String> into, RecordedCase recorded, String what, Object expected, Object found) {
        if (!expected.equals(found)) {
            into.add(recorded + ": " + what + "\n  recorded " + expected + "\n  here     " + found);
        }
    }
}
