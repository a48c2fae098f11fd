package dev.longshore.scheduler.insight.service;

import dev.longshore.api.ApiException;
import dev.longshore.api.core.v1.Pod;
import dev.longshore.client.ClusterView;
import dev.longshore.grpc.v1.SimulateRequest;
import dev.longshore.grpc.v1.SimulateResponse;
import dev.longshore.scheduler.insight.Placement;
import dev.longshore.scheduler.insight.Simulator;
import dev.longshore.scheduler.plugins.Profiles;
import dev.longshore.scheduler.state.PodInfo;
import java.util.ArrayList;
import java.util.List;

/** One question where pods would go. */
final class Simulation {
    /** Pods of one question, replicas and those of the node that leaves together. */
    static final int MOST_PODS = 5_000;

    private final ClusterView view;
    private final Profiles profiles;
    private final List<String> notes = new ArrayList<>();

    Simulation(ClusterView view, Profiles profiles) {
        this.view = view;
        this.profiles = profiles;
    }

    SimulateResponse run(SimulateRequest request) {
        String leaving = request.getWithoutNode();
        if (leaving.isEmpty() && request.getObjectsCount() == 0) {
            throw ApiException.badRequest("give objects whose pods are to be placed, or name a node that leaves");
        }
        Cluster cluster = Cluster.read(view);
        List<Pod> pods = new ArrayList<>();
        if (!leaving.isEmpty()) {
            pods.addAll(Departure.of(cluster.podsOf(leaving), notes));
        }
        NewPods made = new NewPods(view, MOST_PODS - pods.size(), cluster.claims(), notes);
        request.getObjectsList().forEach(made::add);
        pods.addAll(made.pods());
        noteWaiting(cluster);
        Simulator simulator = new Simulator(cluster.snapshot(made.objects()), profiles);
        List<PodInfo> infos = pods.stream().map(PodInfo::of).toList();
        List<Placement> placements = leaving.isEmpty()
                ? simulator.place(infos)
                : simulator.withoutNode(leaving, infos);
        return Answers.of(placements, notes);
    }

    private void noteWaiting(Cluster cluster) {
        long waiting = cluster.pods().stream().map(PodInfo::of)
                .filter(pod -> !pod.bound() && !pod.finished() && !pod.leaving()).count();
        if (waiting > 0) {
            notes.add("left out, as they wait for a node already: " + waiting + (waiting == 1 ? " pod" : " pods"));
        }
    }
}
