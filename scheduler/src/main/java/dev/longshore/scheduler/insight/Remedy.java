package dev.longshore.scheduler.insight;

import dev.longshore.scheduler.state.PodInfo;
import java.util.Comparator;
import java.util.List;

/**
 * A change that places the pod, as the decider has confirmed.
 *
 * @param node    where the pod would go; of equally good ones, one
 * @param victims the pods of lower priority that would have to leave that node first
 */
public record Remedy(Change change, String node, List<PodInfo> victims) {
    /** The smallest first; what costs other pods their place is larger. */
    public static final Comparator<Remedy> BY_SIZE = Comparator.comparingDouble(Remedy::burden)
            .thenComparing(remedy -> ChangeText.of(remedy.change));

    public Remedy {
        victims = List.copyOf(victims);
    }

    private double burden() {
        return Burden.of(change) + victims.size();
    }
}
