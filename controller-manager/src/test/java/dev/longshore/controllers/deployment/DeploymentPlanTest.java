package dev.longshore.controllers.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.ResourceTypes;
import dev.longshore.api.apps.v1.Deployment;
import dev.longshore.api.apps.v1.ReplicaSet;
import dev.longshore.api.core.v1.Pod;
import dev.longshore.controllers.deployment.DeploymentAction.Adopt;
import dev.longshore.controllers.deployment.DeploymentAction.CreateSet;
import dev.longshore.controllers.deployment.DeploymentAction.DeleteSet;
import dev.longshore.controllers.deployment.DeploymentAction.Release;
import dev.longshore.controllers.deployment.DeploymentAction.UpdateDeployment;
import dev.longshore.controllers.deployment.DeploymentAction.UpdateSet;
import dev.longshore.controllers.deployment.DeploymentAction.WriteStatus;
import dev.longshore.controllers.objects.Owners;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class DeploymentPlanTest {
    private static final Instant NOW = Instant.ofEpochSecond(2_000_000);

    /** One row: the Deployment of three replicas, its sets and pods, and the actions besides the status. */
    record Row(String name, Deployment deployment, List<ReplicaSet> sets, List<Pod> pods, List<String> actions) {
        @Override
        public String toString() {
            return name;
        }
    }

    static final List<Row> ROWS = List.of(
            new Row("the first set", rolling(), List.of(), List.of(), List.of("create 3", "revision 1")),
            new Row("a rolling update begins", rolling(), List.of(set("old", 1, 3, "v1")), List.of(),
                    List.of("create 1", "revision 2")),
            new Row("the old set shrinks when the new one serves", revision(rolling(), 2),
                    List.of(set("old", 1, 3, "v1"), set("new", 2, 1, "v2")), List.of(), List.of("old to 2")),
            new Row("an orphan that matches is adopted first", rolling(),
                    List.of(orphan(set("old", 1, 3, "v1"))), List.of(), List.of("adopt old")),
            new Row("an orphan that is being deleted is not", rolling(),
                    List.of(deleted(orphan(set("old", 1, 3, "v1")))), List.of(), List.of("create 3", "revision 1")),
            new Row("a set whose labels left is released", rolling(), List.of(labelled(set("old", 1, 3, "v1"), "else")),
                    List.of(), List.of("release old")),
            new Row("a rollback gives the old set a new revision", revision(rolling(), 2),
                    List.of(set("old", 1, 3, "v2"), set("new", 2, 0, "v1")), List.of(),
                    List.of("revision 3", "old to 3 at 3")),
            new Row("a paused one makes no set", change(rolling(), it -> it.getSpecBuilder().setPaused(true)),
                    List.of(set("old", 1, 3, "v1")), List.of(), List.of()),
            new Row("a deleted one does nothing", change(rolling(), it -> it.getMetadataBuilder()
                    .getDeletionTimestampBuilder().setSeconds(1)), List.of(set("old", 1, 3, "v1")), List.of(),
                    List.of()),
            new Row("Recreate ends the old pods", recreate(), List.of(set("old", 1, 3, "v1")), List.of(),
                    List.of("old to 0")),
            new Row("Recreate waits for them", recreate(), List.of(set("old", 1, 0, "v1")), List.of(podOf("old")),
                    List.of()),
            new Row("Recreate starts all when they are gone", recreate(), List.of(set("old", 1, 0, "v1")), List.of(),
                    List.of("create 3", "revision 2")),
            new Row("history beyond the limit goes, oldest first",
                    change(revision(rolling(), 4), it -> it.getSpecBuilder().setRevisionHistoryLimit(1)),
                    List.of(set("a", 1, 0, "va"), set("b", 2, 0, "vb"), set("c", 3, 0, "vc"), set("new", 4, 3, "v2")),
                    List.of(), List.of("delete a", "delete b")),
            new Row("history stays while a rollout is under way",
                    change(revision(rolling(), 4), it -> it.getSpecBuilder().setRevisionHistoryLimit(0)),
                    List.of(set("a", 1, 0, "va"), unavailable(set("new", 4, 3, "v2"))), List.of(), List.of()));

    @ParameterizedTest
    @FieldSource("ROWS")
    void plans(Row row) {
        DeploymentPlan plan = DeploymentPlan.of(new DeploymentPlan.Snapshot(row.deployment, row.sets, row.pods), NOW);
        assertThat(plan.actions().stream().filter(action -> !(action instanceof WriteStatus))
                .map(DeploymentPlanTest::text)).containsExactlyElementsOf(row.actions);
    }

    @Test
    void aFinishedRolloutComesToRest() {
        Deployment deployment = revision(rolling(), 1);
        List<ReplicaSet> sets = List.of(set("new", 1, 3, "v2"));
        for (DeploymentAction action : DeploymentPlan.of(new DeploymentPlan.Snapshot(deployment, sets, List.of()), NOW)
                .actions()) {
            assertThat(action).isInstanceOf(WriteStatus.class);
            deployment = deployment.toBuilder().setStatus(((WriteStatus) action).status()).build();
        }
        DeploymentPlan rest = DeploymentPlan.of(new DeploymentPlan.Snapshot(deployment, sets, List.of()),
                NOW.plusSeconds(1000));
        assertThat(rest.actions()).isEmpty();
        assertThat(rest.nextLook()).isEmpty();
    }

    @Test
    void aRolloutUnderWayIsLookedAtAgainWhenItsDeadlinePasses() {
        DeploymentPlan plan = DeploymentPlan.of(
                new DeploymentPlan.Snapshot(rolling(), List.of(set("old", 1, 3, "v1")), List.of()), NOW);
        assertThat(plan.nextLook()).contains(NOW.plusSeconds(600));
    }

    private static String text(DeploymentAction action) {
        return switch (action) {
            case Adopt(ReplicaSet set) -> "adopt " + set.getMetadata().getName();
            case Release(ReplicaSet set) -> "release " + set.getMetadata().getName();
            case CreateSet(ReplicaSet set) -> "create " + set.getSpec().getReplicas();
            case UpdateSet(ReplicaSet before, ReplicaSet after) -> {
                long revision = Revisions.revision(after.getMetadata());
                yield before.getMetadata().getName() + " to " + after.getSpec().getReplicas()
                        + (revision == Revisions.revision(before.getMetadata()) ? "" : " at " + revision);
            }
            case DeleteSet(ReplicaSet set) -> "delete " + set.getMetadata().getName();
            case UpdateDeployment(Deployment after) -> "revision " + Revisions.revision(after.getMetadata());
            case WriteStatus _ -> "status";
        };
    }

    private static Deployment deployment(String strategy) {
        Deployment.Builder deployment = Deployment.newBuilder();
        deployment.getMetadataBuilder().setName("web").setUid("d").setGeneration(1);
        deployment.getSpecBuilder().setReplicas(3).getStrategyBuilder().setType(strategy);
        deployment.getSpecBuilder().getSelectorBuilder().putMatchLabels("app", "web");
        deployment.getSpecBuilder().getTemplateBuilder().getMetadataBuilder().putLabels("app", "web");
        deployment.getSpecBuilder().getTemplateBuilder().getSpecBuilder().addContainersBuilder().setImage("v2");
        return deployment.build();
    }

    private static Deployment rolling() {
        return deployment("RollingUpdate");
    }

    private static Deployment recreate() {
        return deployment("Recreate");
    }

    private static Deployment revision(Deployment deployment, int revision) {
        return change(deployment,
                it -> it.getMetadataBuilder().putAnnotations(Revisions.REVISION, Integer.toString(revision)));
    }

    private static Deployment change(Deployment deployment, Consumer<Deployment.Builder> change) {
        Deployment.Builder builder = deployment.toBuilder();
        change.accept(builder);
        return builder.build();
    }

    /** A set of the Deployment with all its pods available, made in the order of its revision. */
    private static ReplicaSet set(String name, int revision, int size, String image) {
        ReplicaSet.Builder set = ReplicaSet.newBuilder();
        Deployment owner = rolling();
        set.getMetadataBuilder().setName(name).setUid(name).putLabels("app", "web")
                .putAnnotations(Revisions.REVISION, Integer.toString(revision))
                .putAnnotations(Revisions.DESIRED, "3").putAnnotations(Revisions.MAX, "4")
                .addOwnerReferences(Owners.reference(ResourceTypes.DEPLOYMENTS, owner)).getCreationTimestampBuilder()
                .setSeconds(revision);
        set.getSpecBuilder().setReplicas(size).getTemplateBuilder().getMetadataBuilder().putLabels("app", "web");
        set.getSpecBuilder().getTemplateBuilder().getSpecBuilder().addContainersBuilder().setImage(image);
        set.getStatusBuilder().setReplicas(size).setReadyReplicas(size).setAvailableReplicas(size);
        return set.build();
    }

    private static ReplicaSet orphan(ReplicaSet set) {
        ReplicaSet.Builder builder = set.toBuilder();
        builder.getMetadataBuilder().clearOwnerReferences();
        return builder.build();
    }

    private static ReplicaSet deleted(ReplicaSet set) {
        ReplicaSet.Builder builder = set.toBuilder();
        builder.getMetadataBuilder().getDeletionTimestampBuilder().setSeconds(1);
        return builder.build();
    }

    private static ReplicaSet labelled(ReplicaSet set, String label) {
        ReplicaSet.Builder builder = set.toBuilder();
        builder.getMetadataBuilder().putLabels("app", label);
        return builder.build();
    }

    private static ReplicaSet unavailable(ReplicaSet set) {
        ReplicaSet.Builder builder = set.toBuilder();
        builder.getStatusBuilder().setAvailableReplicas(0);
        return builder.build();
    }

    private static Pod podOf(String set) {
        Pod.Builder pod = Pod.newBuilder();
        pod.getMetadataBuilder()
                .addOwnerReferences(Owners.reference(ResourceTypes.REPLICA_SETS, set(set, 1, 0, "v1")));
        return pod.build();
    }
}
