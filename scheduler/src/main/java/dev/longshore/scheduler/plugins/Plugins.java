package dev.longshore.scheduler.plugins;

import static dev.longshore.scheduler.plugins.ExtensionPoint.FILTER;
import static dev.longshore.scheduler.plugins.ExtensionPoint.POST_FILTER;
import static dev.longshore.scheduler.plugins.ExtensionPoint.PRE_BIND;
import static dev.longshore.scheduler.plugins.ExtensionPoint.PRE_FILTER;
import static dev.longshore.scheduler.plugins.ExtensionPoint.SCORE;

import dev.longshore.scheduler.state.ClusterState;
import dev.longshore.scheduler.state.PodInfo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The rules of a profile, in the order in which they are asked, which no configuration changes (Kubernetes scheduler
 * 1.32, default profile). A new rule is a class of this package, a name in {@link PluginName} and a line here.
 */
public final class Plugins {
    private final PluginSet set;
    private final Duration volumeLimit;
    private final List<PodRule> podRules = new ArrayList<>();
    private final List<FilterRule> filters = new ArrayList<>();
    private final List<ScoreRule> scores = new ArrayList<>();
    private final List<DomainRule> domainRules = new ArrayList<>();
    private final Set<HelpfulRule> helpful = new LinkedHashSet<>();

    private Plugins(PluginSet set, Duration volumeLimit) {
        this.set = set;
        this.volumeLimit = volumeLimit;
    }

    /** Of the default profile. */
    public static Plugins standard() {
        return of(PluginSet.STANDARD, PluginArguments.STANDARD);
    }

    public static Plugins of(PluginSet set, PluginArguments arguments) {
        Plugins plugins = new Plugins(set, arguments.volumeLimit());
        plugins.addRules(arguments);
        return plugins;
    }

    private void addRules(PluginArguments arguments) {
        addNamedNodes(new NamedNodes());
        addFilter(PluginName.NODE_UNSCHEDULABLE, new NodeUnschedulable());
        addFilter(PluginName.NODE_NAME, new NodeName());
        TaintToleration taints = new TaintToleration(set.weight(PluginName.TAINT_TOLERATION));
        addFilter(PluginName.TAINT_TOLERATION, taints);
        addScore(PluginName.TAINT_TOLERATION, taints);
        NodeAffinity affinity = new NodeAffinity(set.weight(PluginName.NODE_AFFINITY), arguments.addedAffinity());
        addFilter(PluginName.NODE_AFFINITY, affinity);
        addScore(PluginName.NODE_AFFINITY, affinity);
        addFilter(PluginName.NODE_PORTS, new NodePorts());
        NodeResourcesFit fit = new NodeResourcesFit(set.weight(PluginName.NODE_RESOURCES_FIT), arguments.fit());
        addFilter(PluginName.NODE_RESOURCES_FIT, fit);
        addScore(PluginName.NODE_RESOURCES_FIT, fit);
        addVolumeRules();
        addScore(PluginName.NODE_RESOURCES_BALANCED_ALLOCATION, new NodeResourcesBalancedAllocation(
                set.weight(PluginName.NODE_RESOURCES_BALANCED_ALLOCATION), arguments.balanced(), askForRoom()));
        addScore(PluginName.IMAGE_LOCALITY, new ImageLocality(set.weight(PluginName.IMAGE_LOCALITY)));
        addDomainRule(PluginName.POD_TOPOLOGY_SPREAD,
                new PodTopologySpread(set.weight(PluginName.POD_TOPOLOGY_SPREAD), arguments.spread()));
        addDomainRule(PluginName.INTER_POD_AFFINITY,
                new InterPodAffinity(set.weight(PluginName.INTER_POD_AFFINITY), arguments.podAffinity()));
    }

