package dev.longshore.controllers.deployment;

import dev.longshore.api.apps.v1.Deployment;
import dev.longshore.api.apps.v1.ReplicaSet;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The ReplicaSets of one Deployment.
 *
 * @param current the one whose template is the Deployment's; the oldest if there are several
 * @param old     the others, oldest first
 */
record Sets(Optional<ReplicaSet> current, List<ReplicaSet> old) {
    private static final Comparator<ReplicaSet> AGE = Comparator
            .comparing((ReplicaSet set) -> set.getMetadata().getCreationTimestamp().getSeconds())
            .thenComparing(set -> set.getMetadata().getName());

    static Sets of(Deployment deployment, List<ReplicaSet> all) {
        List<ReplicaSet> byAge = all.stream().sorted(AGE).toList();
        Optional<ReplicaSet> current = byAge.stream()
                .filter(set -> TemplateHash.same(set.getSpec().getTemplate(), deployment.getSpec().getTemplate()))
                .findFirst();
        return new Sets(current, byAge.stream().filter(set -> current.filter(c -> c == set).isEmpty()).toList());
    }

    /** Oldest first, the current one last. */
    List<ReplicaSet> all() {
        return Stream.concat(old.stream(), current.stream()).toList();
    }

    List<ReplicaSet> active() {
        return all().stream().filter(set -> size(set) > 0).toList();
    }

    int total() {
        return all().stream().mapToInt(Sets::size).sum();
    }

    static int size(ReplicaSet set) {
        return set.getSpec().hasReplicas() ? set.getSpec().getReplicas() : 1;
    }

    /** Available pods, as far as the set still wants them: its status may be older than its size. */
    static int available(ReplicaSet set) {
        return Math.min(set.getStatus().getAvailableReplicas(), size(set));
    }

    /** Whether the status tells of the present size, so that no more pods than it says can appear. */
    static boolean settled(ReplicaSet set) {
        return set.getStatus().getObservedGeneration() >= set.getMetadata().getGeneration();
    }

    /** How many pods the set may have at this moment. */
    static int most(ReplicaSet set) {
        return Math.max(size(set), set.getStatus().getReplicas());
    }
}
