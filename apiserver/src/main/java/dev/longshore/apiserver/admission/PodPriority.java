package dev.longshore.apiserver.admission;

import com.google.protobuf.Message;
import dev.longshore.api.ApiException;
import dev.longshore.api.ObjectKey;
import dev.longshore.api.ResourceTypes;
import dev.longshore.api.core.v1.Pod;
import dev.longshore.api.scheduling.v1.PriorityClass;
import java.util.Comparator;
import java.util.Optional;

/**
 * Turns a pod's priority class into its number and preemption policy (source: Kubernetes API, admission Priority).
 */
final class PodPriority implements AdmissionStep {
    private static final String PREEMPT = "PreemptLowerPriority";

    private final ObjectReader reader;

    PodPriority(ObjectReader reader) {
        this.reader = reader;
    }

    @Override
    public Message mutate(AdmissionRequest request, Message object) {
        if (!request.creates(ResourceTypes.PODS) || !(object instanceof Pod pod)) {
            return object;
        }
        Optional<PriorityClass> priorityClass = classOf(request, pod);
        int value = priorityClass.map(PriorityClass::getValue).orElse(0);
        String policy = priorityClass.map(PriorityClass::getPreemptionPolicy).filter(text -> !text.isEmpty())
                .orElse(PREEMPT);
        requireEqual(request, pod, value, policy);
        Pod.Builder changed = pod.toBuilder();
        changed.getSpecBuilder().setPriority(value).setPreemptionPolicy(policy);
        priorityClass.ifPresent(found -> changed.getSpecBuilder().setPriorityClassName(found.getMetadata().getName()));
        return changed.build();
    }

    private Optional<PriorityClass> classOf(AdmissionRequest request, Pod pod) {
        String name = pod.getSpec().getPriorityClassName();
        if (name.isEmpty()) {
            return reader.allRecent(ResourceTypes.PRIORITY_CLASSES).stream().filter(PriorityClass::getGlobalDefault)
                    .min(Comparator.comparingInt(PriorityClass::getValue));
        }
        ObjectKey key = ObjectKey.cluster(name);
        return Optional.of(reader.recent(ResourceTypes.PRIORITY_CLASSES, key)
                .or(() -> reader.find(ResourceTypes.PRIORITY_CLASSES, key))
                .orElseThrow(() -> ApiException.forbidden(request.type(), request.key().name(),
                        "no PriorityClass with name " + name + " was found")));
    }

    private static void requireEqual(AdmissionRequest request, Pod pod, int value, String policy) {
        if (pod.getSpec().hasPriority() && pod.getSpec().getPriority() != value) {
            throw ApiException.forbidden(request.type(), request.key().name(),
                    "the integer value of priority (" + pod.getSpec().getPriority()
                            + ") must not be provided in pod spec; priority admission controller computed " + value
                            + " from the given PriorityClass name");
        }
        if (pod.getSpec().hasPreemptionPolicy() && !pod.getSpec().getPreemptionPolicy().equals(policy)) {
            throw ApiException.forbidden(request.type(), request.key().name(),
                    "the string value of PreemptionPolicy (" + pod.getSpec().getPreemptionPolicy()
                            + ") must not be provided in pod spec; priority admission controller computed " + policy
                            + " from the given PriorityClass name");
        }
    }
}
