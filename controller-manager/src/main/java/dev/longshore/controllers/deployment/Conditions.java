package dev.longshore.controllers.deployment;

import dev.longshore.api.apps.v1.DeploymentCondition;
import dev.longshore.api.values.Times;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The conditions of a Deployment, as a value that changes. Used by one thread. */
final class Conditions {
    private final List<DeploymentCondition> conditions;
    private final Instant now;

    Conditions(List<DeploymentCondition> conditions, Instant now) {
        this.conditions = new ArrayList<>(conditions);
        this.now = now;
    }

    List<DeploymentCondition> list() {
        return List.copyOf(conditions);
    }

    Optional<DeploymentCondition> find(String type) {
        return conditions.stream().filter(condition -> condition.getType().equals(type)).findFirst();
    }

    /** Changes nothing when status and reason are as before. */
    void set(String type, String status, String reason, String message) {
        Optional<DeploymentCondition> before = find(type);
        if (before.filter(c -> c.getStatus().equals(status) && c.getReason().equals(reason)).isEmpty()) {
            touch(type, status, reason, message);
        }
    }

    /** As {@link #set}, and the update time is now in any case. */
    void touch(String type, String status, String reason, String message) {
        Optional<DeploymentCondition> before = find(type);
        DeploymentCondition.Builder after = DeploymentCondition.newBuilder().setType(type).setStatus(status)
                .setReason(reason).setMessage(message).setLastUpdateTime(Times.time(now))
                .setLastTransitionTime(before.filter(c -> c.getStatus().equals(status))
                        .map(DeploymentCondition::getLastTransitionTime).orElse(Times.time(now)));
        if (before.isPresent()) {
            conditions.set(conditions.indexOf(before.get()), after.build());
        } else {
            conditions.add(after.build());
        }
    }

    void remove(String type) {
        conditions.removeIf(condition -> condition.getType().equals(type));
    }
}
