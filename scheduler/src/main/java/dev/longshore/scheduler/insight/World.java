package dev.longshore.scheduler.insight;

import dev.longshore.scheduler.cycle.Decider;
import dev.longshore.scheduler.cycle.Decision;
import dev.longshore.scheduler.cycle.Explanation;
import dev.longshore.scheduler.cycle.Nominations;
import dev.longshore.scheduler.cycle.TieBreaker;
import dev.longshore.scheduler.plugins.Plugins;
import dev.longshore.scheduler.plugins.Profiles;
import dev.longshore.scheduler.state.ClusterState;
import dev.longshore.scheduler.state.NodeFacts;
import dev.longshore.scheduler.state.PlacedPod;
import dev.longshore.scheduler.state.PodInfo;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** A cluster to play with: a copy of a snapshot, and the scheduler's decider asked about it. */
final class World {
    /** Answers are to be the same each time. */
    private static final long SEED = 1;

    private final ClusterState state = new ClusterState();
    private final Nominations nominations = new Nominations();
    private final Profiles profiles;
    private final Decider decider;

    World(Snapshot snapshot, Profiles profiles) {
        this.profiles = profiles;
        snapshot.nodes().forEach(state::putNode);
        snapshot.objects().forEach(state::put);
        for (PodInfo pod : snapshot.pods()) {
            if (pod.bound() && !pod.finished()) {
                state.place(pod, pod.nodeName());
            } else if (waitsForRoom(pod)) {
                nominations.put(pod, pod.nominated());
            }
        }
        this.decider = new Decider(state, profiles, new TieBreaker(SEED), nominations);
    }

    private static boolean waitsForRoom(PodInfo pod) {
        return !pod.finished() && !pod.leaving() && !pod.nominated().isEmpty();
    }

    ClusterState state() {
        return state;
    }

    /** The rules for the pod. */
    Plugins plugins(PodInfo pod) {
        return profiles.plugins(asOurs(pod).schedulerName());
    }

    Decision decide(PodInfo pod) {
        return decider.decide(asOurs(pod));
    }

    Explanation explain(PodInfo pod) {
        return decider.explain(asOurs(pod));
    }

    /** Whether another scheduler places the pod; what is said of it is by the rules of the first profile. */
    boolean isForeign(PodInfo pod) {
        return !profiles.has(pod.schedulerName());
    }

    private PodInfo asOurs(PodInfo pod) {
        return isForeign(pod) ? pod.scheduledBy(profiles.names().getFirst()) : pod;
    }

    /** Lets the pod take its room for good. */
    void place(PodInfo pod, String node) {
        nominations.remove(pod.uid());
        state.place(pod, node);
    }

    /** Lets the pod be gone for good. */
    void remove(PodInfo pod) {
        nominations.remove(pod.uid());
        state.remove(pod.uid());
    }

    /** Lets the node be gone for good, with the pods on it. */
    void removeNode(String node) {
        List.copyOf(state.podsOf(node)).forEach(placed -> remove(placed.pod()));
        state.removeNode(node);
    }

    /** What would be decided about the pod after the change; the world is as before then. */
    Decision decideAfter(Change change, PodInfo pod) {
        return switch (change) {
            case Change.OfPod of -> decide(PodChanges.apply(of, pod));
            case Change.OfNode of -> withNode(NodeChanges.apply(of, state), () -> decide(pod));
            case Change.Leave(_, var pods) -> without(pods, () -> decide(pod));
        };
    }

    private <T> T withNode(NodeFacts node, Supplier<T> question) {
        Optional<NodeFacts> before = state.node(node.name());
        state.putNode(node);
        try {
            return question.get();
        } finally {
            before.ifPresentOrElse(state::putNode, () -> state.removeNode(node.name()));
        }
    }

    private <T> T without(List<PodInfo> pods, Supplier<T> question) {
        List<PlacedPod> gone = pods.stream().flatMap(pod -> state.placed(pod.uid()).stream()).toList();
        gone.forEach(placed -> state.remove(placed.pod().uid()));
        try {
            return question.get();
        } finally {
            gone.forEach(placed -> state.place(placed.pod(), placed.node()));
        }
    }
}
