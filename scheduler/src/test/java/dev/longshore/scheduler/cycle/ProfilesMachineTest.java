package dev.longshore.scheduler.cycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.ObjectKey;
import dev.longshore.api.core.v1.PodSpec;
import dev.longshore.api.values.LabelSelectors.Selector;
import dev.longshore.scheduler.TestPods;
import dev.longshore.scheduler.config.ConfigurationText;
import dev.longshore.scheduler.config.KubeSchedulerConfiguration;
import dev.longshore.scheduler.state.ClusterObject;
import dev.longshore.scheduler.state.ClusterState;
import dev.longshore.scheduler.state.PodInfo;
import dev.longshore.scheduler.volumes.ClaimFacts;
import dev.longshore.scheduler.volumes.ClassFacts;
import dev.longshore.scheduler.volumes.VolumeWish;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Several profiles in one machine: each pod is placed, waits and makes room by the rules of its own. */
class ProfilesMachineTest {
    private static final Instant START = Instant.ofEpochSecond(1_000);
    private static final Consumer<PodSpec.Builder> PLAIN = _ -> {
    };

    private final ClusterState state = new ClusterState();

    private SchedulingMachine machine(String configuration) {
        KubeSchedulerConfiguration read = ConfigurationText.read(configuration);
        return new SchedulingMachine(read.profiles(), read.backOff(), state, new TieBreaker(1), true);
    }

    private static PodInfo pod(String name, String profile, Consumer<PodSpec.Builder> more) {
        return TestPods.info(name, 100, spec -> {
            spec.setSchedulerName(profile);
            more.accept(spec);
        });
    }

    private static void seen(SchedulingMachine machine, PodInfo pod) {
        machine.handle(new SchedulerEvent.PodSeen(pod), START);
    }

    private static void node(SchedulingMachine machine, String name, String pool) {
        machine.handle(new SchedulerEvent.NodeSeen(
                TestPods.facts(name, 4000, node -> node.getMetadataBuilder().putLabels("pool", pool))), START);
    }

    private static String placed(Optional<Intent> intent) {
        Intent.Bind bind = (Intent.Bind) intent.orElseThrow();
        return bind.uid() + " by " + bind.profile() + " on " + bind.node();
    }

    @Test
    void podsAlikeOfTwoProfilesGoDifferentWays() {
        SchedulingMachine machine = machine(
                "top profiles: [{schedulerName: default-scheduler}, {schedulerName: packer, "
                        + "plugins: {score: {disabled: [{name: '*'}], enabled: [{name: NodeResourcesFit}]}}, "
                        + "pluginConfig: [{name: NodeResourcesFit, args: {scoringStrategy: {type: MostAllocated}}}]}]");
        node(machine, "n1", "a");
        node(machine, "n2", "a");
        seen(machine, TestPods.info("first", 900, spec -> spec.setNodeName("n1")));
        for (int i = 0; i < 4; i++) {
            seen(machine, pod("spread" + i, "default-scheduler", PLAIN));
            assertThat(placed(machine.step(START))).isEqualTo("spread" + i + " by default-scheduler on n2");
            seen(machine, pod("pack" + i, "packer", PLAIN));
            assertThat(placed(machine.step(START))).isEqualTo("pack" + i + " by packer on n1");
        }
    }

    @Test
    void podsOfOtherSchedulersAreLeftAlone() {
        SchedulingMachine machine = machine("profile schedulerName: mine");
        node(machine, "n1", "a");
        seen(machine, pod("other", "default-scheduler", PLAIN));
        assertThat(machine.due(START)).isFalse();
        assertThat(machine.step(START)).isEmpty();
        seen(machine, pod("own", "mine", PLAIN));
        assertThat(placed(machine.step(START))).isEqualTo("own by mine on n1");
    }

    private static String pool(String name) {
        return "{schedulerName: " + name + ", pluginConfig: [{name: NodeAffinity, args: {addedAffinity: "
                + "{requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [{matchExpressions: "
                + "[{key: pool, operator: In, values: [" + name + "]}]}]}}}}]}";
    }

    @Test
    void podsAlikeWaitForWhatHelpsTheirOwnProfile() {
        SchedulingMachine machine = machine("top profiles: [" + pool("x") + ", " + pool("y") + "]");
        node(machine, "n1", "z");
        seen(machine, pod("of-x", "x", PLAIN));
        seen(machine, pod("of-y", "y", PLAIN));
        assertThat(machine.step(START)).get().extracting(intent -> ((Intent.MarkUnschedulable) intent).message())
                .isEqualTo("0/1 nodes are available: 1 node(s) didn't match scheduler-enforced node affinity. "
                        + "preemption: 0/1 nodes are available: 1 Preemption is not helpful for scheduling.");
        assertThat(machine.step(START)).get().isInstanceOf(Intent.MarkUnschedulable.class);
        node(machine, "n1", "y");
        Instant later = START.plusSeconds(20);
        assertThat(placed(machine.step(later))).isEqualTo("of-y by y on n1");
        assertThat(machine.step(later)).isEmpty();
    }

