package dev.longshore.scheduler.cycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.ObjectKey;
import dev.longshore.api.values.LabelSelectors.Selector;
import dev.longshore.scheduler.TestPods;
import dev.longshore.scheduler.plugins.PluginArguments;
import dev.longshore.scheduler.plugins.Plugins;
import dev.longshore.scheduler.state.ClusterObject;
import dev.longshore.scheduler.state.ClusterState;
import dev.longshore.scheduler.state.PodInfo;
import dev.longshore.scheduler.volumes.ClaimFacts;
import dev.longshore.scheduler.volumes.ClassFacts;
import dev.longshore.scheduler.volumes.StorageFacts;
import dev.longshore.scheduler.volumes.VolumeFacts;
import dev.longshore.scheduler.volumes.VolumePlan;
import dev.longshore.scheduler.volumes.VolumeWish;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Pods on their way to a node whose claims get volumes first, in the example's words and in everything that disturbs. */
class VolumeWaitsTest {
    private static final Instant START = Instant.ofEpochSecond(1_000);
    private static final Instant SOON = START.plusSeconds(30);
    private static final Instant TOO_LATE = START.plus(PluginArguments.STANDARD.volumeLimit());

    private final ClusterState state = new ClusterState();
    private final SchedulingMachine machine = new SchedulingMachine("default-scheduler", Plugins.standard(), state,
            new TieBreaker(7), true);

    @BeforeEach
    void cluster() {
        machine.handle(new SchedulerEvent.NodeSeen(TestPods.facts("n1", 1000)), START);
        seen(new ClassFacts("local", "kubernetes.io/no-provisioner", true, List.of()));
        seen(new ClassFacts("made", "example.com/disks", true, List.of()));
    }

    private void seen(StorageFacts facts) {
        machine.handle(new SchedulerEvent.ObjectSeen(new ClusterObject.StorageObject(facts)), SOON);
    }

    private void gone(StorageFacts facts) {
        machine.handle(new SchedulerEvent.ObjectGone(new ClusterObject.StorageObject(facts)), SOON);
    }

    private void seen(PodInfo pod) {
        machine.handle(new SchedulerEvent.PodSeen(pod), START);
    }

    private static ClaimFacts claim(String name, String storageClass, String volume, String node) {
        VolumeWish wish = new VolumeWish(storageClass, 5, Set.of("ReadWriteOnce"), false, Selector.EVERYTHING);
        return new ClaimFacts(new ObjectKey("default", name), "uid-" + name, "", volume, !volume.isEmpty(), false,
                false, node, wish);
    }

