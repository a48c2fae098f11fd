package dev.longshore.controllers.deployment;

import dev.longshore.api.apps.v1.Deployment;
import dev.longshore.api.apps.v1.ReplicaSet;
import dev.longshore.api.meta.v1.ObjectMeta;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The annotations that link a Deployment and its sets; kubectl's {@code rollout history} and {@code undo}
 * read them.
 */
final class Revisions {
    static final String REVISION = "deployment.kubernetes.io/revision";
    static final String HISTORY = "deployment.kubernetes.io/revision-history";
    static final String DESIRED = "deployment.kubernetes.io/desired-replicas";
    static final String MAX = "deployment.kubernetes.io/max-replicas";

    /** Annotations of the Deployment that say nothing about a set. */
    private static final Set<String> NOT_COPIED = Set.of("kubectl.kubernetes.io/last-applied-configuration", REVISION,
            HISTORY, DESIRED, MAX, "deprecated.deployment.rollback.to");

    private Revisions() {
    }

    static long revision(ObjectMeta meta) {
        return number(meta, REVISION);
    }

    /** 0 where the annotation is absent or no number. */
    static long number(ObjectMeta meta, String annotation) {
        try {
            return Long.parseLong(meta.getAnnotationsMap().getOrDefault(annotation, "0"));
        } catch (NumberFormatException _) {
            return 0;
        }
    }

    /** The revision that the set of the present template has to have. */
    static long next(List<ReplicaSet> old) {
        return old.stream().mapToLong(set -> revision(set.getMetadata())).max().orElse(0) + 1;
    }

    /** The metadata of the current set: the Deployment's annotations, and a revision above all old ones. */
    static ObjectMeta current(ObjectMeta meta, Deployment deployment, long revision) {
        ObjectMeta.Builder builder = meta.toBuilder();
        deployment.getMetadata().getAnnotationsMap().forEach((key, value) -> {
            if (!NOT_COPIED.contains(key)) {
                builder.putAnnotations(key, value);
            }
        });
        long before = revision(meta);
        if (before < revision) {
            builder.putAnnotations(REVISION, Long.toString(revision));
            if (before > 0) {
                String history = meta.getAnnotationsMap().getOrDefault(HISTORY, "");
                builder.putAnnotations(HISTORY, history.isEmpty() ? Long.toString(before) : history + "," + before);
            }
        }
        return builder.build();
    }

    /** What the sizes of the sets were computed for; a difference tells a change of scale from a rollout. */
    static ObjectMeta sized(ObjectMeta meta, Bounds bounds) {
        return meta.toBuilder().putAllAnnotations(Map.of(DESIRED, Integer.toString(bounds.replicas()),
                MAX, Integer.toString(bounds.replicas() + bounds.maxSurge()))).build();
    }

    static boolean sizedFor(ReplicaSet set, Bounds bounds) {
        ObjectMeta meta = set.getMetadata();
        return !meta.containsAnnotations(DESIRED) || number(meta, DESIRED) == bounds.replicas();
    }
}
