package dev.longshore.agent.pods;

import dev.longshore.api.ApiException;
import dev.longshore.api.ObjectKey;
import dev.longshore.api.Reason;
import dev.longshore.api.ResourceTypes;
import dev.longshore.api.core.v1.Pod;
import dev.longshore.api.core.v1.PodCondition;
import dev.longshore.api.core.v1.PodStatus;
import dev.longshore.client.ApiClient;
import dev.longshore.client.DeleteQuery;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Writes pods' statuses to the API. Calls block. */
final class StatusWriter {
    private static final int ATTEMPTS_LIMIT = 5;
    /** The conditions that are the agent's to decide. */
    private static final Set<String> OWN = Set.of("PodReadyToStartContainers", "Initialized", "ContainersReady",
            "Ready");

    private final ApiClient client;

    StatusWriter(ApiClient client) {
        this.client = client;
    }

    /** The pod as stored after it; empty when the object is gone or another one by now. */
    Optional<Pod> write(Pod pod, PodStatus status) {
        ObjectKey key = ResourceTypes.PODS.key(pod);
        Pod current = pod;
        for (int attempt = 0;; attempt++) {
            PodStatus merged = merged(current.getStatus(), status);
            if (merged.equals(current.getStatus())) {
                return Optional.of(current);
            }
            try {
                return Optional
                        .of(client.updateStatus(ResourceTypes.PODS, current.toBuilder().setStatus(merged).build()));
            } catch (ApiException e) {
                if (e.is(Reason.NOT_FOUND)) {
                    return Optional.empty();
                }
                if (!e.is(Reason.CONFLICT) || attempt >= ATTEMPTS_LIMIT) {
                    throw e;
                }
            }
            try {
                current = client.get(ResourceTypes.PODS, key);
            } catch (ApiException e) {
                if (e.is(Reason.NOT_FOUND)) {
                    return Optional.empty();
                }
                throw e;
            }
            if (!current.getMetadata().getUid().equals(pod.getMetadata().getUid())) {
                return Optional.empty();
            }
        }
    }

    /** The last status, then the end of the object. One that is gone already is fine. */
    void writeAndDelete(Pod pod, PodStatus status) {
        if (write(pod, status).isEmpty()) {
            return;
        }
        try {
            client.delete(ResourceTypes.PODS, ResourceTypes.PODS.key(pod),
                    DeleteQuery.now(pod.getMetadata().getUid()));
        } catch (ApiException e) {
            if (!e.is(Reason.NOT_FOUND) && !e.is(Reason.CONFLICT)) {
                throw e;
            }
        }
    }

    private static PodStatus merged(PodStatus stored, PodStatus wanted) {
        Map<String, PodCondition> conditions = new LinkedHashMap<>();
        wanted.getConditionsList().forEach(item -> conditions.put(item.getType(), item));
        stored.getConditionsList().stream().filter(item -> !OWN.contains(item.getType()))
                .forEach(item -> conditions.put(item.getType(), item));
        return wanted.toBuilder().clearConditions().addAllConditions(conditions.values()).build();
    }
}
