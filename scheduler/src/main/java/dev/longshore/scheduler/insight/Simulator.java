package dev.longshore.scheduler.insight;

import dev.longshore.scheduler.cycle.Decision;
import dev.longshore.scheduler.explain.FitMessage;
import dev.longshore.scheduler.plugins.Profiles;
import dev.longshore.scheduler.state.PodInfo;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Says where pods would go, without touching the cluster. Pods are taken one after the other as the queue would: by
 * priority, then in the order given; each finds the room that those before it left.
 *
 * <p>Left out: volumes that a pod's claims get are not taken from those behind it, and pods that have to leave are not
 * placed again.
 */
public final class Simulator {
    private static final String GATED = "waits for its scheduling gates";

    private final Snapshot snapshot;
    private final Profiles profiles;

    public Simulator(Snapshot snapshot, Profiles profiles) {
        this.snapshot = snapshot;
        this.profiles = profiles;
    }

    /** Where these pods would go, which have no nodes; one of each uid. */
    public List<Placement> place(List<PodInfo> pods) {
        return place(pods, new World(snapshot, profiles));
    }

    /**
     * What if a node left?
     *
     * @param pods those that would be made again elsewhere; the others of the node are gone with it
     */
    public List<Placement> withoutNode(String node, List<PodInfo> pods) {
        World world = new World(snapshot, profiles);
        world.removeNode(node);
        return place(pods, world);
    }

    private static List<Placement> place(List<PodInfo> pods, World world) {
        List<Placement> placements = new ArrayList<>();
        pods.stream().sorted(Comparator.comparingInt(PodInfo::priority).reversed())
                .forEach(pod -> placements.add(next(pod, world)));
        return placements;
    }

    private static Placement next(PodInfo pod, World world) {
        if (pod.gated()) {
            return new Placement.Nowhere(pod, GATED);
        }
        return switch (world.decide(pod)) {
            case Decision.Placed(var node) -> on(pod, node, List.of(), world);
            case Decision.Preempts(_, var node, var victims) -> on(pod, node, victims, world);
            case Decision.Nowhere(var diagnosis, _) -> new Placement.Nowhere(pod, FitMessage.of(diagnosis));
        };
    }

    private static Placement on(PodInfo pod, String node, List<PodInfo> victims, World world) {
        victims.forEach(world::remove);
        world.place(pod, node);
        return new Placement.On(pod, node, victims);
    }
}
