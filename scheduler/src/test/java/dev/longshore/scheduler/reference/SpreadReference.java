package dev.longshore.scheduler.reference;

import dev.longshore.api.core.v1.Service;
import dev.longshore.api.core.v1.TopologySpreadConstraint;
import dev.longshore.api.meta.v1.LabelSelector;
import dev.longshore.api.meta.v1.LabelSelectorRequirement;
import dev.longshore.api.meta.v1.OwnerReference;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** PodTopologySpread. */
final class SpreadReference {
    private static final String HOSTNAME = "kubernetes.io/hostname";

    /** An absent selector. */
    private static final LabelSelector NOTHING = LabelSelector.newBuilder()
            .addMatchExpressions(LabelSelectorRequirement.newBuilder().setKey("k").setOperator("Exists"))
            .addMatchExpressions(LabelSelectorRequirement.newBuilder().setKey("k").setOperator("DoesNotExist")).build();

    private final PlainCluster cluster;
    private final PlainPod pod;
    private final List<Constraint> hard = new ArrayList<>();
    private final List<Constraint> soft = new ArrayList<>();
    /** Whether only nodes with the keys of all soft constraints are looked at. */
    private final boolean needsAllKeys;

    /** A constraint and the selectors that must all hold for a pod to count. */
    private record Constraint(TopologySpreadConstraint text, List<LabelSelector> selectors) {
        String key() {
            return text.getTopologyKey();
        }

        boolean selects(Map<String, String> labels) {
            return selectors.stream().allMatch(selector -> Matching.selects(selector, labels));
        }

        boolean selectsEverything() {
            return selectors.stream().allMatch(Matching::isEmpty);
        }
    }

    SpreadReference(PlainCluster cluster, PlainPod pod) {
        this.cluster = cluster;
        this.pod = pod;
        this.needsAllKeys = pod.pod().getSpec().getTopologySpreadConstraintsCount() > 0;
        for (TopologySpreadConstraint text : pod.pod().getSpec().getTopologySpreadConstraintsList()) {
            Constraint constraint = new Constraint(text, selectors(text));
            (text.getWhenUnsatisfiable().equals("DoNotSchedule") ? hard : soft).add(constraint);
        }
        if (!needsAllKeys) {
            addDefaults();
        }
    }

    private List<LabelSelector> selectors(TopologySpreadConstraint text) {
        LabelSelector.Builder sameValues = LabelSelector.newBuilder();
        for (String key : text.getMatchLabelKeysList()) {
            if (pod.labels().containsKey(key)) {
                sameValues.putMatchLabels(key, pod.labels().get(key));
            }
        }
        return List.of(text.hasLabelSelector() ? text.getLabelSelector() : NOTHING, sameValues.build());
    }

    private void addDefaults() {
        List<LabelSelector> selectors = new ArrayList<>();
        for (Service service : cluster.services.values()) {
            LabelSelector selector = LabelSelector.newBuilder().putAllMatchLabels(service.getSpec().getSelectorMap())
                    .build();
            if (service.getMetadata().getNamespace().equals(pod.namespace())
                    && Matching.selects(selector, pod.labels())) {
                selectors.add(selector);
            }
        }
        for (OwnerReference owner : pod.pod().getMetadata().getOwnerReferencesList()) {
            String name = pod.namespace() + "/" + owner.getName();
            if (owner.getController() && owner.getKind().equals("ReplicaSet")
                    && cluster.replicaSets.containsKey(name)) {
                selectors.add(cluster.replicaSets.get(name).getSpec().getSelector());
            }
            if (owner.getController() && owner.getKind().equals("StatefulSet")
                    && cluster.statefulSets.containsKey(name)) {
                selectors.add(cluster.statefulSets.get(name).getSpec().getSelector());
            }
            if (owner.getController() && owner.getKind().equals("ReplicationController")
                    && cluster.controllers.containsKey(name)) {
                selectors.add(LabelSelector.newBuilder()
                        .putAllMatchLabels(cluster.controllers.get(name).getSpec().getSelectorMap()).build());
            }
        }
        if (!selectors.stream().allMatch(Matching::isEmpty)) {
            soft.add(new Constraint(softly(HOSTNAME, 3), selectors));
            soft.add(new Constraint(softly("topology.kubernetes.io/zone", 5), selectors));
        }
    }

    private static TopologySpreadConstraint softly(String key, int skew) {
        return TopologySpreadConstraint.newBuilder().setTopologyKey(key).setMaxSkew(skew)
                .setWhenUnsatisfiable("ScheduleAnyway").build();
    }

