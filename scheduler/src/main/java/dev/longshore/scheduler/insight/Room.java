package dev.longshore.scheduler.insight;

import dev.longshore.scheduler.cycle.Decision;
import dev.longshore.scheduler.state.Amounts;
import dev.longshore.scheduler.state.ClusterState;
import dev.longshore.scheduler.state.PodInfo;
import java.util.Comparator;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Tries how the pod could do with the room there is: by asking for less, or because others leave. */
final class Room {
    /** Of classes that users make (Kubernetes API, PriorityClass); above are pods that the cluster needs. */
    private static final int HIGHEST_USER_PRIORITY = 1_000_000_000;

    private final PodInfo pod;
    private final Amounts overhead;
    private final World world;
    private final Search search;

    Room(PodInfo pod, Amounts overhead, World world, Search search) {
        this.pod = pod;
        this.overhead = overhead;
        this.world = world;
        this.search = search;
    }

    void collect() {
        Resources.in(pod.requirements().requests()).forEach(this::less);
        leave();
        if (pod.mayPreempt()) {
            higherPriority();
        } else {
            search.attempt(new Change.AllowPreemption());
        }
    }

    /** The largest request of the resource that fits somewhere, if any does. */
    private void less(String resource) {
        long fixed = Resources.of(resource, overhead);
        long now = Resources.of(resource, pod.requirements().requests()) - fixed;
        if (now == 0) {
            return;
        }
        PodInfo without = PodChanges.apply(new Change.RequestAtMost(resource, 0, now, fixed), pod);
        ClusterState state = world.state();
        List<Long> free = world.explain(without).scores().keySet().stream()
                .map(node -> Math.max(0, Resources.free(resource, state, state.slot(node)) - fixed))
                .filter(amount -> amount < now).distinct().sorted(Comparator.reverseOrder()).toList();
        Stream<Long> amounts = LongStream.concat(free.stream().mapToLong(Long::longValue), LongStream.of(0)).distinct()
                .boxed();
        search.attemptEach(amounts.map(amount -> new Change.RequestAtMost(resource, amount, now, fixed)), 1);
    }

    /** The pods whose leaving does the least harm, whatever their priority is. */
    private void leave() {
        PodInfo first = Draft.of(pod, draft -> {
            draft.priority = Integer.MAX_VALUE;
            draft.mayPreempt = true;
        });
        if (world.decide(first) instanceof Decision.Preempts(_, var node, var victims)) {
            search.attempt(new Change.Leave(node, victims));
        }
    }

    private void higherPriority() {
        List<Integer> priorities = world.state().priorities().stream()
                .filter(priority -> priority >= pod.priority() && priority < HIGHEST_USER_PRIORITY)
                .map(priority -> priority + 1).toList();
        if (!priorities.isEmpty() && search.helps(new Change.RaisePriority(priorities.getLast()))) {
            int lowest = Search.lowest(0, priorities.size() - 1,
                    at -> search.helps(new Change.RaisePriority(priorities.get(at))));
            search.attempt(new Change.RaisePriority(priorities.get(lowest)));
        }
    }
}