    private static VolumeFacts volume(String name, String holder) {
        return new VolumeFacts(name, new TreeMap<>(), "local", 10, Set.of("ReadWriteOnce"), false, holder.isEmpty(),
                false, holder.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new VolumeFacts.Holder(new ObjectKey("default", holder), "uid-" + holder)),
                Optional.empty(), Optional.empty());
    }

    private static PodInfo pod(String name, String claim) {
        return TestPods.info(name, 100, spec -> spec.addVolumesBuilder().getVolumeSourceBuilder()
                .getPersistentVolumeClaimBuilder().setClaimName(claim));
    }

    private static Intent.Bind bind(String pod) {
        return new Intent.Bind(new ObjectKey("default", pod), pod, "default-scheduler", "n1");
    }

    private void startsWithDisk7() {
        seen(claim("data", "local", "", ""));
        seen(volume("disk-7", ""));
        seen(pod("db", "data"));
        VolumePlan plan = new VolumePlan("n1",
                List.of(new VolumePlan.Pairing(new ObjectKey("default", "data"), "uid-data", "disk-7")), List.of());
        assertThat(machine.step(START))
                .contains(new Intent.BindVolumes(new ObjectKey("default", "db"), "db", "default-scheduler", plan));
    }

    private void startsToMakeOne() {
        seen(claim("data", "made", "", ""));
        seen(pod("db", "data"));
        VolumePlan plan = new VolumePlan("n1", List.of(),
                List.of(new VolumePlan.Provision(new ObjectKey("default", "data"), "uid-data")));
        assertThat(machine.step(START))
                .contains(new Intent.BindVolumes(new ObjectKey("default", "db"), "db", "default-scheduler", plan));
    }

    private void written() {
        machine.handle(new SchedulerEvent.VolumesWritten("db"), SOON);
    }

    private void waits() {
        assertThat(machine.settle(SOON)).isEmpty();
        assertThat(machine.due(SOON)).isFalse();
        assertThat(state.placed("db")).isPresent();
    }

    private void fails(String why, Instant now) {
        assertThat(machine.settle(now)).get().isInstanceOf(Intent.MarkUnschedulable.class).extracting(
                intent -> ((Intent.MarkUnschedulable) intent).message())
                .isEqualTo("running PreBind plugin \"VolumeBinding\": binding volumes: " + why);
        assertThat(state.placed("db")).isEmpty();
        assertThat(machine.step(now)).as("backs off").isEmpty();
        assertThat(machine.step(now.plusSeconds(10))).as("is tried again").isPresent();
    }

    @Test
    void aPodIsBoundWhenItsClaimIs() {
        startsWithDisk7();
        waits();
        written();
        waits();
        seen(volume("disk-7", "data"));
        waits();
        seen(claim("data", "local", "disk-7", ""));
        assertThat(machine.due(SOON)).isTrue();
        assertThat(machine.settle(SOON)).contains(bind("db"));
        waits();
    }

    @Test
    void aClaimBoundBeforeAllIsKnownToBeWrittenWaitsForThat() {
        startsWithDisk7();
        seen(volume("disk-7", "data"));
        seen(claim("data", "local", "disk-7", ""));
        waits();
        written();
        assertThat(machine.settle(SOON)).contains(bind("db"));
    }

    @Test
    void aVolumeIsPromisedOnceAndFreeAgainWhenThatCameToNothing() {
        startsWithDisk7();
        seen(claim("more", "local", "", ""));
        seen(pod("web", "more"));
        assertThat(machine.step(START)).get().isInstanceOf(Intent.MarkUnschedulable.class);
        assertThat(machine.handle(new SchedulerEvent.VolumesFailed("db", "no"), SOON)).get()
                .isInstanceOf(Intent.MarkUnschedulable.class);
        assertThat(machine.step(SOON)).get().extracting(Intent::uid).isEqualTo("web");
        assertThat(machine.step(SOON.plusSeconds(10))).get().as("the volume is promised again")
                .isInstanceOf(Intent.MarkUnschedulable.class);
    }

    @Test
    void podsWithOneClaimFollowOnePlan() {
        machine.handle(new SchedulerEvent.NodeSeen(TestPods.facts("n2", 5000)), START);
        machine.handle(new SchedulerEvent.NodeSeen(TestPods.facts("n1", 4000)), START);
        seen(claim("data", "made", "", ""));
        for (int i = 0; i < 20; i++) {
            seen(pod("p" + i, "data"));
        }
        Set<String> nodes = new TreeSet<>();
        for (int i = 0; i < 20; i++) {
            Intent.BindVolumes intent = (Intent.BindVolumes) machine.step(START).orElseThrow();
            nodes.add(intent.plan().node());
            machine.handle(new SchedulerEvent.VolumesWritten(intent.uid()), START);
        }
        assertThat(nodes).hasSize(1);
        seen(volume("made-1", "data"));
        seen(claim("data", "made", "made-1", nodes.iterator().next()));
        for (int i = 0; i < 20; i++) {
            assertThat(machine.settle(SOON)).get().isInstanceOf(Intent.Bind.class);
        }
        assertThat(machine.settle(SOON)).isEmpty();
    }

    @Test
    void nobodyWaitsLongerThanTheLimit() {
        startsWithDisk7();
        written();
        waits();
        assertThat(machine.wakeAt()).contains(TOO_LATE);
        assertThat(machine.settle(TOO_LATE.minusMillis(1))).isEmpty();
        assertThat(machine.due(TOO_LATE)).isTrue();
        fails("context deadline exceeded", TOO_LATE);
    }

    @Test
    void aVolumeTakenByAnotherClaimEndsTheWait() {
        startsWithDisk7();
        seen(volume("disk-7", "other"));
        fails("volume \"disk-7\" is no longer for claim \"default/data\"", SOON);
    }

    @Test
    void aVolumeLetGoOfEndsTheWait() {
        startsWithDisk7();
        written();
        seen(volume("disk-7", "data"));
        waits();
        seen(volume("disk-7", ""));
        fails("volume \"disk-7\" is no longer for claim \"default/data\"", SOON);
    }

    @Test
    void aClaimThatIsGoneEndsTheWait() {
        startsWithDisk7();
        gone(claim("data", "local", "", ""));
        fails("volume \"disk-7\" is no longer for claim \"default/data\"", SOON);
    }

    @Test
    void aVolumeMadeForTheNodeLetsThePodGoOn() {
        startsToMakeOne();
        written();
        seen(claim("data", "made", "", "n1"));
        waits();
        seen(claim("data", "made", "made-1", "n1"));
        waits();
        seen(volume("made-1", "data"));
        assertThat(machine.settle(SOON)).contains(bind("db"));
    }

    @Test
    void whoCannotMakeTheVolumeTakesTheNodeAway() {
        startsToMakeOne();
        written();
        seen(claim("data", "made", "", "n1"));
        waits();
        seen(claim("data", "made", "", ""));
        fails("provisioning failed for PVC \"data\"", SOON);
    }

    @Test
    void aNodeSelectedByAnotherEndsTheWait() {
        startsToMakeOne();
        seen(claim("data", "made", "", "n9"));
        assertThat(machine.settle(SOON)).get().isInstanceOf(Intent.MarkUnschedulable.class);
    }

    @Test
    void aPodThatIsGoneWaitsForNothing() {
        startsWithDisk7();
        machine.handle(new SchedulerEvent.PodGone("db"), SOON);
        written();
        seen(claim("data", "local", "disk-7", ""));
        assertThat(machine.settle(TOO_LATE)).isEmpty();
        assertThat(machine.handle(new SchedulerEvent.VolumesFailed("db", "no"), SOON)).isEmpty();
    }

    @Test
    void aPodBoundByAnotherWaitsForNothing() {
        startsWithDisk7();
        seen(TestPods.info("db", 100, spec -> spec.setNodeName("n1")));
        assertThat(machine.settle(TOO_LATE)).isEmpty();
        assertThat(state.volumes().offers(claim("more", "local", "", ""))).as("free again").hasSize(1);
    }

    @Test
    void whoDoesNotLeadBindsNothing() {
        startsWithDisk7();
        written();
        seen(volume("disk-7", "data"));
        seen(claim("data", "local", "disk-7", ""));
        machine.handle(new SchedulerEvent.LeadershipChanged(false), SOON);
        waits();
        machine.handle(new SchedulerEvent.LeadershipChanged(true), SOON);
        assertThat(machine.settle(SOON)).contains(bind("db"));
    }

    @Test
    void onlyItsOwnClaimWakesAPodThatWaitsForOne() {
        seen(pod("db", "data"));
        assertThat(machine.step(START)).get().isInstanceOf(Intent.MarkUnschedulable.class);
        seen(claim("other", "local", "", ""));
        seen(volume("disk-7", ""));
        assertThat(machine.step(SOON)).isEmpty();
        seen(claim("data", "local", "", ""));
        assertThat(machine.step(SOON)).get().isInstanceOf(Intent.BindVolumes.class);
    }

    @Test
    void aVolumeWakesAPodWhoseClaimFoundNone() {
        seen(claim("data", "local", "", ""));
        seen(pod("db", "data"));
        assertThat(machine.step(START)).get().isInstanceOf(Intent.MarkUnschedulable.class);
        seen(volume("disk-7", ""));
        assertThat(machine.step(SOON)).get().isInstanceOf(Intent.BindVolumes.class);
    }
}