    private void addVolumeRules() {
        VolumeRestrictions restrictions = new VolumeRestrictions();
        VolumeBinding binding = new VolumeBinding();
        VolumeZone zone = new VolumeZone();
        addPodRule(PluginName.VOLUME_RESTRICTIONS, restrictions);
        addPodRule(PluginName.VOLUME_BINDING, binding);
        addPodRule(PluginName.VOLUME_ZONE, zone);
        addFilter(PluginName.VOLUME_RESTRICTIONS, restrictions);
        addFilter(PluginName.NODE_VOLUME_LIMITS, new NodeVolumeLimits());
        addFilter(PluginName.VOLUME_BINDING, binding);
        addFilter(PluginName.VOLUME_ZONE, zone);
    }

    /** What NodeAffinity does before the filters refuses nodes, too. */
    private void addNamedNodes(NamedNodes rule) {
        if (set.has(PluginName.NODE_AFFINITY, PRE_FILTER)) {
            podRules.add(rule);
            filters.add(rule);
            helpful.add(rule);
        }
    }

    private <T extends PodRule & HelpfulRule> void addPodRule(PluginName plugin, T rule) {
        if (set.has(plugin, PRE_FILTER)) {
            podRules.add(rule);
            helpful.add(rule);
        }
    }

    private void addFilter(PluginName plugin, FilterRule rule) {
        if (set.has(plugin, FILTER)) {
            filters.add(rule);
            helpful.add(rule);
        }
    }

    private void addScore(PluginName plugin, ScoreRule rule) {
        if (set.has(plugin, SCORE)) {
            scores.add(rule);
        }
    }

    private void addDomainRule(PluginName plugin, DomainRule rule) {
        boolean refuses = set.has(plugin, FILTER);
        if (refuses || set.has(plugin, SCORE)) {
            domainRules.add(refuses && set.has(plugin, SCORE) ? rule : new PartialDomainRule(rule, refuses));
        }
        if (refuses) {
            helpful.add(rule);
        }
    }

    /** The names of those that may refuse a pod, each once. */
    public List<String> refusing() {
        return helpful.stream().map(HelpfulRule::name).distinct().toList();
    }

    /** Asked once for the pod. Do not modify. */
    public List<PodRule> podRules() {
        return podRules;
    }

    /** Asked in order; a node's verdict is that of the first that refuses it. Do not modify. */
    public List<FilterRule> filters() {
        return filters;
    }

    /** Summed by weight. Do not modify. */
    public List<ScoreRule> scores() {
        return scores;
    }

    /** Asked after the filters, in order; their scores are added by weight. Do not modify. */
    public List<DomainRule> domainRules() {
        return domainRules;
    }

    /** Whether a pod that fits nowhere may have others evicted. */
    public boolean preempt() {
        return set.has(PluginName.DEFAULT_PREEMPTION, POST_FILTER);
    }

    /** Whether pods with claims get volumes before they are bound. */
    public boolean bindVolumes() {
        return set.has(PluginName.VOLUME_BINDING, PRE_BIND);
    }

    /** How long those volumes may take. */
    public Duration volumeLimit() {
        return volumeLimit;
    }

    /** Whether a node must have room for what a pod requests. */
    public boolean askForRoom() {
        return set.has(PluginName.NODE_RESOURCES_FIT, FILTER);
    }

    /** What is to be remembered of a pod that these rules refused. */
    public Refusal refusal(PodInfo pod, Set<String> rules) {
        Set<ClusterChange> changes = EnumSet.noneOf(ClusterChange.class);
        helpful.stream().filter(rule -> rules.contains(rule.name())).forEach(rule -> changes.addAll(rule.helpedBy()));
        // A cluster without nodes has no verdicts, and any node may be the one.
        changes.add(ClusterChange.NODE_ADDED);
        return new Refusal(pod.schedulerName(), pod.requirements(),
                preempt() && pod.mayPreempt() ? pod.priority() : Integer.MIN_VALUE, rules, changes);
    }

    /** Whether the event may help pods refused like this. */
    public boolean mayHelp(Refusal refused, ClusterEvent event, ClusterState state) {
        return refused.rules().isEmpty() || helpful.stream().anyMatch(rule -> refused.rules().contains(rule.name())
                && rule.helpedBy().contains(event.change()) && rule.mayHelp(refused, event, state));
    }
}
