package dev.longshore.scheduler.queue;

import dev.longshore.scheduler.plugins.ClusterChange;
import dev.longshore.scheduler.plugins.Refusal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * The pods that fit nowhere, by time and by what may help them: a change costs a look at the kinds of pods that it may
 * help, and nothing for the others. Owner: the scheduler's thread.
 */
final class WaitingPods {
    private final TreeSet<QueuedPod> byTime = new TreeSet<>(
            Comparator.comparing(QueuedPod::since).thenComparingLong(QueuedPod::sequence));
    private final Map<ClusterChange, Map<Refusal, TreeSet<QueuedPod>>> byChange = new EnumMap<>(ClusterChange.class);

    void add(QueuedPod pod) {
        byTime.add(pod);
        pod.refusal().helpedBy().forEach(change -> byChange.computeIfAbsent(change, _ -> new LinkedHashMap<>())
                .computeIfAbsent(pod.refusal(), _ -> new TreeSet<>(byTime.comparator())).add(pod));
    }

    boolean remove(QueuedPod pod) {
        if (!byTime.remove(pod)) {
            return false;
        }
        pod.refusal().helpedBy().forEach(change -> byChange.get(change).computeIfPresent(pod.refusal(), (_, alike) -> {
            alike.remove(pod);
            return alike.isEmpty() ? null : alike;
        }));
        return true;
    }

    boolean contains(QueuedPod pod) {
        return byTime.contains(pod);
    }

    /** Those that such a change may help, and that it helps by what the hint says. */
    List<QueuedPod> helpedBy(ClusterChange change, Predicate<Refusal> hint) {
        List<QueuedPod> helped = new ArrayList<>();
        byChange.getOrDefault(change, Map.of()).forEach((refusal, alike) -> {
            if (hint.test(refusal)) {
                helped.addAll(alike);
            }
        });
        return helped;
    }

    /** The one that has waited longest; there must be one. */
    QueuedPod first() {
        return byTime.first();
    }

    boolean isEmpty() {
        return byTime.isEmpty();
    }

    int size() {
        return byTime.size();
    }
}
