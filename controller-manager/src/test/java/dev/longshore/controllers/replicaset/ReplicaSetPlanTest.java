package dev.longshore.controllers.replicaset;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.ResourceTypes;
import dev.longshore.api.apps.v1.ReplicaSet;
import dev.longshore.api.apps.v1.ReplicaSetStatus;
import dev.longshore.api.core.v1.Pod;
import dev.longshore.api.meta.v1.OwnerReference;
import dev.longshore.api.values.Times;
import dev.longshore.controllers.objects.Owners;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class ReplicaSetPlanTest {
    private static final Instant NOW = Instant.ofEpochSecond(2_000_000);
    private static final Consumer<Pod.Builder> ORPHAN = pod -> pod.getMetadataBuilder().clearOwnerReferences();
    private static final Consumer<Pod.Builder> UNLABELLED = pod -> pod.getMetadataBuilder().clearLabels();
    private static final Consumer<Pod.Builder> LEAVING = pod -> pod.getMetadataBuilder()
            .getDeletionTimestampBuilder().setSeconds(1);
    private static final Consumer<Pod.Builder> FINISHED = pod -> pod.getStatusBuilder().setPhase("Failed");
    private static final Consumer<Pod.Builder> OTHERS = ORPHAN.andThen(pod -> pod.getMetadataBuilder()
            .addOwnerReferences(OwnerReference.newBuilder().setUid("other").setController(true)));

    /** One row: a set that wants two pods, the pods, and the actions besides the status. */
    record Row(String name, ReplicaSet set, List<Pod> pods, List<String> actions) {
        @Override
        public String toString() {
            return name;
        }
    }

    static final List<Row> ROWS = List.of(
            new Row("pods are missing", set(2), List.of(), List.of("create 2")),
            new Row("all are there", set(2), List.of(pod("a"), pod("b")), List.of()),
            new Row("one is missing without the field", change(set(2), it -> it.getSpecBuilder().clearReplicas()),
                    List.of(), List.of("create 1")),
            new Row("at most so many at once", set(1000), List.of(), List.of("create 500")),
            new Row("one too many", set(2), List.of(pod("a"), pod("b"), pod("c", pod -> pod.getStatusBuilder()
                    .setPhase("Pending").clearConditions())), List.of("delete c")),
            new Row("down to nothing", set(0), List.of(pod("a"), pod("b")), List.of("delete a", "delete b")),
            new Row("a pod that leaves is replaced", set(2), List.of(pod("a"), pod("b", LEAVING)),
                    List.of("create 1")),
            new Row("a finished pod is replaced", set(2), List.of(pod("a"), pod("b", FINISHED)), List.of("create 1")),
            new Row("an orphan is adopted and counts", set(2), List.of(pod("a"), pod("b", ORPHAN)),
                    List.of("adopt b")),
            new Row("an orphan beyond the wanted number is adopted and given up", set(1),
                    List.of(pod("a"), pod("b", ORPHAN.andThen(pod -> pod.getStatusBuilder().clearConditions()))),
                    List.of("adopt b", "delete b")),
            new Row("an orphan with other labels is not ours", set(1),
                    List.of(pod("a"), pod("b", ORPHAN.andThen(UNLABELLED))), List.of()),
            new Row("an orphan that leaves is not adopted", set(1), List.of(pod("b", ORPHAN.andThen(LEAVING))),
                    List.of("create 1")),
            new Row("an orphan that finished is not adopted", set(1), List.of(pod("b", ORPHAN.andThen(FINISHED))),
                    List.of("create 1")),
            new Row("a pod of another controller is not touched", set(1), List.of(pod("b", OTHERS)),
                    List.of("create 1")),
            new Row("a pod whose labels changed is released and replaced", set(2), List.of(pod("a"),
                    pod("b", UNLABELLED)), List.of("release b", "create 1")),
            new Row("a deleted set leaves its pods to the garbage collector",
                    change(set(2), it -> it.getMetadataBuilder().getDeletionTimestampBuilder().setSeconds(1)),
                    List.of(pod("a"), pod("b", ORPHAN), pod("c", UNLABELLED)), List.of()));

    @ParameterizedTest
    @FieldSource("ROWS")
    void plans(Row row) {
        ReplicaSetPlan plan = ReplicaSetPlan.of(new ReplicaSetPlan.Snapshot(row.set, row.pods), NOW);
        assertThat(plan.actions().stream().filter(action -> !(action instanceof ReplicaSetAction.WriteStatus))
                .map(ReplicaSetPlanTest::text)).containsExactlyElementsOf(row.actions);
    }

    @Test
    void thePodsGivenUpAtOnceAreLimited() {
        List<Pod> pods = IntStream.range(0, 600).mapToObj(i -> pod("p" + i)).toList();
        assertThat(ReplicaSetPlan.of(new ReplicaSetPlan.Snapshot(set(0), pods), NOW).actions())
                .filteredOn(action -> action instanceof ReplicaSetAction.DeletePod)
                .hasSize(ReplicaSetPlan.BURST_LIMIT);
    }

    @Test
    void theStatusCountsWhatIsSeenAndAPodIsAvailableInTime() {
        ReplicaSet set = change(set(3), it -> {
            it.getMetadataBuilder().setGeneration(7);
            it.getSpecBuilder().setMinReadySeconds(10).getTemplateBuilder().getMetadataBuilder()
                    .putLabels("app", "web").putLabels("tier", "a");
        });
        List<Pod> pods = List.of(readySince("a", 60), pod("b", pod -> pod.getStatusBuilder().clearConditions()),
                readySince("c", 4), pod("d", LEAVING));
        ReplicaSetPlan plan = ReplicaSetPlan.of(new ReplicaSetPlan.Snapshot(set, pods), NOW);
        ReplicaSetStatus status = ((ReplicaSetAction.WriteStatus) plan.actions().getLast()).status();
        assertThat(status).isEqualTo(ReplicaSetStatus.newBuilder().setReplicas(3).setFullyLabeledReplicas(0)
                .setReadyReplicas(2).setAvailableReplicas(1).setObservedGeneration(7).build());
        assertThat(plan.nextLook()).contains(NOW.plusSeconds(6));
        ReplicaSet written = set.toBuilder().setStatus(status).build();
        assertThat(ReplicaSetPlan.of(new ReplicaSetPlan.Snapshot(written, pods), NOW).actions()).isEmpty();
    }

    private static String text(ReplicaSetAction action) {
        return switch (action) {
            case ReplicaSetAction.Adopt(Pod pod) -> "adopt " + pod.getMetadata().getName();
            case ReplicaSetAction.Release(Pod pod) -> "release " + pod.getMetadata().getName();
            case ReplicaSetAction.CreatePods(int count) -> "create " + count;
            case ReplicaSetAction.DeletePod(Pod pod) -> "delete " + pod.getMetadata().getName();
            case ReplicaSetAction.WriteStatus _ -> "status";
        };
    }

    private static ReplicaSet set(int replicas) {
        ReplicaSet.Builder set = ReplicaSet.newBuilder();
        set.getMetadataBuilder().setName("s").setUid("s");
        set.getSpecBuilder().setReplicas(replicas).getSelectorBuilder().putMatchLabels("app", "web");
        return set.build();
    }

    private static ReplicaSet change(ReplicaSet set, Consumer<ReplicaSet.Builder> change) {
        ReplicaSet.Builder builder = set.toBuilder();
        change.accept(builder);
        return builder.build();
    }

    private static Pod pod(String name) {
        return pod(name, _ -> {
        });
    }

    /** A pod of the set that is ready for long, changed. */
    private static Pod pod(String name, Consumer<Pod.Builder> change) {
        Pod.Builder pod = Pod.newBuilder();
        pod.getMetadataBuilder().setName(name).putLabels("app", "web")
                .addOwnerReferences(Owners.reference(ResourceTypes.REPLICA_SETS, set(2)));
        pod.getSpecBuilder().setNodeName("n-" + name);
        pod.getStatusBuilder().setPhase("Running").addConditionsBuilder().setType("Ready").setStatus("True")
                .setLastTransitionTime(Times.time(NOW.minusSeconds(1000)));
        change.accept(pod);
        return pod.build();
    }

    private static Pod readySince(String name, int seconds) {
        return pod(name, pod -> pod.getStatusBuilder().getConditionsBuilder(0)
                .setLastTransitionTime(Times.time(NOW.minusSeconds(seconds))));
    }
}
