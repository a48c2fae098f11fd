package dev.longshore.controllers.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.apps.v1.Deployment;
import dev.longshore.api.apps.v1.DeploymentCondition;
import dev.longshore.api.apps.v1.DeploymentStatus;
import dev.longshore.api.apps.v1.ReplicaSet;
import dev.longshore.api.values.Times;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class RolloutStatusTest {
    private static final Instant NOW = Instant.ofEpochSecond(2_000_000);
    private static final Bounds THREE = new Bounds(3, 1, 0);

    /**
     * One row: how long ago which Progressing condition was written over how many updated pods, what the sets have
     * now, and what the condition becomes.
     */
    record Row(String name, Consumer<Deployment.Builder> before, List<ReplicaSet> sets, boolean created,
            String status, String reason) {
        @Override
        public String toString() {
            return name;
        }
    }

    static final List<Row> ROWS = List.of(
            new Row("a set is made", _ -> {
            }, List.of(), true, "True", "NewReplicaSetCreated"),
            new Row("a set is found", _ -> {
            }, List.of(set("new", 3, 0)), false, "True", "FoundNewReplicaSet"),
            new Row("more pods are there", progressing("NewReplicaSetCreated", "True", 10), List.of(set("new", 3, 0)),
                    false, "True", "ReplicaSetUpdated"),
            new Row("nothing moved for a while", standing("ReplicaSetUpdated", "True", 599),
                    List.of(set("new", 3, 0)), false, "True", "ReplicaSetUpdated"),
            new Row("nothing moved until the deadline", standing("ReplicaSetUpdated", "True", 600),
                    List.of(set("new", 3, 0)), false, "False", "ProgressDeadlineExceeded"),
            new Row("it stays late", standing("ProgressDeadlineExceeded", "False", 5000), List.of(set("new", 3, 0)),
                    false, "False", "ProgressDeadlineExceeded"),
            new Row("late and moving again", standing("ProgressDeadlineExceeded", "False", 5000),
                    List.of(set("new", 3, 1)), false, "True", "ReplicaSetUpdated"),
            new Row("finished", standing("ReplicaSetUpdated", "True", 10), List.of(set("new", 3, 3)), false, "True",
                    "NewReplicaSetAvailable"),
            new Row("pods of the old set are left", standing("ReplicaSetUpdated", "True", 10),
                    List.of(set("old", 1, 1), set("new", 3, 3)), false, "True", "ReplicaSetUpdated"),
            new Row("finished, and a pod is lost for long", standing("NewReplicaSetAvailable", "True", 5000),
                    List.of(set("new", 3, 2)), false, "True", "NewReplicaSetAvailable"),
            new Row("paused", standing("ReplicaSetUpdated", "True", 5000).andThen(it -> it.getSpecBuilder()
                    .setPaused(true)), List.of(set("new", 3, 0)), false, "Unknown", "DeploymentPaused"),
            new Row("resumed", standing("DeploymentPaused", "Unknown", 5000), List.of(set("new", 3, 0)), false,
                    "Unknown", "DeploymentResumed"));

    @ParameterizedTest
    @FieldSource("ROWS")
    void progress(Row row) {
        DeploymentCondition found = condition(status(row.before, row.sets, row.created), "Progressing");
        assertThat(found.getReason()).isEqualTo(row.reason);
        assertThat(found.getStatus()).isEqualTo(row.status);
    }

    @Test
    void countsAndAvailability() {
        DeploymentStatus status = status(_ -> {
        }, List.of(set("old", 2, 2), set("new", 2, 0)), false);
        assertThat(status.getReplicas()).isEqualTo(4);
        assertThat(status.getUpdatedReplicas()).isEqualTo(2);
        assertThat(status.getAvailableReplicas()).isEqualTo(2);
        assertThat(status.getUnavailableReplicas()).isEqualTo(2);
        assertThat(condition(status, "Available").getStatus()).isEqualTo("False");
        assertThat(condition(status(_ -> {
        }, List.of(set("old", 3, 3)), false), "Available").getReason()).isEqualTo("MinimumReplicasAvailable");
    }

    @Test
    void aSetThatCannotMakePodsIsReportedUntilItCan() {
        ReplicaSet.Builder failing = set("new", 0, 0).toBuilder();
        failing.getStatusBuilder().addConditionsBuilder().setType("ReplicaFailure").setStatus("True")
                .setReason("FailedCreate").setMessage("quota");
        DeploymentStatus first = status(_ -> {
        }, List.of(failing.build()), false);
        assertThat(condition(first, "ReplicaFailure").getMessage()).isEqualTo("quota");
        DeploymentStatus second = status(it -> it.setStatus(first), List.of(set("new", 3, 0)), false);
        assertThat(second.getConditionsList()).extracting(DeploymentCondition::getType)
                .doesNotContain("ReplicaFailure");
    }

    private static DeploymentStatus status(Consumer<Deployment.Builder> before, List<ReplicaSet> sets,
            boolean created) {
        Deployment.Builder builder = Deployment.newBuilder();
        builder.getSpecBuilder().getTemplateBuilder().getSpecBuilder().addContainersBuilder().setImage("new");
        before.accept(builder);
        Deployment deployment = builder.build();
        return new RolloutStatus(deployment, THREE, Sets.of(deployment, sets), NOW)
                .next(created ? Optional.of(set("new", 1, 0)) : Optional.empty());
    }

    private static DeploymentCondition condition(DeploymentStatus status, String type) {
        return status.getConditionsList().stream().filter(item -> item.getType().equals(type)).findFirst()
                .orElseThrow();
    }

    /** No pods were there when the condition was written. */
    private static Consumer<Deployment.Builder> progressing(String reason, String status, int secondsAgo) {
        return it -> it.getStatusBuilder().addConditionsBuilder().setType("Progressing").setStatus(status)
                .setReason(reason).setLastUpdateTime(Times.time(NOW.minusSeconds(secondsAgo)));
    }

    /** All updated pods were there already, none of them available. */
    private static Consumer<Deployment.Builder> standing(String reason, String status, int secondsAgo) {
        return progressing(reason, status, secondsAgo)
                .andThen(it -> it.getStatusBuilder().setReplicas(3).setUpdatedReplicas(3));
    }

    private static ReplicaSet set(String name, int pods, int available) {
        ReplicaSet.Builder set = ReplicaSet.newBuilder();
        set.getMetadataBuilder().setName(name);
        set.getSpecBuilder().setReplicas(pods).getTemplateBuilder().getSpecBuilder().addContainersBuilder()
                .setImage(name);
        set.getStatusBuilder().setReplicas(pods).setReadyReplicas(available).setAvailableReplicas(available);
        return set.build();
    }
}