    @Test
    void aProfileMayEvictNobody() {
        SchedulingMachine machine = machine("profile plugins: {postFilter: {disabled: [{name: DefaultPreemption}]}}");
        machine.handle(new SchedulerEvent.NodeSeen(TestPods.facts("n1", 100)), START);
        seen(machine, TestPods.info("low", 100, spec -> spec.setNodeName("n1")));
        seen(machine, pod("high", "default-scheduler", spec -> spec.setPriority(10)));
        assertThat(machine.step(START)).get().isInstanceOf(Intent.MarkUnschedulable.class)
                .extracting(intent -> ((Intent.MarkUnschedulable) intent).message())
                .isEqualTo("0/1 nodes are available: 1 Insufficient cpu.");
    }

    @Test
    void whereRoomDoesNotMatterPodsAreEvictedForOtherReasons() {
        SchedulingMachine machine = machine("profile plugins: {filter: {disabled: [{name: NodeResourcesFit}]}}");
        machine.handle(new SchedulerEvent.NodeSeen(TestPods.facts("n1", 50)), START);
        seen(machine, TestPods.info("big", 1000, spec -> spec.setNodeName("n1")));
        seen(machine, TestPods.info("low", 1000, spec -> {
            spec.setNodeName("n1");
            TestPods.hostPort(spec, "", 80);
        }));
        seen(machine, pod("high", "default-scheduler", spec -> {
            spec.setPriority(10);
            TestPods.hostPort(spec, "", 80);
        }));
        assertThat(machine.step(START)).get().isInstanceOf(Intent.Preempt.class)
                .extracting(intent -> ((Intent.Preempt) intent).victims().stream().map(Intent.Target::uid).toList())
                .isEqualTo(List.of("low"));
    }

    private static Consumer<PodSpec.Builder> claiming(String claim) {
        return spec -> spec.addVolumesBuilder().getVolumeSourceBuilder().getPersistentVolumeClaimBuilder()
                .setClaimName(claim);
    }

    private void claims(SchedulingMachine machine, String... names) {
        machine.handle(new SchedulerEvent.ObjectSeen(
                new ClusterObject.StorageObject(new ClassFacts("made", "example.com/disks", true, List.of()))), START);
        for (String name : names) {
            VolumeWish wish = new VolumeWish("made", 5, Set.of("ReadWriteOnce"), false, Selector.EVERYTHING);
            machine.handle(new SchedulerEvent.ObjectSeen(new ClusterObject.StorageObject(new ClaimFacts(
                    new ObjectKey("default", name), "uid-" + name, "", "", false, false, false, "", wish))), START);
        }
    }

    @Test
    void eachProfileWaitsForVolumesAsLongAsItSays() {
        SchedulingMachine machine = machine("top profiles: [{schedulerName: patient}, {schedulerName: brisk, "
                + "pluginConfig: [{name: VolumeBinding, args: {bindTimeoutSeconds: 30}}]}]");
        node(machine, "n1", "a");
        claims(machine, "slow", "fast");
        seen(machine, pod("of-patient", "patient", claiming("slow")));
        seen(machine, pod("of-brisk", "brisk", claiming("fast")));
        assertThat(machine.step(START)).get().isInstanceOf(Intent.BindVolumes.class);
        assertThat(machine.step(START)).get().isInstanceOf(Intent.BindVolumes.class);
        assertThat(machine.wakeAt()).contains(START.plusSeconds(30));
        assertThat(machine.settle(START.plusSeconds(30))).get().extracting(Intent::uid).isEqualTo("of-brisk");
        assertThat(machine.settle(START.plusSeconds(599))).isEmpty();
        assertThat(machine.settle(START.plusSeconds(600))).get().extracting(Intent::uid).isEqualTo("of-patient");
    }

    @Test
    void withoutVolumeBindingPodsAreBoundAtOnce() {
        SchedulingMachine machine = machine("profile plugins: {multiPoint: {disabled: [{name: VolumeBinding}]}}");
        node(machine, "n1", "a");
        claims(machine, "data");
        seen(machine, pod("p", "default-scheduler", claiming("data")));
        assertThat(placed(machine.step(START))).isEqualTo("p by default-scheduler on n1");
    }

    @Test
    void podsBackOffAsConfigured() {
        SchedulingMachine machine = machine("top podInitialBackoffSeconds: 3, podMaxBackoffSeconds: 4");
        node(machine, "n1", "a");
        seen(machine, pod("p", "default-scheduler", PLAIN));
        machine.step(START);
        machine.handle(new SchedulerEvent.BindFailed("p", "no"), START);
        assertThat(machine.wakeAt()).contains(START.plusSeconds(3));
        Instant second = START.plusSeconds(3);
        assertThat(machine.step(second)).isPresent();
        machine.handle(new SchedulerEvent.BindFailed("p", "no"), second);
        assertThat(machine.wakeAt()).contains(second.plusSeconds(4));
    }
}
