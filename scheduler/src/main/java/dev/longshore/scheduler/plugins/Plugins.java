package dev.longshore.scheduler.plugins;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Every rule, in the order in which they are asked (Kubernetes scheduler 1.32, default profile). A new rule is a class
 * of this package and a line here.
 *
 * @param podRules asked once for the pod
 * @param filters  asked in order; a node's verdict is that of the first that refuses it
 * @param scores   summed by weight
 * @param domainRules asked after the filters, in order; their scores are added by weight
 */
public record Plugins(List<PodRule> podRules, List<FilterRule> filters, List<ScoreRule> scores,
        List<DomainRule> domainRules) {
    public Plugins {
        podRules = List.copyOf(podRules);
        filters = List.copyOf(filters);
        scores = List.copyOf(scores);
        domainRules = List.copyOf(domainRules);
    }

    public static Plugins standard() {
        NamedNodes namedNodes = new NamedNodes();
        TaintToleration taintToleration = new TaintToleration();
        NodeAffinity nodeAffinity = new NodeAffinity();
        NodeResourcesFit nodeResourcesFit = new NodeResourcesFit();
        return new Plugins(
                List.of(new UnsupportedDemand(), namedNodes),
                List.of(namedNodes, new NodeUnschedulable(), new NodeName(), taintToleration, nodeAffinity,
                        new NodePorts(), nodeResourcesFit),
                List.of(taintToleration, nodeAffinity, nodeResourcesFit, new NodeResourcesBalancedAllocation(),
                        new ImageLocality()),
                List.of(new PodTopologySpread(), new InterPodAffinity()));
    }

    /** The changes that may help a pod which these rules refused. */
    public Set<ClusterChange> helpedBy(Set<String> rules) {
        Set<ClusterChange> changes = EnumSet.noneOf(ClusterChange.class);
        filters.stream().filter(filter -> rules.contains(filter.name()))
                .forEach(filter -> changes.addAll(filter.helpedBy()));
        domainRules.stream().filter(rule -> rules.contains(rule.name()))
                .forEach(rule -> changes.addAll(rule.helpedBy()));
        // A cluster without nodes has no verdicts, and any node may be the one.
        changes.add(ClusterChange.NODE_ADDED);
        return changes;
    }
}
