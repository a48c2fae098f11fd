package dev.longshore.apiserver.registry;

import dev.longshore.api.ApiException;
import dev.longshore.api.ResourceTypes;
import dev.longshore.api.core.v1.Binding;
import dev.longshore.api.core.v1.Pod;
import dev.longshore.api.core.v1.PodCondition;
import dev.longshore.api.meta.v1.ObjectMeta;
import dev.longshore.api.values.Names;
import dev.longshore.api.values.Times;
import java.time.Instant;
import java.util.List;

/** What a binding makes of a pod. Pure. */
record PodBinding(Binding binding, Instant now) {
    static final String SUBRESOURCE = "binding";

    private static final String SCHEDULED = "PodScheduled";

    /** Fails with CONFLICT when the pod is another one by uid, is being deleted, or is bound already. */
    Pod apply(Pod pod) {
        require(pod);
        Pod.Builder bound = pod.toBuilder();
        bound.getSpecBuilder().setNodeName(binding.getTarget().getName());
        if (binding.getMetadata().getAnnotationsCount() > 0 || binding.getMetadata().getLabelsCount() > 0) {
            bound.getMetadataBuilder().putAllAnnotations(binding.getMetadata().getAnnotationsMap())
                    .putAllLabels(binding.getMetadata().getLabelsMap());
        }
        List<PodCondition> others = pod.getStatus().getConditionsList().stream()
                .filter(condition -> !condition.getType().equals(SCHEDULED)).toList();
        bound.getStatusBuilder().clearConditions().addAllConditions(others).addConditions(PodCondition.newBuilder()
                .setType(SCHEDULED).setStatus("True").setLastTransitionTime(Times.time(now)));
        return bound.build();
    }

    private void require(Pod pod) {
        ObjectMeta wanted = binding.getMetadata();
        ObjectMeta present = pod.getMetadata();
        String target = binding.getTarget().getName();
        if (target.isEmpty()) {
            throw ApiException.badRequest("the binding names no node");
        }
        Names.dns1123Subdomain(target).stream().findFirst().ifPresent(problem -> {
            throw ApiException.badRequest("the binding's target.name \"" + target + "\" " + problem);
        });
        if (!wanted.getUid().isEmpty() && !wanted.getUid().equals(present.getUid())) {
            throw conflict(present, Update.uidMismatch(wanted.getUid(), present.getUid()));
        }
        if (present.hasDeletionTimestamp()) {
            throw conflict(present, "pod " + present.getName() + " is being deleted, cannot be assigned to a host");
        }
        if (!pod.getSpec().getNodeName().isEmpty()) {
            throw conflict(present,
                    "pod " + present.getName() + " is already assigned to node \""
                            + pod.getSpec().getNodeName() + "\"");
        }
        if (pod.getSpec().getSchedulingGatesCount() > 0) {
            throw conflict(present, "pod " + present.getName() + " has non-empty .spec.schedulingGates");
        }
    }

    private static ApiException conflict(ObjectMeta pod, String why) {
        return ApiException.conflict(ResourceTypes.PODS, pod.getName(), why);
    }
}
