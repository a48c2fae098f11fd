package dev.longshore.scheduler.reference;

import dev.longshore.api.core.v1.PodAffinityTerm;
import dev.longshore.api.core.v1.WeightedPodAffinityTerm;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** InterPodAffinity. */
final class AffinityReference {
    private final PlainCluster cluster;
    private final PlainPod pod;

    AffinityReference(PlainCluster cluster, PlainPod pod) {
        this.cluster = cluster;
        this.pod = pod;
    }

    /** What is wrong with the node, "" for nothing. */
    String refusal(PlainNode node) {
        if (!liked(node)) {
            return "node(s) didn't match pod affinity rules";
        }
        for (PlainPod other : cluster.pods.values()) {
            for (PodAffinityTerm term : pod.antiAffinity().getRequiredDuringSchedulingIgnoredDuringExecutionList()) {
                if (together(node, other, term) && selects(pod, term, other)) {
                    return "node(s) didn't match pod anti-affinity rules";
                }
            }
        }
        for (PlainPod other : cluster.pods.values()) {
            for (PodAffinityTerm term : other.antiAffinity().getRequiredDuringSchedulingIgnoredDuringExecutionList()) {
                if (together(node, other, term) && selects(other, term, pod)) {
                    return "node(s) didn't satisfy existing pods anti-affinity rules";
                }
            }
        }
        return "";
    }

    private boolean liked(PlainNode node) {
        List<PodAffinityTerm> terms = pod.affinity().getRequiredDuringSchedulingIgnoredDuringExecutionList();
        if (!terms.stream().allMatch(term -> node.labels().containsKey(term.getTopologyKey()))) {
            return false;
        }
        List<PlainPod> matching = cluster.pods.values().stream().filter(other -> matchesAll(terms, other)).toList();
        if (terms.stream()
                .allMatch(term -> matching.stream().anyMatch(other -> together(node, other, term)))) {
            return true;
        }
        boolean anyCounts = matching.stream()
                .anyMatch(other -> terms.stream().anyMatch(term -> hasKey(other, term.getTopologyKey())));
        return !anyCounts && matchesAll(terms, pod);
    }

    private boolean matchesAll(List<PodAffinityTerm> terms, PlainPod other) {
        return terms.stream().allMatch(term -> selects(pod, term, other));
    }

    private boolean hasKey(PlainPod other, String key) {
        PlainNode node = cluster.nodes.get(other.node());
        return node != null && node.labels().containsKey(key);
    }

    /** Whether the other pod is in the domain of the node. */
    private boolean together(PlainNode node, PlainPod other, PodAffinityTerm term) {
        String key = term.getTopologyKey();
        return node.labels().containsKey(key) && hasKey(other, key)
                && node.labels().get(key).equals(cluster.nodes.get(other.node()).labels().get(key));
    }

    /** Whether the term, a wish of one pod, is about the other. */
    private boolean selects(PlainPod whose, PodAffinityTerm term, PlainPod other) {
        if (!term.hasLabelSelector() || !Matching.selects(term.getLabelSelector(), other.labels())) {
            return false;
        }
        if (term.getNamespacesCount() == 0 && !term.hasNamespaceSelector()) {
            return whose.namespace().equals(other.namespace());
        }
        return term.getNamespacesList().contains(other.namespace()) || (term.hasNamespaceSelector()
                && Matching.selects(term.getNamespaceSelector(), cluster.labelsOfNamespace(other.namespace())));
    }

    /** The normalised scores, not weighted; empty when no wish is about a pod that is there. */
    SortedMap<String, Long> scores(Iterable<PlainNode> feasible) {
        /* By topology key and value. */
        Map<String, Map<String, Long>> sums = new TreeMap<>();
        for (PlainPod other : cluster.pods.values()) {
            if (cluster.nodes.containsKey(other.node())) {
                addWishes(other, cluster.nodes.get(other.node()), sums);
            }
        }
        SortedMap<String, Long> scores = new TreeMap<>();
        if (sums.isEmpty()) {
            return scores;
        }
        for (PlainNode node : feasible) {
            long sum = 0;
            for (String key : sums.keySet()) {
                sum += node.labels().containsKey(key)
                        ? sums.get(key).getOrDefault(node.labels().get(key), 0L)
                        : 0;
            }
            scores.put(node.name(), sum);
        }
        long lowest = scores.values().stream().mapToLong(Long::longValue).min().orElse(0);
        long highest = scores.values().stream().mapToLong(Long::longValue).max().orElse(0);
        scores.replaceAll((_, sum) -> highest == lowest
                ? 0
                : (long) (100 * ((double) (sum - lowest) / (highest - lowest))));
        return scores;
    }

    private void addWishes(PlainPod other, PlainNode node, Map<String, Map<String, Long>> sums) {
        for (var wish : pod.affinity().getPreferredDuringSchedulingIgnoredDuringExecutionList()) {
            add(pod, wish, other, 1, node, sums);
        }
        for (var wish : pod.antiAffinity().getPreferredDuringSchedulingIgnoredDuringExecutionList()) {
            add(pod, wish, other, -1, node, sums);
        }
        for (var wish : other.affinity().getPreferredDuringSchedulingIgnoredDuringExecutionList()) {
            add(other, wish, pod, 1, node, sums);
        }
        for (var wish : other.antiAffinity().getPreferredDuringSchedulingIgnoredDuringExecutionList()) {
            add(other, wish, pod, -1, node, sums);
        }
        for (var term : other.affinity().getRequiredDuringSchedulingIgnoredDuringExecutionList()) {
            add(other, WeightedPodAffinityTerm.newBuilder().setWeight(1).setPodAffinityTerm(term).build(), pod, 1,
                    node, sums);
        }
    }

    /** @param node the one of the pod that is placed, whose domain the wish makes better or worse */
    private void add(PlainPod whose, WeightedPodAffinityTerm wish, PlainPod about, int sign, PlainNode node,
            Map<String, Map<String, Long>> sums) {
        PodAffinityTerm term = wish.getPodAffinityTerm();
        if (node.labels().containsKey(term.getTopologyKey()) && selects(whose, term, about)) {
            sums.computeIfAbsent(term.getTopologyKey(), _ -> new TreeMap<>())
                    .merge(node.labels().get(term.getTopologyKey()), (long) sign * wish.getWeight(), Long::sum);
        }
    }
}
