package dev.longshore.apiserver.resources;

import dev.longshore.api.ResourceTypes;
import dev.longshore.api.core.v1.Pod;
import dev.longshore.api.core.v1.PodCondition;
import dev.longshore.api.core.v1.PodStatus;
import dev.longshore.api.meta.v1.StatusCause;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Pods: bound once, deleted gracefully, all but unchangeable. */
final class PodResource extends GenericStrategy<Pod> {
    private static final Map<String, Function<Pod, String>> FIELDS = Map.of(
            "spec.nodeName", pod -> pod.getSpec().getNodeName(),
            "spec.restartPolicy", pod -> pod.getSpec().getRestartPolicy(),
            "spec.schedulerName", pod -> pod.getSpec().getSchedulerName(),
            "spec.serviceAccountName", pod -> pod.getSpec().getServiceAccountName(),
            "spec.hostNetwork", pod -> Boolean.toString(pod.getSpec().getHostNetwork()),
            "status.phase", pod -> pod.getStatus().getPhase(),
            "status.podIP", pod -> pod.getStatus().getPodIP(),
            "status.podIPs", pod -> pod.getStatus().getPodIPsList().stream().map(ip -> ip.getIp())
                    .collect(Collectors.joining(",")),
            "status.nominatedNodeName", pod -> pod.getStatus().getNominatedNodeName());

    private static final Set<String> FINISHED = Set.of("Succeeded", "Failed");

    private static final String GATED = "Scheduling is blocked due to non-empty scheduling gates";

    PodResource() {
        super(ResourceTypes.PODS);
    }

    @Override
    public Set<String> subresources() {
        return Set.of("status", "binding", "eviction");
    }

    @Override
    public Pod defaults(Pod pod) {
        Pod.Builder filled = super.defaults(pod).toBuilder();
        PodDefaults.fill(filled.getSpecBuilder());
        PodDefaults.fillPod(filled.getSpecBuilder());
        if (!filled.getSpec().hasEnableServiceLinks()) {
            filled.getSpecBuilder().setEnableServiceLinks(true);
        }
        return filled.build();
    }

    @Override
    public Pod prepareForCreate(Pod pod) {
        PodStatus.Builder status = PodStatus.newBuilder().setPhase("Pending")
                .setQosClass(QualityOfService.of(pod.getSpec()));
        if (pod.getSpec().getSchedulingGatesCount() > 0) {
            status.addConditions(PodCondition.newBuilder().setType("PodScheduled").setStatus("False")
                    .setReason("SchedulingGated").setMessage(GATED)
                    .setLastTransitionTime(pod.getMetadata().getCreationTimestamp()));
        }
        return AffinityKeys.merge(pod.toBuilder().setStatus(status).build());
    }

    @Override
    public Pod prepareForUpdate(Pod pod, Pod stored, String subresource) {
        if (subresource.equals("binding")) {
            return pod;
        }
        Pod changed = super.prepareForUpdate(pod, stored, subresource);
        if (subresource.isEmpty()) {
            return withPriority(changed, stored);
        }
        return changed.getStatus().getQosClass().isEmpty()
                ? changed.toBuilder()
                        .setStatus(changed.getStatus().toBuilder().setQosClass(stored.getStatus().getQosClass()))
                        .build()
                : changed;
    }

    /** The class decided at creation; a client that sends its manifest again knows nothing of the number. */
    private static Pod withPriority(Pod pod, Pod stored) {
        Pod.Builder kept = pod.toBuilder();
        if (!pod.getSpec().hasPriority() && stored.getSpec().hasPriority()) {
            kept.getSpecBuilder().setPriority(stored.getSpec().getPriority());
        }
        if (!pod.getSpec().hasPreemptionPolicy() && stored.getSpec().hasPreemptionPolicy()) {
            kept.getSpecBuilder().setPreemptionPolicy(stored.getSpec().getPreemptionPolicy());
        }
        return kept.build();
    }

    @Override
    public List<StatusCause> validate(Pod pod) {
        Causes causes = new Causes();
        check(pod, causes);
        if (pod.getSpec().getEphemeralContainersCount() > 0) {
            causes.forbidden("spec.ephemeralContainers", "cannot be set on create");
        }
        return causes.list();
    }

    private void check(Pod pod, Causes causes) {
        causes.addAll(super.validate(pod));
        PodRules.check("spec", pod.getSpec(), causes);
        PodRules.checkHostPorts(pod.getSpec(), causes);
    }

    @Override
    public List<StatusCause> validateUpdate(Pod pod, Pod stored, String subresource) {
        Causes causes = new Causes();
        if (subresource.equals("status")) {
            checkStatus(pod.getStatus(), stored.getStatus(), causes);
        }
        if (!subresource.isEmpty()) {
            return causes.list();
        }
        check(pod, causes);
        PodUpdateRules.check(pod.getSpec(), stored.getSpec(), causes);
        return causes.list();
    }

    private static void checkStatus(PodStatus status, PodStatus stored, Causes causes) {
        if (!stored.getQosClass().isEmpty() && !status.getQosClass().equals(stored.getQosClass())) {
            causes.invalid("status.qosClass", status.getQosClass(), "field is immutable");
        }
        for (int i = 0; i < status.getPodIPsCount(); i++) {
            if (!Addresses.isIp(status.getPodIPs(i).getIp())) {
                causes.invalid("status.podIPs[" + i + "]", status.getPodIPs(i).getIp(), Addresses.IP_TEXT);
            }
        }
    }

    @Override
    public List<String> warnings(Pod pod) {
        return PodWarnings.of("spec", pod.getSpec());
    }

    @Override
    public Map<String, String> selectableFields(Pod pod) {
        Map<String, String> fields = new HashMap<>();
        FIELDS.forEach((field, value) -> fields.put(field, value.apply(pod)));
        return fields;
    }

    @Override
    public String selectableField(Pod pod, String field) {
        return FIELDS.getOrDefault(field, _ -> "").apply(pod);
    }

    /** Nobody has to finish with a pod that is on no node or has ended (Kubernetes API, pod deletion). */
    @Override
    public OptionalLong gracePeriodSeconds(Pod pod, OptionalLong requestedSeconds) {
        if (pod.getSpec().getNodeName().isEmpty() || FINISHED.contains(pod.getStatus().getPhase())) {
            return OptionalLong.of(0);
        }
        long own = pod.getSpec().hasTerminationGracePeriodSeconds()
                ? pod.getSpec().getTerminationGracePeriodSeconds()
                : PodDefaults.GRACE_PERIOD_SECONDS;
        return OptionalLong.of(requestedSeconds.orElse(Math.max(own, 1)));
    }
}
