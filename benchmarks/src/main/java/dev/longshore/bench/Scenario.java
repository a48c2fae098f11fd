package dev.longshore.bench;

import dev.longshore.api.core.v1.Node;
import dev.longshore.api.core.v1.Pod;
import dev.longshore.api.core.v1.PodAffinityTerm;
import dev.longshore.api.core.v1.TopologySpreadConstraint;
import dev.longshore.api.core.v1.WeightedPodAffinityTerm;
import dev.longshore.api.meta.v1.LabelSelector;
import dev.longshore.api.values.Quantities;
import java.util.List;
import java.util.function.IntFunction;

/**
 * A cluster, and pods that come one after the other.
 *
 * @param name          without a comma, at which JMH's command line divides values
 * @param podsOnNode    how many pods of low priority each node has before; they leave no room
 * @param referencePods so many pods are enough to see how fast the reference is
 */
record Scenario(String name, int nodes, int podsOnNode, int pods, int referencePods, IntFunction<Pod> pod) {
    private static final int ZONES = 10;
    private static final int NODES = 5_000;
    private static final int MANY_NODES = 100_000;
    private static final int PODS = 50_000;
    /** Requests that differ from pod to pod, within a node's means. */
    private static final int DISTINCT_REQUESTS = 997;
    private static final String HOSTNAME = "kubernetes.io/hostname";
    private static final String ZONE = "topology.kubernetes.io/zone";

    static List<Scenario> all() {
        return List.of(equal(NODES), different(), spread(), apart(), together(), preferring(), preempting(),
                equal(MANY_NODES));
    }

    static Scenario named(String name) {
        return all().stream().filter(scenario -> scenario.name().equals(name)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no scenario '" + name + "'; there are "
                        + all().stream().map(Scenario::name).toList()));
    }

    static Node node(int number) {
        Node node = Samples.node("node-" + number);
        return node.toBuilder().setMetadata(node.getMetadata().toBuilder().putLabels(HOSTNAME, "node-" + number)
                .putLabels(ZONE, "zone-" + number % ZONES)).build();
    }

    private static Scenario equal(int nodes) {
        return new Scenario("equal pods on " + nodes + " nodes", nodes, 0, PODS, nodes > NODES ? 20 : 200,
                number -> Samples.pod("pod-" + number));
    }

    private static Scenario different() {
        return new Scenario("all pods different", NODES, 0, PODS, 200, number -> {
            Pod.Builder pod = Samples.pod("pod-" + number).toBuilder();
            pod.getSpecBuilder().getContainersBuilder(0).getResourcesBuilder()
                    .putRequests("cpu", Quantities.ofMilli(50 + number % DISTINCT_REQUESTS))
                    .putRequests("memory", Quantities.ofBytes((32L << 20) + number * 4096L));
            return pod.build();
        });
    }

    private static Scenario spread() {
        return new Scenario("required zone spread", NODES, 0, PODS, 40, number -> {
            Pod.Builder pod = Samples.pod("pod-" + number).toBuilder();
            pod.getSpecBuilder().addTopologySpreadConstraints(TopologySpreadConstraint.newBuilder().setMaxSkew(1)
                    .setTopologyKey(ZONE).setWhenUnsatisfiable("DoNotSchedule").setLabelSelector(own()));
            return pod.build();
        });
    }

    private static Scenario apart() {
        return new Scenario("anti-affinity by hostname", NODES, 0, NODES, 40, number -> {
            Pod.Builder pod = Samples.pod("pod-" + number).toBuilder();
            pod.getSpecBuilder().getAffinityBuilder().getPodAntiAffinityBuilder()
                    .addRequiredDuringSchedulingIgnoredDuringExecution(term(HOSTNAME));
            return pod.build();
        });
    }

    private static Scenario together() {
        return new Scenario("affinity by zone", NODES, 0, PODS, 40, number -> {
            Pod.Builder pod = Samples.pod("pod-" + number).toBuilder();
            pod.getSpecBuilder().getAffinityBuilder().getPodAffinityBuilder()
                    .addRequiredDuringSchedulingIgnoredDuringExecution(term(ZONE));
            return pod.build();
        });
    }

    private static Scenario preferring() {
        return new Scenario("preferred anti-affinity", NODES, 0, PODS, 40, number -> {
            Pod.Builder pod = Samples.pod("pod-" + number).toBuilder();
            pod.getSpecBuilder().getAffinityBuilder().getPodAntiAffinityBuilder()
                    .addPreferredDuringSchedulingIgnoredDuringExecution(
                            WeightedPodAffinityTerm.newBuilder().setWeight(10).setPodAffinityTerm(term(ZONE)));
            return pod.build();
        });
    }

    private static Scenario preempting() {
        return new Scenario("preemption", NODES, 8, 2_000, 10, number -> {
            Pod.Builder pod = Samples.pod("pod-" + number).toBuilder();
            pod.getSpecBuilder().setPriority(1_000).getContainersBuilder(0).getResourcesBuilder()
                    .putRequests("cpu", Quantities.of(3));
            return pod.build();
        });
    }

    /** One of the pods that a node has before; they differ in priority, from node to node and on each. */
    static Pod present(int node, int number) {
        Pod.Builder pod = Samples.pod("present-" + node + "-" + number).toBuilder();
        pod.getSpecBuilder().setNodeName("node-" + node).setPriority((node * 7 + number * 13) % 100)
                .getContainersBuilder(0).getResourcesBuilder().putRequests("cpu", Quantities.of(4));
        return pod.build();
    }

    private static PodAffinityTerm term(String key) {
        return PodAffinityTerm.newBuilder().setTopologyKey(key).setLabelSelector(own()).build();
    }

    private static LabelSelector own() {
        return LabelSelector.newBuilder().putMatchLabels("app", "web").build();
    }
}
