package dev.longshore.scheduler.insight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import dev.longshore.scheduler.plugins.Profiles;
import dev.longshore.scheduler.scenario.Lines;
import dev.longshore.scheduler.scenario.PodLine;
import dev.longshore.scheduler.state.Amounts;
import dev.longshore.scheduler.state.NodeFacts;
import dev.longshore.scheduler.state.PodInfo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The work is bounded, however many nodes, pods, taints and labels there are. */
class ExplainLargeClusterTest {
    private static final int NODES = 5_000;
    private static final int PODS_PER_NODE = 10;
    private static final int MOST_LINES = 100;
    /** Far more than it takes on a machine that is not busy. */
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private static final Snapshot CLUSTER = cluster();

    private static Snapshot cluster() {
        List<NodeFacts> nodes = new ArrayList<>();
        List<PodInfo> pods = new ArrayList<>();
        for (int i = 0; i < NODES; i++) {
            nodes.add(NodeFacts.of(Lines.node("n" + i + " cpu:4 zone=" + i % 10 + " rack=" + i % 500
                    + (i % 5 == 0 ? " taint:team=" + i % 100 + ":NoSchedule" : ""))));
            for (int j = 0; j < PODS_PER_NODE; j++) {
                pods.add(PodInfo.of(PodLine.pod("w" + i + "-" + j + "@n" + i + " app=w" + j + " cpu:"
                        + (350 + i % 40) + "m priority:" + i % 20)));
            }
        }
        return new Snapshot(nodes, pods, List.of());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"cpu:100", "cpu:1 needs(rack=none)", "app=w1 spread(1,zone,app=w1) cpu:1",
            "cpu:1 spread(1,host,app=w1,min:6000)"})
    void answersInSeconds(String words) {
        PodInfo pod = PodInfo.of(PodLine.pod("p " + words));
        Why why = assertTimeout(LIMIT, () -> new Explainer(CLUSTER, Profiles.standard()).explain(pod, Amounts.NONE));
        assertThat(why.nodes()).hasSize(NODES);
        assertThat(why.remedies()).isNotEmpty();
        assertThat(WhyText.of(why)).hasSizeLessThan(MOST_LINES);
    }
}
