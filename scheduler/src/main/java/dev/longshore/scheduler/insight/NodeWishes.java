package dev.longshore.scheduler.insight;

import dev.longshore.api.core.v1.NodeSelectorRequirement;
import dev.longshore.scheduler.explain.Verdict;
import dev.longshore.scheduler.state.Amounts;
import dev.longshore.scheduler.state.NodeFacts;
import dev.longshore.scheduler.state.NodeTaint;
import dev.longshore.scheduler.state.PodInfo;
import dev.longshore.scheduler.state.PodRequirements;
import dev.longshore.scheduler.state.PodTerm;
import dev.longshore.scheduler.state.SpreadConstraint;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Tries what could be different about nodes: taking pods again, a label, one node more. */
final class NodeWishes {
    /** Of cordoned nodes that would do, so many are named. */
    private static final int CORDONED_NAMED = 3;
    /** On how many nodes the absence of one taint is tried. */
    private static final int TAINT_ATTEMPTS = 4;
    private static final String TAINTS = "TaintToleration";
    /** How many values of a label are tried that other nodes have. */
    private static final int MOST_VALUES = 8;
    /** How many pods a node takes by default (Kubernetes, kubelet). */
    private static final long PODS_OF_A_NODE = 110;
    private static final String HOSTNAME = "kubernetes.io/hostname";
    /** The rules that look at nodes' labels. */
    private static final Set<String> LABEL_RULES = Set.of("NodeAffinity", "PodTopologySpread", "InterPodAffinity");

    private final PodRequirements pod;
    private final World world;
    private final List<NodeVerdicts> verdicts;
    private final List<NodeFacts> nodes;
    private final Search search;

    /** @param verdicts one for each node */
    NodeWishes(PodInfo pod, World world, List<NodeVerdicts> verdicts, List<NodeFacts> nodes, Search search) {
        this.pod = pod.requirements();
        this.world = world;
        this.verdicts = verdicts;
        this.nodes = nodes;
        this.search = search;
    }

    /** Tries nodes as they are, but for one thing. */
    void changed() {
        search.attemptEach(
                nodes.stream().filter(NodeFacts::unschedulable).map(node -> new Change.Uncordon(node.name())),
                CORDONED_NAMED);
        taints();
        labels();
    }

    /** Tries nodes that there are not. */
    void more() {
        if (!search.attemptEach(alike(), 1)) {
            search.attempt(new Change.AddNode(made(), ""));
        }
    }

    /** Each taint once, on the first node that has no other in the way and fits without it. */
    private void taints() {
        Map<NodeTaint, Integer> attempts = new HashMap<>();
        for (NodeVerdicts verdict : verdicts) {
            if (verdict.verdicts().size() == 1 && verdict.verdicts().getFirst().rule().equals(TAINTS)) {
                List<NodeTaint> repelling = repelling(world.state().node(verdict.node()).orElseThrow());
                int before = attempts.getOrDefault(repelling.getFirst(), 0);
                if (repelling.size() == 1 && before < TAINT_ATTEMPTS) {
                    boolean helps = search.attempt(new Change.LoseTaint(verdict.node(), repelling.getFirst()));
                    attempts.put(repelling.getFirst(), helps ? TAINT_ATTEMPTS : before + 1);
                }
            }
        }
    }

    private List<NodeTaint> repelling(NodeFacts node) {
        return node.taints().stream().filter(taint -> taint.repels() && !taint.toleratedBy(pod.tolerations())).toList();
    }

    /** Each label once, on the first node that it makes fit. */
    private void labels() {
        Set<Map.Entry<String, String>> settled = new HashSet<>();
        int attempts = 0;
        for (NodeVerdicts node : verdicts) {
            if (!node.verdicts().isEmpty()
                    && node.verdicts().stream().map(Verdict::rule).allMatch(LABEL_RULES::contains)) {
                for (Map.Entry<String, String> label : missing(world.state().node(node.node()).orElseThrow())) {
                    if (!settled.contains(label) && attempts < Search.MOST_ATTEMPTS) {
                        attempts++;
                        if (search.attempt(new Change.LabelNode(node.node(), label.getKey(), label.getValue()))) {
                            settled.add(label);
                        }
                    }
                }
            }
        }
    }

