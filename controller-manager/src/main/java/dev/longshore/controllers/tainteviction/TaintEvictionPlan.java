package dev.longshore.controllers.tainteviction;

import dev.longshore.api.core.v1.Taint;
import dev.longshore.api.core.v1.Toleration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * When a pod has to leave its node. Pure. A pod stays only if it tolerates every NoExecute taint; of the tolerations
 * that match, the shortest counts, from when the taint was added (source: Kubernetes, taint eviction controller).
 */
final class TaintEvictionPlan {
    private TaintEvictionPlan() {
    }

    /** The moment to evict; {@link Instant#EPOCH} for at once, empty for never. */
    static Optional<Instant> evictAt(List<Taint> taints, List<Toleration> tolerations) {
        return taints.stream().filter(taint -> taint.getEffect().equals("NoExecute"))
                .flatMap(taint -> evictAt(taint, tolerations).stream()).min(Instant::compareTo);
    }

    private static Optional<Instant> evictAt(Taint taint, List<Toleration> tolerations) {
        List<Toleration> matching = tolerations.stream().filter(toleration -> tolerates(toleration, taint)).toList();
        if (matching.isEmpty()) {
            return Optional.of(Instant.EPOCH);
        }
        return matching.stream().filter(Toleration::hasTolerationSeconds)
                .map(toleration -> Math.max(0, toleration.getTolerationSeconds())).min(Long::compareTo)
                .map(seconds -> seconds == 0
                        ? Instant.EPOCH
                        : Instant.ofEpochSecond(taint.getTimeAdded().getSeconds()).plusSeconds(seconds));
    }

    static boolean tolerates(Toleration toleration, Taint taint) {
        boolean effect = toleration.getEffect().isEmpty() || toleration.getEffect().equals(taint.getEffect());
        boolean exists = toleration.getOperator().equals("Exists");
        boolean key = toleration.getKey().isEmpty() ? exists : toleration.getKey().equals(taint.getKey());
        return effect && key && (exists || toleration.getValue().equals(taint.getValue()));
    }
}
