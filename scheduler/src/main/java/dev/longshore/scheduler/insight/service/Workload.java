package dev.longshore.scheduler.insight.service;

import com.google.protobuf.Message;
import dev.longshore.api.apps.v1.Deployment;
import dev.longshore.api.apps.v1.ReplicaSet;
import dev.longshore.api.apps.v1.StatefulSet;
import dev.longshore.api.batch.v1.Job;
import dev.longshore.api.core.v1.PersistentVolumeClaim;
import dev.longshore.api.core.v1.Pod;
import dev.longshore.api.core.v1.PodTemplateSpec;
import dev.longshore.api.core.v1.Volume;
import dev.longshore.api.meta.v1.ObjectMeta;
import dev.longshore.api.meta.v1.OwnerReference;
import dev.longshore.scheduler.state.ClusterObject;
import java.util.List;
import java.util.Optional;

/**
 * What an object makes pods from.
 *
 * @param origin the kind of the object
 * @param kind   of the object that the pods belong to then; "" for a pod by itself
 * @param meta   of the object, with a namespace
 * @param first  the number in the name of the first pod
 * @param owner  what rules know of the object
 * @param claims of which each pod gets its own
 */
record Workload(String origin, String kind, ObjectMeta meta, PodTemplateSpec template, int count, int first,
        Optional<ClusterObject> owner, List<PersistentVolumeClaim> claims) {
    private static final String DEFAULT_NAMESPACE = "default";
    /** Deployments mark the pods of each of their ReplicaSets with this label. */
    private static final String HASH_LABEL = "pod-template-hash";
    private static final String SIMULATED = "simulated";

    /** Empty for a kind that has no pods, or that this is not known of. */
    static Optional<Workload> of(Message object) {
        return switch (object) {
            case Pod pod -> Optional.of(single(pod));
            case Deployment deployment -> Optional.of(of(deployment));
            case ReplicaSet set -> Optional.of(of("ReplicaSet", set));
            case StatefulSet set -> Optional.of(of(set));
            case Job job -> Optional.of(of(job));
            default -> Optional.empty();
        };
    }

    private static Workload single(Pod pod) {
        ObjectMeta meta = pod.getMetadata();
        PodTemplateSpec template = PodTemplateSpec.newBuilder().setMetadata(meta).setSpec(pod.getSpec()).build();
        return new Workload("Pod", "", placed(meta), template, 1, 0, Optional.empty(), List.of());
    }

    /** It makes a ReplicaSet, which makes the pods. */
    private static Workload of(Deployment deployment) {
        var spec = deployment.getSpec();
        ReplicaSet.Builder set = ReplicaSet.newBuilder().setMetadata(deployment.getMetadata());
        set.getSpecBuilder().setReplicas(spec.hasReplicas() ? spec.getReplicas() : 1).setSelector(spec.getSelector())
                .setTemplate(spec.getTemplate());
        set.getSpecBuilder().getSelectorBuilder().putMatchLabels(HASH_LABEL, SIMULATED);
        set.getSpecBuilder().getTemplateBuilder().getMetadataBuilder().putLabels(HASH_LABEL, SIMULATED);
        return of("Deployment", set.build());
    }

    private static Workload of(String origin, ReplicaSet set) {
        var spec = set.getSpec();
        ObjectMeta meta = placed(set.getMetadata());
        return new Workload(origin, "ReplicaSet", meta, spec.getTemplate(), spec.hasReplicas() ? spec.getReplicas() : 1,
                1,
                Optional.of(ClusterObject.of(set.toBuilder().setMetadata(meta).build())), List.of());
    }

    private static Workload of(StatefulSet set) {
        var spec = set.getSpec();
        ObjectMeta meta = placed(set.getMetadata());
        return new Workload("StatefulSet", "StatefulSet", meta, spec.getTemplate(),
                spec.hasReplicas() ? spec.getReplicas() : 1,
                spec.getOrdinals().getStart(),
                Optional.of(ClusterObject.of(set.toBuilder().setMetadata(meta).build())),
                spec.getVolumeClaimTemplatesList());
    }

    private static Workload of(Job job) {
        var spec = job.getSpec();
        int parallel = spec.hasParallelism() ? spec.getParallelism() : 1;
        int count = spec.hasCompletions() ? Math.min(parallel, spec.getCompletions()) : parallel;
        return new Workload("Job", "Job", placed(job.getMetadata()), spec.getTemplate(), count, 1, Optional.empty(),
                List.of());
    }

    private static ObjectMeta placed(ObjectMeta meta) {
        return meta.getNamespace().isEmpty() ? meta.toBuilder().setNamespace(DEFAULT_NAMESPACE).build() : meta;
    }

    /** {@code Deployment default/web}. */
    String title() {
        return origin + " " + meta.getNamespace() + "/" + name();
    }

    private String name() {
        return meta.getName().isEmpty() ? meta.getGenerateName() + SIMULATED : meta.getName();
    }

    /** One to be created, under a name that the server chooses. */
    Pod pod() {
        ObjectMeta.Builder pod = ObjectMeta.newBuilder().setNamespace(meta.getNamespace()).setGenerateName(name() + "-")
                .putAllLabels(template.getMetadata().getLabelsMap())
                .putAllAnnotations(template.getMetadata().getAnnotationsMap());
        return Pod.newBuilder().setMetadata(pod).setSpec(template.getSpec()).build();
    }

    /** One of several that the server has filled in. */
    Pod replica(Pod pod, int number) {
        Pod.Builder replica = pod.toBuilder();
        String name = kind.isEmpty() ? name() : name() + "-" + (first + number);
        replica.getMetadataBuilder().setName(name).setUid(SIMULATED + "/" + title() + "/" + number);
        if (!kind.isEmpty()) {
            replica.getMetadataBuilder().addOwnerReferences(
                    OwnerReference.newBuilder().setKind(kind).setName(meta.getName()).setController(true));
        }
        for (PersistentVolumeClaim claim : claims) {
            replica.getSpecBuilder().addVolumes(volume(claim.getMetadata().getName(), name));
        }
        return replica.build();
    }

    private static Volume volume(String claim, String pod) {
        Volume.Builder volume = Volume.newBuilder().setName(claim);
        volume.getVolumeSourceBuilder().getPersistentVolumeClaimBuilder().setClaimName(claim + "-" + pod);
        return volume.build();
    }

    /** The claims of one replica. */
    List<PersistentVolumeClaim> claims(int number) {
        return claims.stream().map(claim -> {
            PersistentVolumeClaim.Builder own = claim.toBuilder();
            own.getMetadataBuilder().setNamespace(meta.getNamespace())
                    .setName(claim.getMetadata().getName() + "-" + name() + "-" + (first + number));
            return own.build();
        }).toList();
    }
}
