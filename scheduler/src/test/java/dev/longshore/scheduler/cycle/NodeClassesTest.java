package dev.longshore.scheduler.cycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.scheduler.plugins.Plugins;
import dev.longshore.scheduler.scenario.Lines;
import dev.longshore.scheduler.scenario.PodLine;
import dev.longshore.scheduler.state.ClusterState;
import dev.longshore.scheduler.state.NodeFacts;
import dev.longshore.scheduler.state.PodInfo;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which nodes are one class; what is chosen from classes is for the tests of decisions. */
class NodeClassesTest {
    private static final int ZONES = 3;

    private final ClusterState state = new ClusterState();
    private final NodeScores scores = new NodeScores(state, Plugins.standard());
    private final DomainTallies domains = new DomainTallies(Plugins.standard().domainRules());
    private final NodeClasses classes = new NodeClasses(state, scores);

    private void nodes(int count, String words) {
        IntStream.range(0, count).forEach(number -> node(number + " zone=" + number % ZONES + words));
    }

    private void node(String line) {
        state.putNode(NodeFacts.of(Lines.node("n" + line)));
    }

    /** Sorts the nodes for pods like this. */
    private boolean sort(String pod) {
        PodInfo info = PodInfo.of(PodLine.pod("x app=web " + pod));
        scores.rebuild(info.requirements());
        domains.rebuild(info.requirements(), state);
        return classes.rebuild(domains.counts());
    }

    private void place(String name, int node, String words) {
        long before = state.usageVersion();
        put(name, node, words);
        update(before);
    }

    private void put(String name, int node, String words) {
        state.place(PodInfo.of(PodLine.pod(name + " app=web " + words)), "n" + node);
    }

    private void remove(String name) {
        long before = state.usageVersion();
        state.remove(name);
        update(before);
    }

    private void update(long before) {
        SlotList changed = new SlotList();
        state.changedSince(before, (slot, group, by) -> {
            changed.add(slot);
            domains.changed(slot, group, by);
            classes.changed(slot);
        });
        scores.renew(changed);
        assertThat(classes.update()).isTrue();
    }

    /** How many nodes each class has, the smallest first. */
    private List<Integer> sizes() {
        return classes.all().stream().map(each -> each.ranking().size()).sorted().toList();
    }

    @Test
    void whereNoRuleLooksBeyondANodeThereIsOneClass() {
        nodes(9, "");
        assertThat(sort("cpu:100m")).isTrue();
        assertThat(sizes()).containsExactly(9);
        place("p", 4, "cpu:100m");
        assertThat(sizes()).containsExactly(9);
    }

    @Test
    void nodesThatTakeNoMoreAreInNone() {
        nodes(9, " pods:1");
        sort("");
        place("p", 4, "");
        assertThat(sizes()).containsExactly(8);
        remove("p");
        assertThat(sizes()).containsExactly(9);
    }

    @Test
    void zonesAreClassesHoweverManyPodsTheyHold() {
        nodes(9, "");
        node("9 host=none");
        assertThat(sort("spread(1,zone,app=web)")).isTrue();
        assertThat(sizes()).containsExactly(1, 3, 3, 3);
        place("p", 4, "");
        assertThat(sizes()).containsExactly(1, 3, 3, 3);
    }

    @Test
    void hostnamesAreTogetherThatHoldAsManyPods() {
        nodes(9, "");
        put("p", 4, "");
        assertThat(sort("avoids(1,host,app=web)")).isTrue();
        assertThat(sizes()).containsExactly(1, 8);
        place("q", 5, "");
        place("r", 5, "");
        assertThat(sizes()).containsExactly(1, 1, 7);
        remove("q");
        assertThat(sizes()).containsExactly(2, 7);
    }

    @Test
    void allNodesOfADomainChangeTheirClassTogether() {
        IntStream.range(0, 8).forEach(number -> node(number + " rack=r" + number / 2 * (number < 6 ? 1 : number)));
        put("p", 2, "");
        sort("avoids(1,rack,app=web)");
        assertThat(sizes()).containsExactly(2, 6);
        place("q", 0, "");
        assertThat(sizes()).containsExactly(4, 4);
        remove("p");
        remove("q");
        assertThat(sizes()).containsExactly(8);
    }

    @Test
    void whatIsNormalisedTellsNodesApart() {
        nodes(6, "");
        node("6 zone=0 taint:old:PreferNoSchedule");
        sort("");
        assertThat(sizes()).containsExactly(1, 6);
        sort("prefers(1,zone=0)");
        assertThat(sizes()).containsExactly(1, 2, 4);
    }

    /** A class is always known by a node that is in it. */
    @Test
    void theRepresentativeIsAMember() {
        nodes(9, "");
        sort("away(host,app=db)");
        for (int round = 0; round < 3; round++) {
            for (int node = 0; node < 9; node++) {
                place("p" + node, node, "app=db");
                for (NodeClass each : classes.all()) {
                    BitSet members = new BitSet();
                    IntStream.range(0, 9)
                            .filter(slot -> (domains.accept(slot) == domains.accept(each.representative())))
                            .forEach(members::set);
                    assertThat(each.ranking().size()).isEqualTo(members.cardinality());
                }
            }
            IntStream.range(0, 9).forEach(node -> remove("p" + node));
        }
    }

    @Test
    void tooManyClassesAreNone() {
        IntStream.range(0, 70).forEach(number -> node(number + " zone=z" + number));
        assertThat(sort("softspread(1,zone,app=web)")).isFalse();
        assertThat(classes.all()).isEmpty();
        assertThat(sort("near(zone,app=web)")).as("with as many zones, the numbers count").isTrue();
        assertThat(sizes()).containsExactly(70);
    }
}
