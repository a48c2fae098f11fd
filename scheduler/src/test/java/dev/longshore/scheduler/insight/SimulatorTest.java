package dev.longshore.scheduler.insight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.scheduler.plugins.Profiles;
import dev.longshore.scheduler.scenario.PodLine;
import dev.longshore.scheduler.state.PodInfo;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.api.Test;

/** Where pods would go, one after the other. */
class SimulatorTest {
    private static String places(List<Placement> placements) {
        return String.join(" ", placements.stream().map(SimulatorTest::place).toList());
    }

    private static String place(Placement placement) {
        return switch (placement) {
            case Placement.On(var pod, var node, var victims) -> pod.key().name() + "=" + node
                    + String.join("", victims.stream().map(victim -> "-" + victim.key().name()).toList());
            case Placement.Nowhere(var pod, _) -> pod.key().name() + "=?";
        };
    }

    private static List<PodInfo> pods(String lines) {
        return lines == null ? List.of() : Stream.of(lines.split("; *")).map(PodLine::pod).map(PodInfo::of).toList();
    }

    private static Simulator simulator(String cluster) {
        return new Simulator(Objects.of(List.of(cluster.split("; *")), "").snapshot(), Profiles.standard());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', value = {
            "each finds what is left        | a cpu:2                   | x cpu:1; y cpu:1; z cpu:1           | x=a y=a z=?",
            "to the emptier node            | a cpu:4; b cpu:4; w@a cpu:2 | x cpu:1                           | x=b",
            "the more important ones first  | a cpu:2                   | x cpu:2; y cpu:2 priority:5         | y=a x=?",
            "kept apart from each other     | a; b                      | x app=p away(host,app=p) selector:host=b; y app=p away(host,app=p); z app=p away(host,app=p) nodename:a | x=b y=a z=?",
            "spread with each other         | a zone=1; b zone=2        | x app=p spread(1,zone,app=p); y app=p spread(1,zone,app=p) selector:zone=1 | x=b y=a",
            "near one that was placed       | a; b; c cordoned          | x app=db selector:host=b; y near(host,app=db) | x=b y=b",
            "a port is taken once           | a                         | x port:80; y port:80                | x=a y=?",
            "those of lower priority go     | a cpu:2; w@a cpu:2        | x cpu:2 priority:5                  | x=a-w",
            "and are gone for those behind  | a cpu:2; v@a cpu:1; w@a cpu:1 | x cpu:2 priority:5; y cpu:1     | x=a-v-w y=?",
            "pods with gates wait           | a                         | x gated; y                          | y=a x=?",
            "none                           | a                         |                                     | ''"})
    void placesPods(String name, String cluster, String pods, String expected) {
        List<Placement> placements = simulator(cluster).place(pods(pods));
        assertThat(Stream.of(places(placements).split(" ")).sorted()).as(name)
                .isEqualTo(Stream.of(expected.split(" ")).sorted().toList());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', value = {
            "there is room elsewhere       | a cpu:2; b cpu:2; w@a cpu:1             | w cpu:1            | w=b",
            "there is none                 | a cpu:2; b cpu:2; w@a cpu:1; v@b cpu:2  | w cpu:1            | w=?",
            "its other pods are gone       | a; b; w@a app=db; x@a                   | y near(host,app=db) | y=?",
            "it was the only one           | a; w@a                                  | w                  | w=?"})
    void aNodeLeaves(String name, String cluster, String pods, String expected) {
        assertThat(places(simulator(cluster).withoutNode("a", pods(pods)))).as(name).isEqualTo(expected);
    }

    @Test
    void theTextHasALineForEachNodeAndReason() {
        List<Placement> placements = simulator("a cpu:1; b cpu:4; w@b cpu:1")
                .place(pods("v cpu:1 selector:host=a; x cpu:2; y cpu:4 priority:7; z cpu:2"));
        assertThat(PlacementText.of(placements, List.of("a note"))).containsExactly("2 of 4 pods find a place.", "",
                "NODE   PODS   NAMES",
                "a      1      default/v",
                "b      1      default/y", "",
                "pod default/y takes the place of pod default/w on node b.",
                "pods default/x, default/z would wait: 0/2 nodes are available: 2 Insufficient cpu. preemption: 0/2 nodes "
                        + "are available: 2 No preemption victims found for incoming pod.",
                "Note: a note.");
        assertThat(PlacementText.of(List.of(), List.of())).containsExactly("There are no pods to place.");
    }
}
