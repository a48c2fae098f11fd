package dev.longshore.scheduler.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.longshore.scheduler.cycle.Intent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Every recorded preemption comes out alike: the text, the node, the victims, and where the pod is bound at last. */
class RecordedPreemptionTest {
    /** A lower number would mean that cases had fallen out of the replay unnoticed. */
    private static final int FEWEST_REPLAYED = 53;

    @Test
    void evictsAsRecorded() throws IOException {
        Path recording = RecordedCases.file();
        assumeThat(Files.exists(recording)).as("recorded decisions at " + recording).isTrue();
        List<String> different = new ArrayList<>();
        int replayed = 0;
        for (RecordedCase recorded : RecordedCases.all(recording)) {
            if (recorded.single() && recorded.preempts()) {
                replayed++;
                replay(recorded, different);
            }
        }
        System.out.println("replayed " + replayed + " recorded preemptions");
        assertThat(different).isEmpty();
        assertThat(replayed).isGreaterThanOrEqualTo(FEWEST_REPLAYED);
    }

    private static void replay(RecordedCase recorded, List<String> different) {
        RecordedWorld world = new RecordedWorld(recorded);
        Map<String, Object> pending = RecordedCase.object(recorded.tree().get("pending"));
        world.put(pending);
        world.run(Duration.ofSeconds(3));
        if (world.intents().getFirst() instanceof Intent.Preempt preempt) {
            compare(recorded + " message", recorded.message(), preempt.mark().message(), different);
            Outcome found = new Outcome(preempt.node(),
                    preempt.victims().stream().map(victim -> victim.pod().toString()).sorted().toList());
            if (!outcomes(recorded).contains(found)) {
                different.add(recorded + "\n  recorded " + outcomes(recorded) + "\n  here     " + found);
            }
            Map<String, Object> preemption = RecordedCase.object(recorded.expect().get("preemption"));
            if (preemption.containsKey("boundAfter")) {
                compare(recorded + " bound", preemption.get("boundAfter"), world.nodeOf(RecordedWorld.key(pending)),
                        different);
            }
        } else {
            different.add(recorded + ": " + world.intents().getFirst());
        }
    }

    private static void compare(String what, Object expected, Object found, List<String> different) {
        if (!expected.equals(found)) {
            different.add(what + "\n  recorded " + expected + "\n  here     " + found);
        }
    }

    private record Outcome(String node, List<String> victims) {
        static Outcome of(Object tree) {
            return new Outcome((String) RecordedCase.object(tree).get("node"),
                    ((List<?>) RecordedCase.object(tree).get("victims")).stream().map(Object::toString).sorted()
                            .toList());
        }
    }

    private static List<Outcome> outcomes(RecordedCase recorded) {
        return recorded.expect().containsKey("preemptionIn")
                ? ((List<?>) recorded.expect().get("preemptionIn")).stream().map(Outcome::of).toList()
                : List.of(Outcome.of(recorded.expect().get("preemption")));
    }
}
