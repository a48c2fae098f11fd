package dev.longshore.controllers.deployment;

import dev.longshore.api.apps.v1.Deployment;
import dev.longshore.api.apps.v1.ReplicaSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How large each set of a Deployment has to be next. Pure; the answers hold only the sets that change, by name.
 *
 * <p>Example: 10 replicas, surge 3, at most 2 unavailable; the old set has 10 available pods. The new set starts with 3
 * (13 in all); none is available yet, so the old one may lose 13 - 8 - 3 = 2 and has 8.
 */
final class Sizes {
    private final Deployment deployment;
    private final Bounds bounds;
    private final Sets sets;

    Sizes(Deployment deployment, Bounds bounds, Sets sets) {
        this.deployment = deployment;
        this.bounds = bounds;
        this.sets = sets;
    }

    /** Whether the Deployment's replicas changed since the sets were sized. */
    boolean scaling() {
        return sets.active().stream().anyMatch(set -> !Revisions.sizedFor(set, bounds));
    }

    /** Follows a change of replicas without rolling further. */
    Map<String, Integer> scaled() {
        Map<String, Integer> sizes = new HashMap<>();
        List<ReplicaSet> active = sets.active();
        if (active.size() <= 1) {
            active.stream().findFirst().or(this::latest).ifPresent(set -> put(sizes, set, bounds.replicas()));
            return sizes;
        }
        if (sets.current().filter(this::saturated).isPresent()) {
            sets.old().forEach(set -> put(sizes, set, 0));
            return sizes;
        }
        return rolling() ? proportional(active) : sizes;
    }

    private boolean rolling() {
        return !deployment.getSpec().getStrategy().getType().equals("Recreate");
    }

    private Optional<ReplicaSet> latest() {
        return sets.current().or(() -> sets.old().isEmpty() ? Optional.empty() : Optional.of(sets.old().getLast()));
    }

    private boolean saturated(ReplicaSet set) {
        return Sets.size(set) == bounds.replicas() && Revisions.sizedFor(set, bounds)
                && set.getStatus().getAvailableReplicas() == bounds.replicas();
    }

    /**
     * Source: Kubernetes, {@code GetReplicaSetProportion}: each keeps its share, the largest takes what
     * rounding left.
     */
    private Map<String, Integer> proportional(List<ReplicaSet> active) {
        Map<String, Integer> sizes = new HashMap<>();
        int toAdd = bounds.mostPods() - sets.total();
        // Of equal sets the newest grows and the oldest shrinks first.
        List<ReplicaSet> aged = toAdd > 0 ? active.reversed() : active;
        List<ReplicaSet> bySize = aged.stream().sorted(Comparator.comparing((ReplicaSet set) -> -Sets.size(set)))
                .toList();
        int added = 0;
        for (ReplicaSet set : bySize) {
            int share = toAdd == 0 ? 0 : share(set, toAdd, toAdd - added);
            sizes.put(name(set), Sets.size(set) + share);
            added += share;
        }
        int left = toAdd - added;
        sizes.computeIfPresent(name(bySize.getFirst()), (_, size) -> Math.max(0, size + left));
        return sizes;
    }

    private int share(ReplicaSet set, int toAdd, int allowed) {
        long max = Revisions.number(set.getMetadata(), Revisions.MAX);
        long before = max > 0 ? max : Math.max(1, deployment.getStatus().getReplicas());
        double wanted = (double) Sets.size(set) * bounds.mostPods() / before;
        int fraction = (int) Math.round(wanted) - Sets.size(set);
        return toAdd > 0
                ? Math.clamp(fraction, 0, Math.max(0, allowed))
                : Math.clamp(fraction, Math.min(0, allowed), 0);
    }

    /** Everything old goes first; the new set starts when the last old pod is gone. */
    Map<String, Integer> recreated(boolean oldPodsGone) {
        Map<String, Integer> sizes = new HashMap<>();
        sets.old().forEach(set -> put(sizes, set, 0));
        if (sizes.isEmpty() && oldPodsGone) {
            sets.current().ifPresent(set -> put(sizes, set, bounds.replicas()));
        }
        return sizes;
    }

    /** One step of a rolling update: the new set grows, or else old ones shrink. */
    Map<String, Integer> rolled() {
        Map<String, Integer> sizes = new HashMap<>();
        if (sets.current().isEmpty()) {
            return sizes;
        }
        ReplicaSet current = sets.current().get();
        put(sizes, current, grown(Sets.size(current)));
        return sizes.isEmpty() ? shrunk(current) : sizes;
    }

    /** The size of the current set, {@code size} now. */
    int grown(int size) {
        if (size >= bounds.replicas()) {
            return bounds.replicas();
        }
        // A set that has not seen its smaller size may still be creating pods.
        if (!sets.old().stream().allMatch(Sets::settled)) {
            return size;
        }
        int others = sets.old().stream().mapToInt(Sets::most).sum();
        int room = Math.max(0, bounds.replicas() + bounds.maxSurge() - others - size);
        return size + Math.min(room, bounds.replicas() - size);
    }

    private Map<String, Integer> shrunk(ReplicaSet current) {
        Map<String, Integer> sizes = new HashMap<>();
        int budget = sets.total() - bounds.leastAvailable() - (Sets.size(current) - Sets.available(current));
        for (ReplicaSet set : sets.old()) {
            // Pods that serve nobody go first, and cost no availability.
            int unhealthy = Math.clamp(Sets.size(set) - Sets.available(set), 0, Math.max(0, budget));
            budget -= unhealthy;
            put(sizes, set, Sets.size(set) - unhealthy);
        }
        int spare = sets.all().stream().mapToInt(Sets::available).sum() - bounds.leastAvailable();
        budget = Math.min(budget, spare);
        for (ReplicaSet set : sets.old()) {
            int size = sizes.getOrDefault(name(set), Sets.size(set));
            int drop = Math.clamp(size, 0, Math.max(0, budget));
            budget -= drop;
            put(sizes, set, size - drop);
        }
        return sizes;
    }

    private static void put(Map<String, Integer> sizes, ReplicaSet set, int size) {
        if (size != Sets.size(set)) {
            sizes.put(name(set), size);
        }
    }

    private static String name(ReplicaSet set) {
        return set.getMetadata().getName();
    }
}
