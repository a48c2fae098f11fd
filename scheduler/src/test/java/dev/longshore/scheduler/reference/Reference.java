package dev.longshore.scheduler.reference;

import dev.longshore.api.core.v1.Pod;
import dev.longshore.scheduler.plugins.PluginName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/**
 * Asks every rule about every node (Kubernetes scheduler 1.32, without volumes).
 */
public final class Reference {
    private final PlainCluster cluster;
    private final PlainPod pod;
    private final PlainProfile profile;
    private final NodeReference nodeRules;
    private final ResourceReference resources;
    private final SpreadReference spread;
    private final AffinityReference affinity;

    private Reference(PlainCluster cluster, PlainPod pod, PlainProfile profile) {
        this.cluster = cluster;
        this.pod = pod;
        this.profile = profile;
        this.nodeRules = new NodeReference(cluster, pod, profile);
        this.resources = new ResourceReference(cluster, pod, profile);
        this.spread = new SpreadReference(cluster, pod);
        this.affinity = new AffinityReference(cluster, pod);
    }

    public static Answer answer(PlainCluster cluster, Pod pod, PlainProfile profile) {
        return new Reference(cluster, PlainPod.of(pod, ""), profile).answer();
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
        Reference asIf = new Reference(cluster.with(claims), pod, profile);
        return asIf.refusal(node, asIf.spread.refusals());
    }

    private Optional<Refusal> refusal(PlainNode node, Map<String, String> uneven) {
        Optional<Refusal> refusal = nodeRules.refusal(node);
        if (refusal.isPresent()) {
            return refusal;
        }
        if (profile.asks(PluginName.POD_TOPOLOGY_SPREAD) && uneven.containsKey(node.name())) {
            return Refusal.of("PodTopologySpread", uneven.get(node.name()));
        }
        String disliked = profile.asks(PluginName.INTER_POD_AFFINITY) ? affinity.refusal(node) : "";
        return disliked.isEmpty() ? Optional.empty() : Refusal.of("InterPodAffinity", disliked);
    }

    private SortedMap<String, SortedMap<String, Long>> scores(List<PlainNode> feasible) {
        SortedMap<String, SortedMap<String, Long>> scores = new TreeMap<>();
        feasible.forEach(node -> scores.put(node.name(), new TreeMap<>()));
        long mostTaints = highest(feasible, nodeRules::softTaints);
        long mostPreferred = highest(feasible, nodeRules::preferences);
        for (PlainNode node : feasible) {
            SortedMap<String, Long> ofNode = scores.get(node.name());
            put(ofNode, PluginName.TAINT_TOLERATION,
                    mostTaints == 0 ? 100 : 100 - 100 * nodeRules.softTaints(node) / mostTaints);
            if (nodeRules.prefersNodes()) {
                put(ofNode, PluginName.NODE_AFFINITY,
                        mostPreferred == 0 ? 0 : 100 * nodeRules.preferences(node) / mostPreferred);
            }
            put(ofNode, PluginName.NODE_RESOURCES_FIT, resources.fit(node));
            put(ofNode, PluginName.NODE_RESOURCES_BALANCED_ALLOCATION, resources.balanced(node));
            put(ofNode, PluginName.IMAGE_LOCALITY, nodeRules.imageLocality(node));
        }
        spread.scores(feasible)
                .forEach((node, score) -> put(scores.get(node), PluginName.POD_TOPOLOGY_SPREAD, score));
        affinity.scores(feasible)
                .forEach((node, score) -> put(scores.get(node), PluginName.INTER_POD_AFFINITY, score));
        return scores;
    }

    private void put(SortedMap<String, Long> scores, PluginName rule, long score) {
        if (profile.weight(rule) > 0) {
            scores.put(rule.text(), profile.weight(rule) * score);
        }
    }

    private static long highest(List<PlainNode> nodes, ToLongFunction<PlainNode> score) {
        return nodes.stream().mapToLong(score).max().orElse(0);
    }
}
