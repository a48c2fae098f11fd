package dev.longshore.scheduler.reference;

import dev.longshore.api.core.v1.Pod;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/**
 * Asks every rule about every node (Kubernetes scheduler 1.32, default profile without volumes). Weights: taints 3,
 * node affinity, spreading and pod affinity 2, the others 1.
 */
public final class Reference {
    private final PlainCluster cluster;
    private final PlainPod pod;
    private final NodeReference nodeRules;
    private final SpreadReference spread;
    private final AffinityReference affinity;

    private Reference(PlainCluster cluster, PlainPod pod) {
        this.cluster = cluster;
        this.pod = pod;
        this.nodeRules = new NodeReference(cluster, pod);
        this.spread = new SpreadReference(cluster, pod);
        this.affinity = new AffinityReference(cluster, pod);
    }

    public static Answer answer(PlainCluster cluster, Pod pod) {
        return new Reference(cluster, PlainPod.of(pod, "")).answer();
    }

    private Answer answer() {
        SortedMap<String, Refusal> refusals = new TreeMap<>();
        List<PlainNode> feasible = new ArrayList<>();
        SortedMap<String, String> uneven = spread.refusals();
        for (PlainNode node : cluster.nodes.values()) {
            Optional<Refusal> refusal = refusalWithClaims(node).or(() -> refusal(node, uneven));
            refusal.ifPresentOrElse(found -> refusals.put(node.name(), found), () -> feasible.add(node));
        }
        return new Answer(scores(feasible), refusals);
    }

    /** First the node must do with the pods that wait for room there and are no less important. */
    private Optional<Refusal> refusalWithClaims(PlainNode node) {
        List<PlainPod> claims = cluster.claims.values().stream()
                .filter(claim -> claim.node().equals(node.name()) && !claim.uid().equals(pod.uid())
                        && claim.pod().getSpec().getPriority() >= pod.pod().getSpec().getPriority())
                .toList();
        if (claims.isEmpty()) {
            return Optional.empty();
        }
        Reference asIf = new Reference(cluster.with(claims), pod);
        return asIf.refusal(node, asIf.spread.refusals());
    }

    private Optional<Refusal> refusal(PlainNode node, Map<String, String> uneven) {
        Optional<Refusal> refusal = nodeRules.refusal(node);
        if (refusal.isPresent()) {
            return refusal;
        }
        if (uneven.containsKey(node.name())) {
            return Refusal.of("PodTopologySpread", uneven.get(node.name()));
        }
        String disliked = affinity.refusal(node);
        return disliked.isEmpty() ? Optional.empty() : Refusal.of("InterPodAffinity", disliked);
    }

    private SortedMap<String, SortedMap<String, Long>> scores(List<PlainNode> feasible) {
        SortedMap<String, SortedMap<String, Long>> scores = new TreeMap<>();
        feasible.forEach(node -> scores.put(node.name(), new TreeMap<>()));
        long mostTaints = highest(feasible, nodeRules::softTaints);
        long mostPreferred = highest(feasible, nodeRules::preferences);
        for (PlainNode node : feasible) {
            SortedMap<String, Long> ofNode = scores.get(node.name());
            ofNode.put("TaintToleration",
                    3 * (mostTaints == 0 ? 100 : 100 - 100 * nodeRules.softTaints(node) / mostTaints));
            if (nodeRules.prefersNodes()) {
                ofNode.put("NodeAffinity",
                        2 * (mostPreferred == 0 ? 0 : 100 * nodeRules.preferences(node) / mostPreferred));
            }
            ofNode.put("NodeResourcesFit", nodeRules.leastAllocated(node));
            ofNode.put("NodeResourcesBalancedAllocation", nodeRules.balanced(node));
            ofNode.put("ImageLocality", nodeRules.imageLocality(node));
        }
        spread.scores(feasible).forEach((node, score) -> scores.get(node).put("PodTopologySpread", 2 * score));
        affinity.scores(feasible).forEach((node, score) -> scores.get(node).put("InterPodAffinity", 2 * score));
        return scores;
    }

    private static long highest(List<PlainNode> nodes, ToLongFunction<PlainNode> score) {
        return nodes.stream().mapToLong(score).max().orElse(0);
    }
}
