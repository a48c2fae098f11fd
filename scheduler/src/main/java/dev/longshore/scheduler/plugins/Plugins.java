package dev.longshore.scheduler.plugins;

import dev.longshore.scheduler.state.ClusterState;
import dev.longshore.scheduler.state.PodInfo;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

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
        VolumeRestrictions volumeRestrictions = new VolumeRestrictions();
        VolumeBinding volumeBinding = new VolumeBinding();
        VolumeZone volumeZone = new VolumeZone();
        return new Plugins(
                List.of(namedNodes, volumeRestrictions, volumeBinding, volumeZone),
                List.of(namedNodes, new NodeUnschedulable(), new NodeName(), taintToleration, nodeAffinity,
                        new NodePorts(), nodeResourcesFit, volumeRestrictions, new NodeVolumeLimits(), volumeBinding,
                        volumeZone),
                List.of(taintToleration, nodeAffinity, nodeResourcesFit, new NodeResourcesBalancedAllocation(),
                        new ImageLocality()),
                List.of(new PodTopologySpread(), new InterPodAffinity()));
    }

    /** What is to be remembered of a pod that these rules refused. */
    public Refusal refusal(PodInfo pod, Set<String> rules) {
        Set<ClusterChange> changes = EnumSet.noneOf(ClusterChange.class);
        helpful().filter(rule -> rules.contains(rule.name())).forEach(rule -> changes.addAll(rule.helpedBy()));
        // A cluster without nodes has no verdicts, and any node may be the one.
        changes.add(ClusterChange.NODE_ADDED);
        return new Refusal(pod.requirements(), pod.mayPreempt() ? pod.priority() : Integer.MIN_VALUE, rules, changes);
    }

    /** Whether the event may help pods refused like this. */
    public boolean mayHelp(Refusal refused, ClusterEvent event, ClusterState state) {
        return refused.rules().isEmpty() || helpful().anyMatch(rule -> refused.rules().contains(rule.name())
                && rule.helpedBy().contains(event.change()) && rule.mayHelp(refused, event, state));
    }

    private Stream<HelpfulRule> helpful() {
        return Stream.concat(filters.stream(), domainRules.stream());
    }
}
