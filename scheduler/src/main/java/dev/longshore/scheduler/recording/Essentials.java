package dev.longshore.scheduler.recording;

import com.google.protobuf.Message;
import dev.longshore.api.ResourceType;
import dev.longshore.api.ResourceTypes;
import dev.longshore.api.apps.v1.ReplicaSet;
import dev.longshore.api.apps.v1.StatefulSet;
import dev.longshore.api.core.v1.Container;
import dev.longshore.api.core.v1.Pod;
import dev.longshore.api.core.v1.PodSpec;
import dev.longshore.api.core.v1.ReplicationController;
import dev.longshore.api.meta.v1.ObjectMeta;

/**
 * An object without what no rule reads and no recording should show: commands and environments, where people put
 * passwords, and records of who applied what, which repeat them.
 */
final class Essentials {
    /** The applied manifest once more, commands and all (kubectl). */
    private static final String APPLIED_ANNOTATION = "kubectl.kubernetes.io/last-applied-configuration";

    private Essentials() {
    }

    static Message of(Message object) {
        return switch (object) {
            case Pod pod -> withoutRecords(pod.toBuilder().setSpec(essentials(pod.getSpec())).build());
            case ReplicaSet owner when owner.getSpec().hasTemplate() ->
                withoutRecords(owner.toBuilder().setSpec(owner.getSpec().toBuilder().clearTemplate()).build());
            case StatefulSet owner when owner.getSpec().hasTemplate() ->
                withoutRecords(owner.toBuilder().setSpec(owner.getSpec().toBuilder().clearTemplate()).build());
            case ReplicationController owner when owner.getSpec().hasTemplate() ->
                withoutRecords(owner.toBuilder().setSpec(owner.getSpec().toBuilder().clearTemplate()).build());
            default -> withoutRecords(object);
        };
    }

    private static Message withoutRecords(Message object) {
        return ResourceTypes.of(object).map(type -> withoutRecords(type, object)).orElse(object);
    }

    private static <T extends Message> Message withoutRecords(ResourceType<T> type, Message object) {
        T typed = type.cast(object);
        ObjectMeta.Builder meta = type.meta(typed).toBuilder().clearManagedFields()
                .removeAnnotations(APPLIED_ANNOTATION);
        if (object instanceof Pod) {
            meta.clearAnnotations();
        }
        return type.withMeta(typed, meta.build());
    }

    private static PodSpec essentials(PodSpec spec) {
        PodSpec.Builder kept = spec.toBuilder().clearEphemeralContainers();
        for (int i = 0; i < spec.getContainersCount(); i++) {
            kept.setContainers(i, essentials(spec.getContainers(i)));
        }
        for (int i = 0; i < spec.getInitContainersCount(); i++) {
            kept.setInitContainers(i, essentials(spec.getInitContainers(i)));
        }
        return kept.build();
    }

    private static Container essentials(Container container) {
        return container.toBuilder().clearCommand().clearArgs().clearEnv().clearEnvFrom().clearLifecycle()
                .clearLivenessProbe().clearReadinessProbe().clearStartupProbe().clearVolumeMounts().build();
    }
}
