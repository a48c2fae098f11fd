package dev.longshore.scheduler.insight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.scheduler.cycle.Decision;
import dev.longshore.scheduler.plugins.Profiles;
import dev.longshore.scheduler.reference.RandomScenario;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Random clusters: whatever is suggested for a pod that waits, made in the objects, places it. */
class ExplainPropertyTest {
    private static final int CLUSTERS = 150;
    private static final int FEWEST_PENDING = 100;

    private final Map<String, Integer> suggested = new TreeMap<>();
    private int pending;

    @Test
    void everySuggestedChangePlacesThePod() {
        for (long seed = 0; seed < CLUSTERS; seed++) {
            check(seed);
        }
        System.out.println("pending pods explained: " + pending + ", suggestions by kind: " + suggested);
        assertThat(pending).isGreaterThan(FEWEST_PENDING);
        assertThat(suggested).containsKeys("RequestAtMost", "Tolerate", "LoseTaint", "DropSelector", "DropNodeAffinity",
                "AllowSkew", "DropAffinity", "DropAntiAffinity", "UsePort", "RaisePriority", "LabelNode", "AddNode",
                "Leave");
    }

    private void check(long seed) {
        Map<String, String> cluster = new LinkedHashMap<>();
        for (String line : RandomScenario.lines(seed)) {
            String[] words = line.split(" ", 3);
            String rest = line.substring(words[0].length() + 1);
            String key = words[0] + " " + words[1].split("@")[0];
            switch (words[0]) {
                case "node", "pod" -> cluster.put(key, rest);
                case "service", "namespace", "replicaset" -> cluster.put(key, line);
                case "without" -> cluster.remove(rest);
                case "decide" -> explain(seed, List.copyOf(cluster.values()), words.length > 2 ? words[2] : "");
                default -> {
                    // Claims and other owners: clusters have enough in them.
                }
            }
        }
    }

    private void explain(long seed, List<String> lines, String pod) {
        Objects cluster = Objects.of(lines, pod);
        Why why = new Explainer(cluster.snapshot(), Profiles.standard()).explain(cluster.pod(), cluster.overhead());
        if (why.decision() instanceof Decision.Nowhere) {
            pending++;
            List<String> failed = new ArrayList<>();
            for (Remedy remedy : why.remedies()) {
                Objects changed = Objects.of(lines, pod);
                Edit.apply(remedy.change(), changed);
                suggested.merge(remedy.change().getClass().getSimpleName(), 1, Integer::sum);
                if (FreshScheduler.nodeFor(changed).isEmpty()) {
                    failed.add(ChangeText.of(remedy.change()));
                }
            }
            assertThat(failed).as(() -> "seed " + seed + "\n" + String.join("\n", lines) + "\nfor " + pod).isEmpty();
        }
    }
}
