package dev.longshore.scheduler.insight;

import dev.longshore.api.core.v1.Container;
import dev.longshore.api.core.v1.ContainerPort;
import dev.longshore.api.core.v1.Node;
import dev.longshore.api.core.v1.Pod;
import dev.longshore.api.core.v1.PodSpec;
import dev.longshore.api.core.v1.Taint;
import dev.longshore.api.core.v1.Toleration;
import dev.longshore.api.meta.v1.ObjectMeta;
import dev.longshore.api.resource.Quantity;
import dev.longshore.api.values.Quantities;
import dev.longshore.scheduler.state.NodeFacts;
import dev.longshore.scheduler.state.NodeTaint;
import dev.longshore.scheduler.state.PodInfo;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Makes a change in the objects of the API, as a person would who read it, and not by the code that found it. */
final class Edit {
    private final Objects cluster;

    private Edit(Objects cluster) {
        this.cluster = cluster;
    }

    static void apply(Change change, Objects cluster) {
        new Edit(cluster).apply(change);
    }

    private void apply(Change change) {
        switch (change) {
            case Change.OfPod of -> {
                Pod.Builder pod = cluster.pending.toBuilder();
                edit(of, pod.getSpecBuilder());
                cluster.pending = pod.build();
            }
            case Change.Uncordon(var name) -> node(name, node -> {
                node.getSpecBuilder().clearUnschedulable();
                removeTaints(node, taint -> taint.getKey().equals("node.kubernetes.io/unschedulable"));
            });
            case Change.LabelNode(var name, var key, var value) ->
                node(name, node -> node.getMetadataBuilder().putLabels(key, value));
            case Change.LoseTaint(var name, var gone) -> node(name, node -> removeTaints(node, taint -> taint.getKey()
                    .equals(gone.key()) && taint.getEffect().equals(gone.effect())));
            case Change.AddNode(var facts, _) -> cluster.nodes.add(node(facts));
            case Change.Leave(var node, var pods) -> {
                Set<String> gone = pods.stream().map(PodInfo::uid).collect(Collectors.toSet());
                cluster.pods.removeIf(pod -> gone.contains(pod.getMetadata().getUid())
                        && pod.getSpec().getNodeName().equals(node));
            }
        }
    }

    private void edit(Change.OfPod change, PodSpec.Builder spec) {
        switch (change) {
            case Change.RemoveGates() -> spec.clearSchedulingGates();
            case Change.Tolerate(var taint) -> spec.addTolerations(Toleration.newBuilder().setKey(taint.key())
                    .setOperator("Equal").setValue(taint.value()).setEffect(taint.effect()));
            case Change.RequestAtMost(var resource, var amount, _, _) -> request(spec, resource, amount);
            case Change.DropSelector(var key, _) -> spec.removeNodeSelector(key);
            case Change.DropExpression(var term, var expression, _) ->
                spec.getAffinityBuilder().getNodeAffinityBuilder()
                        .getRequiredDuringSchedulingIgnoredDuringExecutionBuilder().getNodeSelectorTermsBuilder(term)
                        .removeMatchExpressions(expression);
            case Change.DropNodeAffinity() -> spec.getAffinityBuilder().getNodeAffinityBuilder()
                    .clearRequiredDuringSchedulingIgnoredDuringExecution();
            case Change.AllowSkew(var at, _, var skew) -> spec.getTopologySpreadConstraintsBuilder(at).setMaxSkew(skew);
            case Change.LowerMinDomains(var at, _, var domains) ->
                spec.getTopologySpreadConstraintsBuilder(at).setMinDomains(domains);
            case Change.DropSpread(var at, _) ->
                spec.getTopologySpreadConstraintsBuilder(at).setWhenUnsatisfiable("ScheduleAnyway");
            case Change.DropAntiAffinity(var at, _) -> spec.getAffinityBuilder().getPodAntiAffinityBuilder()
                    .removeRequiredDuringSchedulingIgnoredDuringExecution(at);
            case Change.DropAffinity(var at, _) -> spec.getAffinityBuilder().getPodAffinityBuilder()
                    .removeRequiredDuringSchedulingIgnoredDuringExecution(at);
            case Change.UsePort(var before, var port) -> spec.getContainersBuilderList().forEach(
                    container -> container.getPortsBuilderList().stream()
                            .filter(each -> each.getHostPort() == before.port()
                                    || (spec.getHostNetwork() && each.getContainerPort() == before.port()))
                            .forEach(each -> move(each, port)));
            case Change.RaisePriority(var priority) -> spec.setPriority(priority);
            case Change.AllowPreemption() -> spec.setPreemptionPolicy("PreemptLowerPriority");
        }
    }

    private static void move(ContainerPort.Builder port, int to) {
        port.setHostPort(to).setContainerPort(to);
    }

    /** Sidecars keep what they can; what they leave the others share, and each that runs before them may have. */
    private static void request(PodSpec.Builder spec, String resource, long most) {
        long left = most;
        for (Container.Builder container : spec.getInitContainersBuilderList()) {
            long kept = lower(container, resource, left);
            left -= container.getRestartPolicy().equals("Always") ? kept : 0;
        }
        for (Container.Builder container : spec.getContainersBuilderList()) {
            left -= lower(container, resource, left);
        }
    }

    /** Answers what the container still requests. */
    private static long lower(Container.Builder container, String resource, long most) {
        Quantity now = container.getResources().getRequestsOrDefault(resource, Quantities.of(0));
        long kept = Math.min(most, resource.equals("cpu") ? Quantities.milliValue(now) : Quantities.value(now));
        if (container.getResources().containsRequests(resource)) {
            container.getResourcesBuilder().putRequests(resource, quantity(resource, kept));
        }
        return kept;
    }

    private static Quantity quantity(String resource, long amount) {
        return resource.equals("cpu") ? Quantities.ofMilli(amount) : Quantities.of(amount);
    }

    private interface NodeEdit {
        void make(Node.Builder node);
    }

    private void node(String name, NodeEdit edit) {
        cluster.nodes.replaceAll(node -> {
            Node.Builder changed = node.toBuilder();
            if (node.getMetadata().getName().equals(name)) {
                edit.make(changed);
            }
            return changed.build();
        });
    }

    private interface TaintTest {
        boolean is(Taint taint);
    }

    private static void removeTaints(Node.Builder node, TaintTest gone) {
        List<Taint> left = node.getSpec().getTaintsList().stream().filter(taint -> !gone.is(taint)).toList();
        node.getSpecBuilder().clearTaints().addAllTaints(left);
    }

    private static Node node(NodeFacts facts) {
        Node.Builder node = Node.newBuilder()
                .setMetadata(ObjectMeta.newBuilder().setName(facts.name()).putAllLabels(facts.labels()));
        for (NodeTaint taint : facts.taints()) {
            node.getSpecBuilder().addTaints(
                    Taint.newBuilder().setKey(taint.key()).setValue(taint.value()).setEffect(taint.effect()));
        }
        Map<String, Quantity> amounts = new TreeMap<>();
        amounts.put("cpu", Quantities.ofMilli(facts.allocatable().cpuMillis()));
        amounts.put("memory", Quantities.of(facts.allocatable().memoryBytes()));
        amounts.put("ephemeral-storage", Quantities.of(facts.allocatable().ephemeralBytes()));
        amounts.put("pods", Quantities.of(facts.allocatable().pods()));
        facts.allocatable().extended().forEach((name, amount) -> amounts.put(name, Quantities.of(amount)));
        return node.setStatus(node.getStatus().toBuilder().putAllAllocatable(amounts)).build();
    }
}