    private Set<Map.Entry<String, String>> missing(NodeFacts node) {
        Set<Map.Entry<String, String>> missing = new LinkedHashSet<>(pod.nodeSelector().entrySet());
        pod.nodeAffinity().getRequiredDuringSchedulingIgnoredDuringExecution().getNodeSelectorTermsList()
                .forEach(term -> term.getMatchExpressionsList()
                        .forEach(expression -> missing.addAll(satisfying(expression))));
        Stream.concat(pod.spread().stream().filter(SpreadConstraint::required).map(SpreadConstraint::topologyKey),
                pod.traits().terms().requiredAffinity().stream().map(PodTerm::topologyKey))
                .filter(key -> !node.labels().containsKey(key))
                .forEach(key -> values(key).forEach(value -> missing.add(Map.entry(key, value))));
        missing.removeIf(label -> label.getValue().equals(node.labels().get(label.getKey())));
        return missing;
    }

    private static List<Map.Entry<String, String>> satisfying(NodeSelectorRequirement expression) {
        String key = expression.getKey();
        return switch (expression.getOperator()) {
            case "In" -> expression.getValuesList().stream().map(value -> Map.entry(key, value)).toList();
            case "Exists" -> List.of(Map.entry(key, "true"));
            default -> List.of();
        };
    }

    private List<String> values(String key) {
        List<String> values = new ArrayList<>();
        world.state().labels().values(key, (value, _) -> values.add(value));
        return values.subList(0, Math.min(MOST_VALUES, values.size()));
    }

    /** A new node like each kind that there is, the smallest first. */
    private Stream<Change> alike() {
        Set<List<Object>> kinds = new HashSet<>();
        return nodes.stream().filter(node -> kinds.add(kind(node)))
                .sorted(Comparator.comparingLong((NodeFacts node) -> node.allocatable().cpuMillis())
                        .thenComparingLong(node -> node.allocatable().memoryBytes()))
                .map(node -> new Change.AddNode(twin(node), node.name()));
    }

    private static List<Object> kind(NodeFacts node) {
        SortedMap<String, String> labels = new TreeMap<>(node.labels());
        labels.remove(HOSTNAME);
        return List.of(labels, lasting(node.taints()), node.allocatable());
    }

    private static List<NodeTaint> lasting(List<NodeTaint> taints) {
        return taints.stream().filter(taint -> !taint.key().startsWith(Burden.CONDITION_TAINT)).toList();
    }

    private NodeFacts twin(NodeFacts node) {
        SortedMap<String, String> labels = new TreeMap<>(node.labels());
        labels.computeIfPresent(HOSTNAME, (_, _) -> newName());
        return new NodeFacts(newName(), labels, lasting(node.taints()), false, node.allocatable(), new TreeMap<>());
    }

    private NodeFacts made() {
        SortedMap<String, String> labels = new TreeMap<>(pod.nodeSelector());
        pod.nodeAffinity().getRequiredDuringSchedulingIgnoredDuringExecution().getNodeSelectorTermsList().stream()
                .findFirst()
                .ifPresent(term -> term.getMatchExpressionsList().forEach(expression -> satisfying(expression)
                        .stream().findFirst()
                        .ifPresent(label -> labels.putIfAbsent(label.getKey(), label.getValue()))));
        labels.putIfAbsent(HOSTNAME, newName());
        Amounts wanted = pod.requests();
        return new NodeFacts(newName(), labels, List.of(), false, new Amounts(wanted.cpuMillis(), wanted.memoryBytes(),
                wanted.ephemeralBytes(), PODS_OF_A_NODE, wanted.extended()), new TreeMap<>());
    }

    private String newName() {
        String name = "new-node";
        while (world.state().slot(name) >= 0) {
            name += "-1";
        }
        return name;
    }
}
