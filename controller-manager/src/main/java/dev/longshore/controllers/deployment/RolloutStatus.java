package dev.longshore.controllers.deployment;

import dev.longshore.api.apps.v1.Deployment;
import dev.longshore.api.apps.v1.DeploymentCondition;
import dev.longshore.api.apps.v1.DeploymentStatus;
import dev.longshore.api.apps.v1.ReplicaSet;
import dev.longshore.api.apps.v1.ReplicaSetCondition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The status of a Deployment: what {@code kubectl rollout status} waits for. Conditions, reasons and messages are
 * those of Kubernetes' deployment controller.
 */
final class RolloutStatus {
    static final String PROGRESSING = "Progressing";
    private static final String AVAILABLE = "Available";
    private static final String FAILURE = "ReplicaFailure";
    private static final String NEW_SET_AVAILABLE = "NewReplicaSetAvailable";
    private static final String TIMED_OUT = "ProgressDeadlineExceeded";
    private static final int DEFAULT_DEADLINE_SECONDS = 600;

    private final Deployment deployment;
    private final Bounds bounds;
    private final Sets sets;
    private final Instant now;
    private final DeploymentStatus before;

    RolloutStatus(Deployment deployment, Bounds bounds, Sets sets, Instant now) {
        this.deployment = deployment;
        this.bounds = bounds;
        this.sets = sets;
        this.now = now;
        this.before = deployment.getStatus();
    }

    /** @param created the set that this very plan creates */
    DeploymentStatus next(Optional<ReplicaSet> created) {
        List<ReplicaSet> all = sets.all();
        int available = all.stream().mapToInt(set -> set.getStatus().getAvailableReplicas()).sum();
        DeploymentStatus.Builder status = before.toBuilder()
                .setObservedGeneration(deployment.getMetadata().getGeneration())
                .setReplicas(all.stream().mapToInt(set -> set.getStatus().getReplicas()).sum())
                .setUpdatedReplicas(sets.current().map(set -> set.getStatus().getReplicas()).orElse(0))
                .setReadyReplicas(all.stream().mapToInt(set -> set.getStatus().getReadyReplicas()).sum())
                .setAvailableReplicas(available)
                .setUnavailableReplicas(Math.max(0, sets.total() - available));
        Conditions conditions = new Conditions(before.getConditionsList(), now);
        if (available >= bounds.leastAvailable()) {
            conditions.set(AVAILABLE, "True", "MinimumReplicasAvailable", "Deployment has minimum availability.");
        } else {
            conditions.set(AVAILABLE, "False", "MinimumReplicasUnavailable",
                    "Deployment does not have minimum availability.");
        }
        failure(conditions);
        progress(conditions, status, created);
        return status.clearConditions().addAllConditions(conditions.list()).build();
    }

    /** Whether {@code status} shows the rollout finished. */
    boolean complete(DeploymentStatus.Builder status) {
        return status.getUpdatedReplicas() == bounds.replicas() && status.getReplicas() == bounds.replicas()
                && status.getAvailableReplicas() == bounds.replicas();
    }

    /** When the progress deadline passes; empty when nothing is under way. */
    Optional<Instant> deadline(DeploymentStatus status) {
        boolean waits = !deployment.getSpec().getPaused() && !complete(status.toBuilder());
        return new Conditions(status.getConditionsList(), now).find(PROGRESSING)
                .filter(c -> waits && !c.getReason().equals(TIMED_OUT) && !c.getReason().equals(NEW_SET_AVAILABLE))
                .map(this::deadline);
    }

    private Instant deadline(DeploymentCondition progress) {
        int seconds = deployment.getSpec().hasProgressDeadlineSeconds()
                ? deployment.getSpec().getProgressDeadlineSeconds()
                : DEFAULT_DEADLINE_SECONDS;
        return Instant.ofEpochSecond(progress.getLastUpdateTime().getSeconds()).plus(Duration.ofSeconds(seconds));
    }

    private void progress(Conditions conditions, DeploymentStatus.Builder status, Optional<ReplicaSet> created) {
        if (deployment.getSpec().getPaused()) {
            conditions.set(PROGRESSING, "Unknown", "DeploymentPaused", "Deployment is paused");
            return;
        }
        if (conditions.find(PROGRESSING).filter(c -> c.getReason().equals("DeploymentPaused")).isPresent()) {
            conditions.set(PROGRESSING, "Unknown", "DeploymentResumed", "Deployment is resumed");
        }
        // After a pause the deadline counts from the resumption.
        Optional<DeploymentCondition> last = conditions.find(PROGRESSING);
        if (created.isPresent()) {
            conditions.touch(PROGRESSING, "True", "NewReplicaSetCreated",
                    "Created new replica set \"" + created.get().getMetadata().getName() + "\"");
            return;
        }
        String subject = sets.current().map(set -> "ReplicaSet \"" + set.getMetadata().getName() + "\"")
                .orElse("Deployment \"" + deployment.getMetadata().getName() + "\"");
        boolean wasComplete = status.getReplicas() == status.getUpdatedReplicas()
                && last.filter(c -> c.getReason().equals(NEW_SET_AVAILABLE)).isPresent();
        if (wasComplete) {
            return;
        }
        if (complete(status)) {
            conditions.set(PROGRESSING, "True", NEW_SET_AVAILABLE, subject + " has successfully progressed.");
        } else if (last.isEmpty()) {
            conditions.set(PROGRESSING, "True", "FoundNewReplicaSet", "Found new replica set "
                    + sets.current().map(set -> "\"" + set.getMetadata().getName() + "\"").orElse(""));
        } else if (progressed(status)) {
            conditions.touch(PROGRESSING, "True", "ReplicaSetUpdated", subject + " is progressing.");
        } else if (timedOut(last.get())) {
            conditions.set(PROGRESSING, "False", TIMED_OUT, subject + " has timed out progressing.");
        }
    }

    private boolean progressed(DeploymentStatus.Builder status) {
        int oldNow = status.getReplicas() - status.getUpdatedReplicas();
        int oldBefore = before.getReplicas() - before.getUpdatedReplicas();
        return status.getUpdatedReplicas() > before.getUpdatedReplicas() || oldNow < oldBefore
                || status.getReadyReplicas() > before.getReadyReplicas()
                || status.getAvailableReplicas() > before.getAvailableReplicas();
    }

    private boolean timedOut(DeploymentCondition progress) {
        return !progress.getReason().equals(NEW_SET_AVAILABLE) && !deadline(progress).isAfter(now);
    }

    private void failure(Conditions conditions) {
        Optional<ReplicaSetCondition> failing = sets.current().or(() -> sets.old().stream().findFirst()).stream()
                .flatMap(set -> set.getStatus().getConditionsList().stream())
                .filter(c -> c.getType().equals(FAILURE)).findFirst();
        failing.ifPresentOrElse(c -> conditions.set(FAILURE, c.getStatus(), c.getReason(), c.getMessage()),
                () -> conditions.remove(FAILURE));
    }
}
