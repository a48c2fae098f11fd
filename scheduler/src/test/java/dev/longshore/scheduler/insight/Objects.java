package dev.longshore.scheduler.insight;

import dev.longshore.api.core.v1.Node;
import dev.longshore.api.core.v1.PersistentVolumeClaim;
import dev.longshore.api.core.v1.Pod;
import dev.longshore.api.policy.v1.PodDisruptionBudget;
import dev.longshore.scheduler.scenario.Lines;
import dev.longshore.scheduler.scenario.PodLine;
import dev.longshore.scheduler.state.Amounts;
import dev.longshore.scheduler.state.ClusterObject;
import dev.longshore.scheduler.state.NodeFacts;
import dev.longshore.scheduler.state.PodInfo;
import dev.longshore.scheduler.volumes.ClaimFacts;
import java.util.ArrayList;
import java.util.List;

/** A cluster as objects of the API, to be changed as a user would change them. */
final class Objects {
    private static final String PENDING = "p";

    final List<Node> nodes = new ArrayList<>();
    final List<Pod> pods = new ArrayList<>();
    final List<ClusterObject> others = new ArrayList<>();
    Pod pending;

    private Objects(Pod pending) {
        this.pending = pending;
    }

    /**
     * @param lines   nodes ({@code a cpu:4}), pods ({@code w@a cpu:1}; {@code waiting w cpu:1} without a node), and
     *                {@code service}, {@code namespace}, {@code replicaset}, {@code budget}, {@code claim}
     * @param pending the words of the pod that waits
     */
    static Objects of(List<String> lines, String pending) {
        Objects cluster = new Objects(PodLine.pod((PENDING + " " + pending).strip()));
        lines.stream().filter(line -> !line.isBlank()).forEach(cluster::add);
        return cluster;
    }

    private void add(String line) {
        String first = line.split(" ")[0];
        String rest = line.substring(Math.min(line.length(), first.length() + 1));
        switch (first) {
            case "waiting" -> pods.add(PodLine.pod(rest));
            case "service" -> others.add(ClusterObject.of(Lines.service(rest)));
            case "namespace" -> others.add(ClusterObject.of(Lines.namespace(rest)));
            case "replicaset" -> others.add(ClusterObject.of(Lines.replicaSet(rest)));
            case "budget" -> others.add(ClusterObject.of(budget(rest)));
            case "claim" -> others.add(new ClusterObject.StorageObject(ClaimFacts.of(claim(rest))));
            default -> {
                if (first.contains("@")) {
                    pods.add(PodLine.pod(line));
                } else {
                    nodes.add(Lines.node(line));
                }
            }
        }
    }

    /** One that allows nobody to go. */
    private static PodDisruptionBudget budget(String line) {
        PodDisruptionBudget.Builder budget = PodDisruptionBudget.newBuilder()
                .setMetadata(Lines.service(line).getMetadata());
        budget.getSpecBuilder().getSelectorBuilder().putAllMatchLabels(Lines.service(line).getSpec().getSelectorMap());
        return budget.build();
    }

    private static PersistentVolumeClaim claim(String line) {
        return PersistentVolumeClaim.newBuilder().setMetadata(Lines.service(line).getMetadata()).build();
    }

    PodInfo pod() {
        return PodInfo.of(pending);
    }

    Amounts overhead() {
        return Amounts.of(pending.getSpec().getOverheadMap());
    }

    Snapshot snapshot() {
        List<PodInfo> all = new ArrayList<>(pods.stream().map(PodInfo::of).toList());
        all.add(pod());
        return new Snapshot(nodes.stream().map(NodeFacts::of).toList(), all, others);
    }
}
