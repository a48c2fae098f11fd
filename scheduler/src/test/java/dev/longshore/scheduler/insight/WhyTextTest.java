package dev.longshore.scheduler.insight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.scheduler.plugins.Profiles;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WhyTextTest {
    private static List<String> text(String cluster, String pod) {
        Objects objects = Objects.of(List.of(cluster.split("; *")), pod);
        return WhyText.of(new Explainer(objects.snapshot(), Profiles.standard()).explain(objects.pod(),
                objects.overhead()));
    }

    @Test
    void aLineForEachNodeAndRuleAndThenWhatWouldHelp() {
        assertThat(text("big cpu:4 cordoned; small cpu:2; w@small cpu:500m", "cpu:3 selector:disk=ssd"))
                .containsExactly(
                        "pod default/p fits nowhere: 0/2 nodes are available: 1 node(s) didn't match Pod's node "
                                + "affinity/selector, 1 node(s) were unschedulable. preemption: 0/2 nodes are available: 2 "
                                + "Preemption is not helpful for scheduling.",
                        "",
                        "NODE    RULE                VERDICT",
                        "big     NodeUnschedulable   node(s) were unschedulable",
                        "        NodeAffinity        node(s) didn't match Pod's node affinity/selector",
                        "small   NodeAffinity        node(s) didn't match Pod's node affinity/selector",
                        "        NodeResourcesFit    Insufficient cpu (cpu: 3 wanted, 1500m free of 2)",
                        "",
                        "It would be placed if:",
                        "  - there were one more node, with room for it alone (3 cpu)");
    }

    @Test
    void aPodThatFitsOrHasToWaitForOthersSaysSo() {
        assertThat(text("a", "cpu:1")).startsWith("pod default/p fits, for example on node a.");
        assertThat(text("a cpu:1; w@a cpu:1", "cpu:1 priority:3"))
                .startsWith("pod default/p gets node a once pod default/w has left it.")
                .doesNotContain("It would be placed if:");
    }

    @Test
    void aPodThatOthersMakeRoomForSaysWhere() {
        assertThat(text("a cpu:1; w@a cpu:1 leaving evicted", "cpu:1 priority:3 nominated:a").getFirst())
                .startsWith("pod default/p waits until others have left node a: 0/1 nodes are available: ");
    }

    @Test
    void gatesComeFirst() {
        assertThat(text("a", "gated")).startsWith(
                "pod default/p waits for its scheduling gates; until they are removed it is not tried.",
                "pod default/p would fit, for example on node a.")
                .contains("  - its scheduling gates were removed -> node a");
    }

    @Test
    void whatIsWrongWithThePodItselfIsSaidOnce() {
        assertThat(text("a; b", "claim:data")).containsExactly(
                "pod default/p fits nowhere: 0/2 nodes are available: persistentvolumeclaim \"data\" not found. preemption: "
                        + "0/2 nodes are available: 2 Preemption is not helpful for scheduling.",
                "", "No single change is known that would place it.");
    }

    @Test
    void manyNodesShareLines() {
        List<String> nodes = IntStream.range(0, 30).mapToObj(i -> "n" + (10 + i) + (i % 3 == 0 ? " cordoned" : ""))
                .toList();
        assertThat(text(String.join("; ", nodes), "cpu:64").subList(2, 6)).containsExactly(
                "NODE                        RULE                VERDICT",
                "n11, n12, n14 and 17 more   NodeResourcesFit    Insufficient cpu",
                "n10, n13, n16 and 7 more    NodeUnschedulable   node(s) were unschedulable",
                "                            NodeResourcesFit    Insufficient cpu");
    }
}
