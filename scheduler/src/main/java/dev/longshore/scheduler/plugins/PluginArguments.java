package dev.longshore.scheduler.plugins;

import dev.longshore.api.core.v1.NodeAffinity;
import dev.longshore.scheduler.state.SpreadConstraint;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * What a profile may tell its plug-ins (KubeSchedulerConfiguration v1, pluginConfig).
 *
 * @param balanced      the resources that are to be taken in like parts
 * @param addedAffinity what nodes must and should be like beside what pods wish
 * @param volumeLimit   how long a pod that has a node may wait for its volumes (VolumeBinding, bindTimeoutSeconds)
 */
public record PluginArguments(Fit fit, List<String> balanced, PodAffinity podAffinity, Spread spread,
        NodeAffinity addedAffinity, Duration volumeLimit) {
    /** Of the default profile. */
    public static final PluginArguments STANDARD = new PluginArguments(
            new Fit(new Strategy.LeastAllocated(), List.of(new Resource("cpu", 1), new Resource("memory", 1)), Set.of(),
                    Set.of()),
            List.of("cpu", "memory"), new PodAffinity(1, false), new Spread.OfSystem(),
            NodeAffinity.getDefaultInstance(), Duration.ofSeconds(600));

    public PluginArguments {
        balanced = List.copyOf(balanced);
    }

    /** A resource and what it counts in a mean. */
    public record Resource(String name, int weight) {}

    /** How good it is that so much of a resource is taken. */
    public sealed interface Strategy {
        /** The less the better. */
        record LeastAllocated() implements Strategy {}

        /** The more the better. */
        record MostAllocated() implements Strategy {}

        /** As the line through these points says; at least one, by rising utilisation. */
        record RequestedToCapacityRatio(List<Point> shape) implements Strategy {
            public RequestedToCapacityRatio {
                shape = List.copyOf(shape);
            }
        }
    }

    /**
     * A point of a scoring line.
     *
     * @param utilization hundredths of the capacity that are taken
     * @param score       0 to 10
     */
    public record Point(int utilization, int score) {}

    /**
     * Of NodeResourcesFit.
     *
     * @param ignored       extended resources that the filter does not look at
     * @param ignoredGroups the same for all resources of these domains
     */
    public record Fit(Strategy strategy, List<Resource> resources, Set<String> ignored, Set<String> ignoredGroups) {
        public Fit {
            resources = List.copyOf(resources);
            ignored = Set.copyOf(ignored);
            ignoredGroups = Set.copyOf(ignoredGroups);
        }
    }

    /**
     * Of InterPodAffinity.
     *
     * @param requiredWeight what required affinity of placed pods counts in the score
     * @param ownWishesOnly  whether a pod without preferences of its own is not scored
     */
    public record PodAffinity(int requiredWeight, boolean ownWishesOnly) {}

    /** Of PodTopologySpread: what holds for pods without constraints of their own. */
    public sealed interface Spread {
        /** What Kubernetes' scheduler has built in. */
        record OfSystem() implements Spread {}

        /** These constraints, whose selectors are those of the pod's Services and controller. */
        record OfList(List<SpreadConstraint> constraints) implements Spread {
            public OfList {
                constraints = List.copyOf(constraints);
            }
        }
    }
}