    private static boolean hasKeys(PlainNode node, List<Constraint> constraints) {
        return constraints.stream().allMatch(constraint -> node.labels().containsKey(constraint.key()));
    }

    /** Whether the constraint's policies let the node, and the pods on it, count. */
    private boolean counts(PlainNode node, Constraint constraint) {
        boolean wanted = constraint.text.getNodeAffinityPolicy().equals("Ignore")
                || Matching.wantsNode(pod.pod().getSpec(), node);
        boolean tolerated = !constraint.text.getNodeTaintsPolicy().equals("Honor") || node.taints().stream()
                .noneMatch(taint -> Matching.isHard(taint) && !Matching.tolerates(pod.pod().getSpec(), taint));
        return wanted && tolerated;
    }

    private long matchingPodsOn(PlainNode node, Constraint constraint) {
        if (constraint.selectsEverything()) {
            return 0;
        }
        return cluster.pods.values().stream()
                .filter(other -> other.node().equals(node.name()) && other.namespace().equals(pod.namespace())
                        && !other.isLeaving() && constraint.selects(other.labels()))
                .count();
    }

    /** The matching pods in each domain, over all nodes that count. */
    private SortedMap<String, Long> podsByDomain(Constraint constraint, List<Constraint> keysNeeded) {
        SortedMap<String, Long> pods = new TreeMap<>();
        for (PlainNode node : cluster.nodes.values()) {
            if (hasKeys(node, keysNeeded) && counts(node, constraint)
                    && node.labels().containsKey(constraint.key())) {
                pods.merge(node.labels().get(constraint.key()), matchingPodsOn(node, constraint), Long::sum);
            }
        }
        return pods;
    }

    /** What is wrong with each node that is refused. */
    SortedMap<String, String> refusals() {
        SortedMap<String, String> refusals = new TreeMap<>();
        for (Constraint constraint : hard) {
            SortedMap<String, Long> pods = podsByDomain(constraint, hard);
            long fewest = pods.size() < Math.max(1, constraint.text.getMinDomains())
                    ? 0
                    : pods.values().stream().mapToLong(Long::longValue).min().orElse(0);
            long self = constraint.selects(pod.labels()) ? 1 : 0;
            for (PlainNode node : cluster.nodes.values()) {
                if (!node.labels().containsKey(constraint.key())) {
                    refusals.putIfAbsent(node.name(),
                            "node(s) didn't match pod topology spread constraints (missing required label)");
                } else if (pods.getOrDefault(node.labels().get(constraint.key()), 0L) + self
                        - fewest > constraint.text.getMaxSkew()) {
                    refusals.putIfAbsent(node.name(), "node(s) didn't match pod topology spread constraints");
                }
            }
        }
        return refusals;
    }

    /** The normalised scores, not weighted; empty without constraints that need not hold. */
    SortedMap<String, Long> scores(List<PlainNode> feasible) {
        SortedMap<String, Long> scores = new TreeMap<>();
        if (soft.isEmpty()) {
            return scores;
        }
        List<PlainNode> scored = feasible.stream().filter(node -> !needsAllKeys || hasKeys(node, soft)).toList();
        SortedMap<String, Double> sums = new TreeMap<>();
        scored.forEach(node -> sums.put(node.name(), 0.0));
        for (Constraint constraint : soft) {
            addSums(constraint, scored, sums);
        }
        sums.forEach((node, sum) -> scores.put(node, Math.round(sum)));
        long fewest = scores.values().stream().mapToLong(Long::longValue).min().orElse(0);
        long most = scores.values().stream().mapToLong(Long::longValue).max().orElse(0);
        scores.replaceAll((_, sum) -> most == 0 ? 100 : 100 * (most + fewest - sum) / most);
        feasible.forEach(node -> scores.putIfAbsent(node.name(), 0L));
        return scores;
    }

    private void addSums(Constraint constraint, List<PlainNode> scored, SortedMap<String, Double> sums) {
        boolean byNode = constraint.key().equals(HOSTNAME);
        Set<String> values = new HashSet<>();
        scored.forEach(node -> values.add(node.labels().getOrDefault(constraint.key(), "")));
        int domains = byNode ? scored.size() : values.size();
        SortedMap<String, Long> pods = podsByDomain(constraint, needsAllKeys ? soft : List.of());
        for (PlainNode node : scored) {
            if (node.labels().containsKey(constraint.key())) {
                long count = byNode
                        ? matchingPodsOn(node, constraint)
                        : pods.getOrDefault(node.labels().get(constraint.key()), 0L);
                sums.merge(node.name(), count * Math.log(domains + 2.0) + (constraint.text.getMaxSkew() - 1),
                        Double::sum);
            }
        }
    }
}
