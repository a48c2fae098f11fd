package dev.longshore.scheduler.scenario;

import dev.longshore.api.core.v1.Container;
import dev.longshore.api.core.v1.ContainerPort;
import dev.longshore.api.core.v1.Pod;
import dev.longshore.api.core.v1.PodCondition;
import dev.longshore.api.core.v1.PodSchedulingGate;
import dev.longshore.api.core.v1.PodSpec;
import dev.longshore.api.core.v1.Toleration;
import dev.longshore.api.meta.v1.ObjectMeta;
import dev.longshore.api.meta.v1.OwnerReference;
import dev.longshore.api.meta.v1.Time;
import dev.longshore.api.values.Quantities;
import dev.longshore.scheduler.state.PodInfo;
import java.util.List;

/**
 * Reads a pod: {@code web@a app=web cpu:100m}, with {@code @a} if it is on a node. Its uid is its name, its namespace
 * {@code default} or that of {@code ns:other}. Words behind the name:
 *
 * <ul>
 * <li>{@code key=value} a label; {@code selector:disk=ssd}; {@code priority:5}; {@code claim:data}; {@code nominated:a}; {@code owner:ReplicaSet/web};
 * {@code nodename:a} (the only node wanted); {@code leaving}, {@code finished}, {@code hostnetwork}, {@code gated},
 * {@code evicted} (for another pod),
 * {@code never} (preempts nobody);
 * <li>{@code cpu:1}, {@code mem:1Gi}, {@code x/gpu:1}, {@code image:name}, {@code port:10.0.0.1/80/UDP} of its one
 * container, or several as {@code c(cpu:1,image:name)}; {@code init(..)}, {@code sidecar(..)}, {@code overhead(..)};
 * <li>{@code tolerates(key=value:NoSchedule)}, {@code tolerates(key)}, {@code tolerates(*:NoExecute)};
 * <li>{@code needs(..)} one term of required node affinity, {@code prefers(5,..)}: see {@link Selectors};
 * <li>wishes about other pods, see {@link Wishes}.
 * </ul>
 */
public final class PodLine {
    private final Pod.Builder pod = Pod.newBuilder();
    private final PodSpec.Builder spec = pod.getSpecBuilder();
    private final Container.Builder only = Container.newBuilder();
    private boolean several;
    private boolean fields;

    private PodLine(String line) {
        List<String> words = Lines.words(line);
        String[] name = words.getFirst().split("@");
        pod.setMetadata(ObjectMeta.newBuilder().setName(name[0]).setUid(name[0]).setNamespace("default"));
        spec.setNodeName(name.length > 1 ? name[1] : "");
        words.stream().skip(1).forEach(this::add);
        if (fields || !several) {
            spec.addContainers(0, only);
        }
    }

    public static Pod pod(String line) {
        return new PodLine(line).pod.build();
    }

    private void add(String word) {
        int bracket = word.indexOf('(');
        int colon = word.indexOf(':');
        int equals = word.indexOf('=');
        if (bracket > 0) {
            part(word.substring(0, bracket), word.substring(bracket + 1, word.length() - 1));
        } else if (colon > 0) {
            field(word.substring(0, colon), word.substring(colon + 1));
        } else if (equals > 0) {
            pod.getMetadataBuilder().putLabels(Lines.key(word.substring(0, equals)), word.substring(equals + 1));
        } else {
            flag(word);
        }
    }

    private void flag(String word) {
        switch (word) {
            case "leaving" -> pod.getMetadataBuilder().setDeletionTimestamp(Time.newBuilder().setSeconds(1));
            case "finished" -> pod.getStatusBuilder().setPhase("Succeeded");
            case "hostnetwork" -> spec.setHostNetwork(true);
            case "evicted" -> pod.getStatusBuilder().addConditions(PodCondition.newBuilder()
                    .setType(PodInfo.DISRUPTION_TARGET).setStatus("True").setReason(PodInfo.PREEMPTED));
            case "gated" -> spec.addSchedulingGates(PodSchedulingGate.newBuilder().setName("test/gate"));
            case "never" -> spec.setPreemptionPolicy("Never");
            default -> throw new IllegalArgumentException(word);
        }
    }

