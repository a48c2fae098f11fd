package dev.longshore.scheduler.cycle;

import dev.longshore.api.ObjectKey;
import dev.longshore.api.core.v1.Node;
import dev.longshore.api.core.v1.Pod;
import dev.longshore.api.core.v1.PodAffinityTerm;
import dev.longshore.api.core.v1.PodCondition;
import dev.longshore.api.core.v1.PodSpec;
import dev.longshore.api.meta.v1.LabelSelector;
import dev.longshore.api.meta.v1.Time;
import dev.longshore.api.policy.v1.PodDisruptionBudget;
import dev.longshore.api.policy.v1.PodDisruptionBudgetSpec;
import dev.longshore.api.values.Quantities;
import dev.longshore.scheduler.TestPods;
import dev.longshore.scheduler.plugins.Plugins;
import dev.longshore.scheduler.state.ClusterObject;
import dev.longshore.scheduler.state.ClusterState;
import dev.longshore.scheduler.state.NodeFacts;
import dev.longshore.scheduler.state.PodInfo;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** A small cluster and what the decider makes of a pod in it, in few words. */
final class PreemptionScene {
    private static final String HOSTNAME = "kubernetes.io/hostname";

    private final ClusterState state = new ClusterState();
    private final Nominations nominations = new Nominations();
    private final long seed;

    PreemptionScene(long seed) {
        this.seed = seed;
    }

    /** One row of a table: the cluster, the pod, and {@link #decide} in words. */
    record Row(String name, Consumer<PreemptionScene> cluster, PodInfo pod, String expected) {
        @Override
        public String toString() {
            return name;
        }

        String found() {
            PreemptionScene scene = new PreemptionScene(1);
            cluster.accept(scene);
            return scene.decide(pod);
        }
    }

    PreemptionScene node(String name, long cpuMillis) {
        return node(name, cpuMillis, _ -> {
        });
    }

    PreemptionScene node(String name, long cpuMillis, Consumer<Node.Builder> more) {
        state.putNode(NodeFacts.of(TestPods.node(name, cpuMillis, node -> {
            node.getMetadataBuilder().putLabels(HOSTNAME, name);
            more.accept(node);
        })));
        return this;
    }

    PreemptionScene pod(String name, String node, int priority, long cpuMillis) {
        return pod(name, node, priority, cpuMillis, _ -> {
        });
    }

    PreemptionScene pod(String name, String node, int priority, long cpuMillis, Consumer<Pod.Builder> more) {
        state.place(pending(name, priority, cpuMillis, pod -> {
            pod.getSpecBuilder().setNodeName(node);
            more.accept(pod);
        }), node);
        return this;
    }

    PreemptionScene nominated(PodInfo pod, String node) {
        nominations.put(pod, node);
        return this;
    }

    PreemptionScene evicting(String uid) {
        nominations.evicts(uid);
        return this;
    }

    /** A budget over the pods with label {@code app} of this value. */
    PreemptionScene budget(String app, int allowed, String... disrupted) {
        state.put(new ClusterObject.BudgetFacts(new ObjectKey("default", "budget-" + app),
                ((ClusterObject.BudgetFacts) ClusterObject.of(PodDisruptionBudget.newBuilder().setSpec(
                        PodDisruptionBudgetSpec.newBuilder().setSelector(app(app)))
                        .build())).selector(),
                allowed, Set.of(disrupted)));
        return this;
    }

    PreemptionScene budget(PodDisruptionBudget budget) {
        state.put(ClusterObject.of(budget));
        return this;
    }

    /** {@code -> node}, or {@code node: victims} in the order of importance, or the text behind "preemption:". */
    String decide(PodInfo pod) {
        Decider decider = new Decider(state, Plugins.standard(), new TieBreaker(seed), nominations);
        return switch (decider.decide(pod)) {
            case Decision.Placed(var node) -> "-> " + node;
            case Decision.Preempts(_, var node, var victims) -> node + ": "
                    + victims.stream().map(PodInfo::uid).collect(Collectors.joining(" "));
            case Decision.Nowhere(var diagnosis, var waits) -> (waits ? "waits: " : "") + diagnosis.preemption();
        };
    }

    ClusterState state() {
        return state;
    }

    static PodInfo pending(String name, int priority, long cpuMillis) {
        return pending(name, priority, cpuMillis, _ -> {
        });
    }

    static PodInfo pending(String name, int priority, long cpuMillis, Consumer<Pod.Builder> more) {
        Pod.Builder pod = TestPods.pod(name, cpuMillis, spec -> spec.setPriority(priority)).toBuilder();
        more.accept(pod);
        return PodInfo.of(pod.build());
    }

    static Consumer<Pod.Builder> started(long seconds) {
        return pod -> pod.getStatusBuilder().setStartTime(Time.newBuilder().setSeconds(seconds));
    }

    static Consumer<Pod.Builder> labelled(String app) {
        return pod -> pod.getMetadataBuilder().putLabels("app", app);
    }

    static Consumer<Pod.Builder> spec(Consumer<PodSpec.Builder> more) {
        return pod -> more.accept(pod.getSpecBuilder());
    }

    static Consumer<Pod.Builder> apartFrom(String app) {
        return apartFrom(app, HOSTNAME);
    }

    static Consumer<Pod.Builder> apartFrom(String app, String topologyKey) {
        return spec(spec -> spec.getAffinityBuilder().getPodAntiAffinityBuilder()
                .addRequiredDuringSchedulingIgnoredDuringExecution(term(app, topologyKey)));
    }

    static Consumer<Pod.Builder> besides(String app) {
        return besides(app, HOSTNAME);
    }

    static Consumer<Pod.Builder> besides(String app, String topologyKey) {
        return spec(spec -> spec.getAffinityBuilder().getPodAffinityBuilder()
                .addRequiredDuringSchedulingIgnoredDuringExecution(term(app, topologyKey)));
    }

    private static PodAffinityTerm.Builder term(String app, String topologyKey) {
        return PodAffinityTerm.newBuilder().setTopologyKey(topologyKey).setLabelSelector(app(app));
    }

    static LabelSelector app(String app) {
        return LabelSelector.newBuilder().putMatchLabels("app", app).build();
    }

    /** On its way out, because of another pod if {@code preempted}. */
    static Consumer<Pod.Builder> leaving(boolean preempted) {
        return pod -> {
            pod.getMetadataBuilder().setDeletionTimestamp(Time.newBuilder().setSeconds(1));
            if (preempted) {
                pod.getStatusBuilder().addConditions(PodCondition.newBuilder().setType("DisruptionTarget")
                        .setStatus("True").setReason("PreemptionByScheduler"));
            }
        };
    }

    static Consumer<Pod.Builder> requesting(String resource, long amount) {
        return spec(spec -> spec.getContainersBuilder(0).getResourcesBuilder().putRequests(resource,
                Quantities.of(amount)));
    }

    static Consumer<Node.Builder> offering(String resource, long amount) {
        return node -> node.getStatusBuilder().putAllocatable(resource, Quantities.of(amount));
    }

    @SafeVarargs
    static Consumer<Pod.Builder> all(Consumer<Pod.Builder>... parts) {
        return pod -> List.of(parts).forEach(part -> part.accept(pod));
    }
}
