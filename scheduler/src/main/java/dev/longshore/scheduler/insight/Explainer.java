package dev.longshore.scheduler.insight;

import dev.longshore.scheduler.cycle.Decision;
import dev.longshore.scheduler.plugins.Profiles;
import dev.longshore.scheduler.state.Amounts;
import dev.longshore.scheduler.state.PodInfo;
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
    private final Profiles profiles;

    public Explainer(Snapshot snapshot, Profiles profiles) {
        this.snapshot = snapshot;
        this.profiles = profiles;
    }

    /**
     * Asks the rules about the pod as it is, and then about what could be different.
     *
     * @param pod      one without a node
     * @param overhead what its requests have in them that is not its containers' (Kubernetes API, pod overhead)
     */
    public Why explain(PodInfo pod, Amounts overhead) {
        World world = new World(snapshot, profiles);
        Decision decision = world.decide(pod);
        List<NodeVerdicts> nodes = isRefused(decision) ? List.of() : AllRules.ask(pod, world);
        Search search = new Search(pod, world);
        if (pod.gated()) {
            // Until the gates are gone, nothing else places it.
            search.attempt(new Change.RemoveGates());
        } else if (decision instanceof Decision.Nowhere) {
            collect(pod, overhead, nodes, world, search);
        }
        List<Remedy> remedies = search.found().stream().sorted(Remedy.BY_SIZE).toList();
        int told = Math.min(MOST_REMEDIES, remedies.size());
        return new Why(pod, world.isForeign(pod), decision, nodes, remedies.subList(0, told), remedies.size() - told,
                search.cut());
    }

    private static boolean isRefused(Decision decision) {
        return decision instanceof Decision.Nowhere(var diagnosis, _) && diagnosis.refused().isPresent();
    }

    /** What promises most comes first, in case that not all can be tried. */
    private void collect(PodInfo pod, Amounts overhead, List<NodeVerdicts> nodes, World world, Search search) {
        NodeWishes nodeWishes = new NodeWishes(pod, world, nodes, snapshot.nodes(), search);
        new Room(pod, overhead, world, search).collect();
        new PodWishes(pod, world, search).collect();
        nodeWishes.more();
        nodeWishes.changed();
    }
}
