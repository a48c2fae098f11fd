package dev.longshore.scheduler.cycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.core.v1.Pod;
import dev.longshore.api.values.Times;
import dev.longshore.scheduler.TestPods;
import dev.longshore.scheduler.plugins.Plugins;
import dev.longshore.scheduler.state.ClusterState;
import dev.longshore.scheduler.state.NodeFacts;
import dev.longshore.scheduler.state.PodInfo;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SchedulingMachineTest {
    private static final Instant START = Instant.ofEpochSecond(1_000);

    private final ClusterState state = new ClusterState();
    private final SchedulingMachine machine = machine(state, 7);

    private static SchedulingMachine machine(ClusterState state, long seed) {
        return new SchedulingMachine("default-scheduler", Plugins.standard(), state, new TieBreaker(seed), true);
    }

    private void seen(NodeFacts node) {
        machine.handle(new SchedulerEvent.NodeSeen(node), START);
    }

    private void seen(PodInfo pod) {
        machine.handle(new SchedulerEvent.PodSeen(pod), START);
    }

    private static PodInfo bound(String name, long cpuMillis, String node) {
        return TestPods.info(name, cpuMillis, spec -> spec.setNodeName(node));
    }

    @Test
    void anAssumedPodTakesRoomAtOnce() {
        seen(TestPods.facts("n1", 1000));
        seen(TestPods.info("a", 600));
        seen(TestPods.info("b", 600));
        assertThat(machine.step(START))
                .contains(new Intent.Bind(TestPods.info("a", 600).key(), "a", "default-scheduler", "n1"));
        assertThat(machine.step(START)).get().isInstanceOf(Intent.MarkUnschedulable.class)
                .extracting(intent -> ((Intent.MarkUnschedulable) intent).message())
                .isEqualTo("0/1 nodes are available: 1 Insufficient cpu. preemption: 0/1 nodes are available: "
                        + "1 No preemption victims found for incoming pod.");
    }

    @Test
    void aFailedBindingReleasesTheRoomAndQueuesThePodAgain() {
        seen(TestPods.facts("n1", 1000));
        seen(TestPods.info("a", 600));
        machine.step(START);
        assertThat(state.resources().cpuRequested()[state.slot("n1")]).isEqualTo(600);
        assertThat(machine.handle(new SchedulerEvent.BindFailed("a", "no"), START)).get()
                .isInstanceOf(Intent.MarkUnschedulable.class);
        assertThat(state.resources().cpuRequested()[state.slot("n1")]).isZero();
        assertThat(machine.step(START)).isEmpty();
        assertThat(machine.wakeAt()).contains(START.plusSeconds(1));
        assertThat(machine.step(START.plusSeconds(1))).get().isInstanceOf(Intent.Bind.class);
    }

    @Test
    void aBindingThatFailedForAPodThatIsGoneIsNoNews() {
        seen(TestPods.facts("n1", 1000));
        seen(TestPods.info("a", 600));
        machine.step(START);
        machine.handle(new SchedulerEvent.PodGone("a"), START);
        assertThat(machine.handle(new SchedulerEvent.BindFailed("a", "no"), START)).isEmpty();
        assertThat(machine.due(START.plusSeconds(60))).isFalse();
        assertThat(state.resources().cpuRequested()[state.slot("n1")]).isZero();
    }

    @Test
    void aPodSeenBoundElsewhereMovesTheRoom() {
        seen(TestPods.facts("n1", 1000));
        seen(TestPods.info("a", 600));
        machine.step(START);
        seen(TestPods.facts("n2", 1000));
        seen(bound("a", 600, "n2"));
        assertThat(state.resources().cpuRequested()[state.slot("n1")]).isZero();
        assertThat(state.resources().cpuRequested()[state.slot("n2")]).isEqualTo(600);
    }

    @Test
    void podsKnownBeforeTheirNodeCountOnceItComes() {
        seen(bound("a", 600, "n1"));
        seen(TestPods.facts("n1", 1000));
        assertThat(state.resources().cpuRequested()[state.slot("n1")]).isEqualTo(600);
        machine.handle(new SchedulerEvent.NodeGone("n1"), START);
        seen(TestPods.facts("n2", 1000));
        assertThat(state.resources().cpuRequested()[state.slot("n2")]).as("another node, the same slot").isZero();
    }

    @Test
    void aFinishedPodGivesItsRoomBackAndWakesTheOneThatWaits() {
        seen(TestPods.facts("n1", 1000));
        seen(bound("a", 600, "n1"));
        seen(TestPods.info("b", 600));
        machine.step(START);
        Pod finished = TestPods.pod("a", 600, spec -> spec.setNodeName("n1"));
        finished = finished.toBuilder().setStatus(finished.getStatus().toBuilder().setPhase("Succeeded")).build();
        machine.handle(new SchedulerEvent.PodSeen(PodInfo.of(finished)), START.plusSeconds(5));
        assertThat(machine.step(START.plusSeconds(5))).get().isInstanceOf(Intent.Bind.class);
    }

    @Test
    void othersPodsAndLeavingPodsAreNotPlaced() {
        seen(TestPods.facts("n1", 1000));
        seen(TestPods.info("other", 1, spec -> spec.setSchedulerName("mine")));
        Pod leaving = TestPods.pod("leaving", 1);
        seen(PodInfo.of(leaving.toBuilder().setMetadata(leaving.getMetadata().toBuilder()
                .setDeletionTimestamp(Times.time(START))).build()));
        assertThat(machine.step(START)).isEmpty();
    }

    @Test
    void whoDoesNotLeadPlacesNothingButKeepsUp() {
        seen(TestPods.facts("n1", 1000));
        seen(TestPods.info("a", 600));
        machine.handle(new SchedulerEvent.LeadershipChanged(false), START);
        assertThat(machine.step(START)).isEmpty();
        assertThat(machine.wakeAt()).isEmpty();
        machine.handle(new SchedulerEvent.LeadershipChanged(true), START);
        assertThat(machine.step(START)).get().isInstanceOf(Intent.Bind.class);
    }

    @Test
    void aClaimThatIsNotThereKeepsAPodWaitingUntilItIs() {
        seen(TestPods.facts("n1", 1000));
        seen(TestPods.info("a", 1, spec -> spec.addVolumesBuilder().getVolumeSourceBuilder()
                .getPersistentVolumeClaimBuilder().setClaimName("c")));
        assertThat(machine.step(START)).get()
                .extracting(intent -> ((Intent.MarkUnschedulable) intent).message()).asString()
                .startsWith("0/1 nodes are available: persistentvolumeclaim \"c\" not found. preemption:");
    }

    @Test
    void theSameSeedGivesTheSameDecisionsWhateverTheOrderOfNodes() {
        List<Optional<Intent>> first = decisions(1, 42);
        assertThat(decisions(2, 42)).isEqualTo(first);
        assertThat(decisions(1, 43)).isNotEqualTo(first);
    }

    private static List<Optional<Intent>> decisions(long orderSeed, long seed) {
        SchedulingMachine machine = machine(new ClusterState(), seed);
        List<Integer> numbers = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            numbers.add(i);
        }
        Collections.shuffle(numbers, new Random(orderSeed));
        numbers.forEach(
                i -> machine.handle(new SchedulerEvent.NodeSeen(TestPods.facts("n" + i, 4000)), START));
        List<Optional<Intent>> decisions = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            machine.handle(new SchedulerEvent.PodSeen(TestPods.info("p" + i, 100 + i % 3)), START);
            decisions.add(machine.step(START));
        }
        return decisions;
    }

    @Test
    void anEvaluationKeptEqualsAFreshOne() {
        Random random = new Random(5);
        for (int i = 0; i < 20; i++) {
            seen(TestPods.facts("n" + i, 500 + random.nextInt(3000)));
        }
        Decider kept = new Decider(state, Plugins.standard(), new TieBreaker(1), new Nominations());
        PodInfo asked = TestPods.info("asked", 300, spec -> TestPods.hostPort(spec, "", 80));
        for (int i = 0; i < 500; i++) {
            String name = "p" + random.nextInt(60);
            if (random.nextBoolean()) {
                state.place(TestPods.info(name, random.nextInt(900),
                        spec -> TestPods.hostPort(spec, "", 80 + random.nextInt(2))), "n" + random.nextInt(22));
            } else {
                state.remove(name);
            }
            Decider fresh = new Decider(state, Plugins.standard(), new TieBreaker(1), new Nominations());
            assertThat(kept.explain(asked)).isEqualTo(fresh.explain(asked));
        }
    }
}
