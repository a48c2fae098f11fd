package dev.longshore.scheduler.plugins;

import static dev.longshore.scheduler.plugins.ExtensionPoint.BIND;
import static dev.longshore.scheduler.plugins.ExtensionPoint.FILTER;
import static dev.longshore.scheduler.plugins.ExtensionPoint.POST_FILTER;
import static dev.longshore.scheduler.plugins.ExtensionPoint.PRE_BIND;
import static dev.longshore.scheduler.plugins.ExtensionPoint.PRE_ENQUEUE;
import static dev.longshore.scheduler.plugins.ExtensionPoint.PRE_FILTER;
import static dev.longshore.scheduler.plugins.ExtensionPoint.PRE_SCORE;
import static dev.longshore.scheduler.plugins.ExtensionPoint.QUEUE_SORT;
import static dev.longshore.scheduler.plugins.ExtensionPoint.RESERVE;
import static dev.longshore.scheduler.plugins.ExtensionPoint.SCORE;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** The plug-ins that a profile may name, each with the weight and the points of the default profile (Kubernetes 1.32). */
public enum PluginName {
    SCHEDULING_GATES("SchedulingGates", 0, PRE_ENQUEUE),
    PRIORITY_SORT("PrioritySort", 0, QUEUE_SORT),
    NODE_UNSCHEDULABLE("NodeUnschedulable", 0, FILTER),
    NODE_NAME("NodeName", 0, FILTER),
    TAINT_TOLERATION("TaintToleration", 3, FILTER, PRE_SCORE, SCORE),
    NODE_AFFINITY("NodeAffinity", 2, PRE_FILTER, FILTER, PRE_SCORE, SCORE),
    NODE_PORTS("NodePorts", 0, PRE_FILTER, FILTER),
    NODE_RESOURCES_FIT("NodeResourcesFit", 1, PRE_FILTER, FILTER, PRE_SCORE, SCORE),
    VOLUME_RESTRICTIONS("VolumeRestrictions", 0, PRE_FILTER, FILTER),
    NODE_VOLUME_LIMITS("NodeVolumeLimits", 0, PRE_FILTER, FILTER),
    VOLUME_BINDING("VolumeBinding", 0, PRE_FILTER, FILTER, RESERVE, PRE_BIND),
    VOLUME_ZONE("VolumeZone", 0, PRE_FILTER, FILTER),
    POD_TOPOLOGY_SPREAD("PodTopologySpread", 2, PRE_FILTER, FILTER, PRE_SCORE, SCORE),
    INTER_POD_AFFINITY("InterPodAffinity", 2, PRE_FILTER, FILTER, PRE_SCORE, SCORE),
    DEFAULT_PREEMPTION("DefaultPreemption", 0, POST_FILTER),
    NODE_RESOURCES_BALANCED_ALLOCATION("NodeResourcesBalancedAllocation", 1, PRE_SCORE, SCORE),
    IMAGE_LOCALITY("ImageLocality", 1, SCORE),
    DEFAULT_BINDER("DefaultBinder", 0, BIND);

    private final String text;
    private final int defaultWeight;
    private final Set<ExtensionPoint> points;

    PluginName(String text, int defaultWeight, ExtensionPoint... points) {
        this.text = text;
        this.defaultWeight = defaultWeight;
        this.points = Collections.unmodifiableSet(EnumSet.copyOf(Arrays.asList(points)));
    }

    /** As configurations write it. */
    public String text() {
        return text;
    }

    /** Of its score in the default profile; 0 if it has none. */
    public int defaultWeight() {
        return defaultWeight;
    }

    /** Where it acts unless it is switched off there. */
    public Set<ExtensionPoint> points() {
        return points;
    }

    public static Optional<PluginName> of(String text) {
        return Arrays.stream(values()).filter(plugin -> plugin.text.equals(text)).findFirst();
    }
}
