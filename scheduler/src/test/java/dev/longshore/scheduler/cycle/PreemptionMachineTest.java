package dev.longshore.scheduler.cycle;

import static dev.longshore.scheduler.cycle.PreemptionScene.leaving;
import static dev.longshore.scheduler.cycle.PreemptionScene.pending;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.core.v1.Pod;
import dev.longshore.scheduler.TestPods;
import dev.longshore.scheduler.plugins.Plugins;
import dev.longshore.scheduler.state.ClusterState;
import dev.longshore.scheduler.state.PodInfo;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What becomes of a pod whose victims have to leave, event by event. */
class PreemptionMachineTest {
    private static final String LACKS_CPU = "0/1 nodes are available: 1 Insufficient cpu.";

    private final SchedulingMachine machine = new SchedulingMachine("default-scheduler", Plugins.standard(),
            new ClusterState(), new TieBreaker(1), true);
    private Instant now = Instant.ofEpochSecond(1_000);

    private void tell(SchedulerEvent event) {
        assertThat(machine.handle(event, now)).isEmpty();
    }

    private void node(String name, long cpuMillis) {
        tell(new SchedulerEvent.NodeSeen(TestPods.facts(name, cpuMillis)));
    }

    private void seen(PodInfo pod) {
        tell(new SchedulerEvent.PodSeen(pod));
    }

    private static PodInfo bound(String name, String node, int priority, long cpuMillis,
            Consumer<Pod.Builder> more) {
        return pending(name, priority, cpuMillis, pod -> {
            pod.getSpecBuilder().setNodeName(node);
            more.accept(pod);
        });
    }

    private static PodInfo bound(String name, String node, int priority, long cpuMillis) {
        return bound(name, node, priority, cpuMillis, _ -> {
        });
    }

    private static PodInfo nominated(String name, String node, int priority, long cpuMillis) {
        return pending(name, priority, cpuMillis, pod -> pod.getStatusBuilder().setNominatedNodeName(node));
    }

    /** What is intended next, after any back-off. */
    private Optional<Intent> next() {
        now = now.plusSeconds(10);
        return machine.step(now);
    }

    private Intent.Preempt preempts() {
        return (Intent.Preempt) next().orElseThrow();
    }

    private Intent.MarkUnschedulable waits() {
        return (Intent.MarkUnschedulable) next().orElseThrow();
    }

    private static List<String> uids(List<Intent.Target> targets) {
        return targets.stream().map(Intent.Target::uid).toList();
    }

    @Test
    void thePodTakesTheRoomOnceItsVictimIsGone() {
        node("n", 2000);
        seen(bound("a", "n", 10, 2000));
        seen(pending("p", 1000, 2000));
        Intent.Preempt intent = preempts();
        assertThat(uids(intent.victims())).containsExactly("a");
        assertThat(intent.node()).isEqualTo("n");
        assertThat(intent.mark().message()).isEqualTo(LACKS_CPU);
        assertThat(intent.mark().nominated()).isEqualTo("n");
        seen(nominated("p", "n", 1000, 2000));
        seen(bound("a", "n", 10, 2000, leaving(true)));
        tell(new SchedulerEvent.EvictionEnded("a", true));
        assertThat(next()).isEmpty();
        tell(new SchedulerEvent.PodGone("a"));
        assertThat(next()).contains(new Intent.Bind(intent.pod(), "p", "default-scheduler", "n"));
    }

    @Test
    void whileOneOfTwoVictimsIsLeftItWaitsAndEvictsNobodyElse() {
        node("n", 2000);
        seen(bound("a", "n", 10, 1000));
        seen(bound("b", "n", 10, 1000));
        seen(bound("c", "n", 5000, 0));
        seen(pending("p", 1000, 2000));
        assertThat(uids(preempts().victims())).containsExactly("a", "b");
        tell(new SchedulerEvent.PodGone("a"));
        Intent.MarkUnschedulable second = waits();
        assertThat(second.message()).isEqualTo(
                LACKS_CPU + " preemption: not eligible due to a terminating pod on the nominated node.");
        assertThat(second.nominated()).isEqualTo("n");
        tell(new SchedulerEvent.PodGone("b"));
        assertThat(next()).get().isInstanceOf(Intent.Bind.class);
    }

    @Test
    void victimsThatAreLeavingAlreadyAreNotEvictedAgain() {
        node("n", 2000);
        seen(bound("a", "n", 10, 1000, leaving(false)));
        seen(bound("b", "n", 10, 1000));
        seen(pending("p", 1000, 2000));
        assertThat(uids(preempts().victims())).containsExactly("b");
    }

    @Test
    void theRoomIsKeptFromEqualPodsAndNotFromHigherOnes() {
        node("n", 4000);
        seen(bound("a", "n", 10, 3000));
        seen(pending("p", 1000, 3500));
        preempts();
        seen(pending("equal", 1000, 500));
        Intent.Preempt behind = preempts();
        assertThat(behind.victims()).as("the same victim, which is on its way").isEmpty();
        assertThat(behind.node()).isEqualTo("n");
        seen(pending("higher", 5000, 500));
        assertThat(next()).get().isInstanceOf(Intent.Bind.class);
    }

