package dev.longshore.scheduler.insight;

import dev.longshore.scheduler.cycle.Decision;
import dev.longshore.scheduler.plugins.Plugins;
import dev.longshore.scheduler.state.PodInfo;
import java.util.ArrayList;
import java.util.List;

/**
 * Says why a pod waits, and what would place it.
 *
 * <p>Example: a pod wants 4 processors, the nodes have 2 free and 3 free, and one with 8 is cordoned. The answer has both
 * "it requested at most 3 cpu" and "node c were uncordoned", and each has been tried.
 */
public final class Explainer {
    /** How many changes are told. */
    public static final int MOST_REMEDIES = 12;

    private final Snapshot snapshot;
    private final Plugins plugins;

    public Explainer(Snapshot snapshot, Plugins plugins) {
        this.snapshot = snapshot;
        this.plugins = plugins;
    }

    /** @param pod one without a node */
    public Why explain(PodInfo pod) {
        World world = new World(snapshot, plugins);
        Decision decision = world.decide(pod);
        List<NodeVerdicts> nodes = AllRules.ask(pod, world);
        List<Remedy> remedies = decision instanceof Decision.Nowhere || pod.gated()
                ? new ArrayList<>(search(pod, decision, nodes, world))
                : List.of();
        int told = Math.min(MOST_REMEDIES, remedies.size());
        return new Why(pod, decision, nodes, remedies.subList(0, told), remedies.size() - told);
    }

    private List<Remedy> search(PodInfo pod, Decision decision, List<NodeVerdicts> nodes, World world) {
        Search search = new Search(pod, world);
        if (pod.gated()) {
            search.attempt(new Change.RemoveGates());
        }
        if (decision instanceof Decision.Nowhere) {
            new PodWishes(pod, world, search).collect();
            new Room(pod, world, search).collect();
            new NodeWishes(pod, world, nodes, snapshot.nodes(), search).collect();
        }
        return search.found().stream().sorted(Remedy.BY_SIZE).toList();
    }
}
