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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The recorded sequences of pods and changes of the cluster, played through the machine with its queue. */
class RecordedSequencesTest {
    /** A lower number would mean that cases had fallen out of the replay unnoticed. */
    private static final int FEWEST_REPLAYED = 29;
    private static final Pattern OPERATION = Pattern.compile("(CREATE|PATCH|DELETE) (?:gated )?(\\w+) (\\w+).*");
    /** Its patch is a null, which trees here leave out. */
    private static final String NO_TAINTS = "PATCH node n1: no taints";
    private static final Duration SETTLING = Duration.ofSeconds(3);

    @Test
    void followsEachSequenceAsRecorded() throws IOException {
        Path recording = RecordedCases.file();
        assumeThat(Files.exists(recording)).as("recorded decisions at " + recording).isTrue();
        List<String> different = new ArrayList<>();
        int replayed = 0;
        for (RecordedCase recorded : RecordedCases.all(recording)) {
            if (!recorded.single()) {
                replayed++;
                new Replay(recorded, different).run();
            }
        }
        System.out.println("replayed " + replayed + " recorded sequences");
        assertThat(different).isEmpty();
        assertThat(replayed).isGreaterThanOrEqualTo(FEWEST_REPLAYED);
    }

    private record Replay(RecordedCase recorded, RecordedWorld world, List<String> different) {
        Replay(RecordedCase recorded, List<String> different) {
            this(recorded, new RecordedWorld(recorded), different);
        }

        void run() {
            for (Object each : recorded.list("steps")) {
                Map<String, Object> step = RecordedCase.object(each);
                if (step.containsKey("pending")) {
                    schedule(RecordedCase.object(step.get("pending")), RecordedCase.object(step.get("expect")));
                } else {
                    operate(step);
                    world.run(SETTLING);
                    ((List<?>) step.getOrDefault("then", List.of())).forEach(then -> check(RecordedCase.object(then)));
                }
            }
        }

        private void schedule(Map<String, Object> pod, Map<String, Object> expect) {
            String key = RecordedWorld.key(pod);
            Object bound = expect.getOrDefault("bound", "");
            if (!bound.equals("")) {
                world.bindTo(key, (String) bound);
            }
            int before = world.intents().size();
            world.put(pod);
            world.run(Duration.ZERO);
            compare(key + " bound", bound, world.nodeOf(key));
            Intent first = world.intents().get(before);
            if (first instanceof Intent.Bind bind) {
                compare(key + " among the best", true, ((List<?>) expect.get("chosenIn")).contains(bind.node()));
            }
            if (expect.containsKey("unschedulable")) {
                compare(key + " message", RecordedCase.object(expect.get("unschedulable")).get("message"),
                        world.info(key).condition());
            }
            Map<String, Object> preemption = RecordedCase.object(expect.getOrDefault("preemption", Map.of()));
            compare(key + " nominated", preemption.getOrDefault("node", ""),
                    bound.equals("") ? world.info(key).nominated() : "");
            compare(key + " victims", preemption.getOrDefault("victims", List.of()), victims(first));
        }

        private static List<String> victims(Intent intent) {
            return intent instanceof Intent.Preempt preempt
                    ? preempt.victims().stream().map(victim -> victim.pod().toString()).sorted().toList()
                    : List.of();
        }

        private void operate(Map<String, Object> step) {
            Matcher operation = OPERATION.matcher((String) step.get("operation"));
            assertThat(operation.matches()).as("%s", step).isTrue();
            String name = operation.group(3);
            switch (operation.group(1) + " " + operation.group(2)) {
                case "CREATE pod" -> world.put(RecordedCase.object(step.get("object")));
                case "CREATE persistentvolumeclaim" -> world.putClaim(RecordedCase.object(step.get("object")));
                case "DELETE pod" -> world.remove("ns-a/" + name);
                case "PATCH pod" -> world.patchPod("ns-a/" + name, RecordedCase.object(step.get("patch")));
                case "PATCH node" -> world.patchNode(name, step.get("operation").equals(NO_TAINTS)
                        ? Map.of("spec", Map.of("taints", List.of()))
                        : RecordedCase.object(step.get("patch")));
                default -> different.add(recorded + ": " + step.get("operation"));
            }
        }

        private void check(Map<String, Object> then) {
            String key = "ns-a/" + then.get("pod");
            compare(key + " bound", then.getOrDefault("nodeName", ""), world.nodeOf(key));
            Map<String, Object> condition = RecordedCase.object(then.get("condition"));
            if ("Unschedulable".equals(condition.get("reason"))) {
                compare(key + " message", condition.get("message"), world.info(key).condition());
            }
        }

        private void compare(String what, Object expected, Object found) {
            if (!expected.equals(found)) {
                different.add(recorded + " " + what + "\n  recorded " + expected + "\n  here     " + found);
            }
        }
    }
}