    @Test
    void aHigherPodTakesOverTheNodeAndTheLowerOneLooksAgain() {
        node("n", 4000);
        seen(bound("a", "n", 10, 2000));
        seen(bound("b", "n", 100, 2000));
        seen(pending("p", 1000, 2000));
        preempts();
        seen(pending("top", 5000, 4000));
        Intent.Preempt takeover = preempts();
        assertThat(uids(takeover.victims())).containsExactly("b");
        assertThat(uids(takeover.outranked())).containsExactly("p");
        Intent.MarkUnschedulable again = waits();
        assertThat(again.uid()).isEqualTo("p");
        assertThat(again.nominated()).isEmpty();
    }

    @Test
    void aVictimThatCouldNotBeEvictedIsChosenAnew() {
        node("n", 2000);
        seen(bound("a", "n", 10, 2000));
        seen(pending("p", 1000, 2000));
        preempts();
        tell(new SchedulerEvent.EvictionEnded("a", false));
        assertThat(uids(preempts().victims())).containsExactly("a");
    }

    @Test
    void aNominationFromBeforeARestartCounts() {
        node("n", 2000);
        seen(bound("a", "n", 10, 2000, leaving(true)));
        seen(nominated("p", "n", 1000, 2000));
        assertThat(waits().message()).endsWith("not eligible due to a terminating pod on the nominated node.");
        seen(pending("low", 5, 2000));
        waits();
        tell(new SchedulerEvent.PodGone("a"));
        assertThat(next()).get().extracting(Intent::uid).isEqualTo("p");
    }

    @Test
    void anOlderVersionOfThePodDoesNotUndoTheNomination() {
        node("n", 2000);
        seen(bound("a", "n", 10, 2000));
        seen(pending("p", 1000, 2000));
        preempts();
        seen(pending("p", 1000, 2000));
        tell(new SchedulerEvent.PodGone("a"));
        seen(pending("q", 1000, 2000));
        assertThat(next()).get().extracting(Intent::uid).isEqualTo("p");
    }

    @Test
    void aNominationTakenAwayByOthersIsVoid() {
        node("n", 2000);
        seen(nominated("p", "n", 1000, 2000));
        seen(pending("q", 2000, 1000, pod -> pod.getSpecBuilder().setPriority(1000)));
        seen(pending("p", 1000, 2000));
        assertThat(machine.step(now)).get().isInstanceOf(Intent.Bind.class);
    }

    @Test
    void podsHeldBackByAClaimAreTriedAgainWhenItIsGone() {
        node("n", 2000);
        seen(bound("a", "n", 10, 2000, leaving(true)));
        seen(nominated("p", "n", 1000, 2000));
        waits();
        tell(new SchedulerEvent.PodGone("a"));
        seen(pending("q", 1000, 2000));
        assertThat(next()).get().extracting(Intent::uid).isEqualTo("p");
        tell(new SchedulerEvent.PodGone("p"));
        assertThat(next()).get().extracting(Intent::uid).isEqualTo("q");
    }

    @Test
    void aDeletedPreemptorGivesItsClaimBack() {
        node("n", 2000);
        seen(bound("a", "n", 10, 2000));
        seen(pending("p", 1000, 2000));
        preempts();
        seen(pending("low", 5, 2000));
        waits();
        tell(new SchedulerEvent.PodGone("a"));
        tell(new SchedulerEvent.PodGone("p"));
        assertThat(next()).get().extracting(Intent::uid).isEqualTo("low");
    }

    @Test
    void aPodWithoutAnyNodeLeftLosesItsNomination() {
        node("n", 2000);
        seen(bound("a", "n", 10, 2000));
        seen(pending("p", 1000, 2000));
        preempts();
        seen(nominated("p", "n", 1000, 2000));
        seen(bound("b", "n", 5000, 2000));
        tell(new SchedulerEvent.PodGone("a"));
        Intent.MarkUnschedulable mark = waits();
        assertThat(mark.nominated()).isEmpty();
        assertThat(mark.current()).isFalse();
    }

    @Test
    void aFailedBindingVoidsTheNominationThatThePodShows() {
        node("n", 2000);
        seen(nominated("p", "n", 1000, 2000));
        assertThat(next()).get().isInstanceOf(Intent.Bind.class);
        Intent intent = machine.handle(new SchedulerEvent.BindFailed("p", "no"), now).orElseThrow();
        assertThat(((Intent.MarkUnschedulable) intent).nominated()).isEmpty();
        assertThat(((Intent.MarkUnschedulable) intent).current()).isFalse();
    }

    @Test
    void aTextThatIsShownAlreadyIsNotWrittenAgain() {
        node("n", 2000);
        seen(pending("p", 0, 3000));
        String message = waits().message();
        seen(pending("p", 0, 3000, pod -> pod.getStatusBuilder().addConditionsBuilder().setType("PodScheduled")
                .setStatus("False").setMessage(message)));
        tell(new SchedulerEvent.NodeSeen(TestPods.facts("n", 2900)));
        assertThat(next()).as("the node is still too small").isEmpty();
        node("n", 1000);
        node("n2", 3000);
        assertThat(next()).get().isInstanceOf(Intent.Bind.class);
    }
}