    private void field(String field, String value) {
        switch (field) {
            case "ns" -> pod.getMetadataBuilder().setNamespace(value);
            case "nodename" -> spec.setNodeName(value);
            case "priority" -> spec.setPriority(Integer.parseInt(value));
            case "selector" -> spec.putNodeSelector(Lines.key(value.substring(0, value.indexOf('='))),
                    value.substring(value.indexOf('=') + 1));
            case "claim" -> spec.addVolumesBuilder().setName(value).getVolumeSourceBuilder()
                    .getPersistentVolumeClaimBuilder().setClaimName(value);
            case "nominated" -> pod.getStatusBuilder().setNominatedNodeName(value);
            case "owner" -> pod.getMetadataBuilder().addOwnerReferences(OwnerReference.newBuilder()
                    .setKind(value.substring(0, value.indexOf('/'))).setController(true)
                    .setName(value.substring(value.indexOf('/') + 1)));
            default -> {
                fields = true;
                addToContainer(only, field, value);
            }
        }
    }

    private void part(String part, String text) {
        switch (part) {
            case "c" -> {
                several = true;
                spec.addContainers(container(text));
            }
            case "init" -> spec.addInitContainers(container(text));
            case "sidecar" -> spec.addInitContainers(container(text).setRestartPolicy("Always"));
            case "overhead" -> List.of(text.split(",")).forEach(each -> spec.putOverhead(
                    Lines.resource(each.substring(0, each.indexOf(':'))),
                    Quantities.parse(each.substring(each.indexOf(':') + 1))));
            case "tolerates" -> spec.addTolerations(toleration(text));
            case "needs" -> spec.getAffinityBuilder().getNodeAffinityBuilder()
                    .getRequiredDuringSchedulingIgnoredDuringExecutionBuilder()
                    .addNodeSelectorTerms(Selectors.nodes(text));
            case "prefers" -> spec.getAffinityBuilder().getNodeAffinityBuilder()
                    .addPreferredDuringSchedulingIgnoredDuringExecutionBuilder()
                    .setWeight(Integer.parseInt(text.substring(0, text.indexOf(','))))
                    .setPreference(Selectors.nodes(text.substring(text.indexOf(',') + 1)));
            default -> Wishes.add(part, List.of(text.split(",")), spec);
        }
    }

    private static Container.Builder container(String text) {
        Container.Builder container = Container.newBuilder();
        for (String word : text.isEmpty() ? new String[0] : text.split(",")) {
            addToContainer(container, word.substring(0, word.indexOf(':')), word.substring(word.indexOf(':') + 1));
        }
        return container;
    }

    private static void addToContainer(Container.Builder container, String field, String value) {
        switch (field) {
            case "image" -> container.setImage(value);
            case "port" -> container.addPorts(port(value));
            default -> container.getResourcesBuilder().putRequests(Lines.resource(field), Quantities.parse(value));
        }
    }

    /** {@code 80}, {@code 80/UDP}, {@code 10.0.0.1/80}, {@code 10.0.0.1/80/UDP}; {@code in80} without a host port. */
    private static ContainerPort port(String text) {
        ContainerPort.Builder port = ContainerPort.newBuilder();
        for (String part : text.split("/")) {
            if (part.startsWith("in")) {
                port.setContainerPort(Integer.parseInt(part.substring(2)));
            } else if (part.contains(".") || part.contains(":")) {
                port.setHostIP(part);
            } else if (Character.isDigit(part.charAt(0))) {
                port.setHostPort(Integer.parseInt(part)).setContainerPort(Integer.parseInt(part));
            } else {
                port.setProtocol(part);
            }
        }
        return port.build();
    }

    private static Toleration toleration(String text) {
        int colon = text.indexOf(':');
        String what = colon < 0 ? text : text.substring(0, colon);
        Toleration.Builder toleration = Toleration.newBuilder().setEffect(colon < 0 ? "" : text.substring(colon + 1));
        if (what.equals("*")) {
            return toleration.setOperator("Exists").build();
        }
        String[] pair = what.split("=", -1);
        toleration.setKey(pair[0]);
        return pair.length == 1
                ? toleration.setOperator("Exists").build()
                : toleration.setValue(pair[1]).build();
    }
}
