package dev.longshore.apiserver.resources;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.longshore.api.options.OptionsProto;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Checks what the options of the messages say: required fields are there, and values come from their list. Metadata and
 * status are left out; numbers are left to hand-written rules, because zero is not the same as absent for clients.
 */
final class OptionRules {
    /** Checked by hand-written rules, which answer in other words or under other paths. */
    private static final Set<String> ELSEWHERE = Set.of("LabelSelectorRequirement.key",
            "LabelSelectorRequirement.operator", "NodeSelectorRequirement.key", "NodeSelectorRequirement.operator",
            "HTTPHeader.name", "HTTPHeader.value", "ObjectFieldSelector.fieldPath", "PodAffinityTerm.topologyKey",
            "Toleration.operator", "ContainerResizePolicy.resourceName", "ContainerResizePolicy.restartPolicy",
            "PodResourceClaim.name", "ResourceClaim.name", "Sysctl.value", "ClusterTrustBundleProjection.path",
            "ForZone.name", "EndpointSlice.endpoints", "ConfigMapNodeConfigSource.namespace",
            "ConfigMapNodeConfigSource.name", "ConfigMapNodeConfigSource.kubeletConfigKey", "HostAlias.ip",
            "EndpointAddress.ip", "PodReadinessGate.conditionType", "PodSchedulingGate.name",
            "TopologySpreadConstraint.whenUnsatisfiable", "Taint.effect", "Taint.key",
            "VolumeMount.mountPropagation", "DeploymentStrategy.type",
            "DownwardAPIVolumeFile.path", "ResourceFieldSelector.resource");

    /** Any value is taken, as Kubernetes does while the feature behind it is off. */
    private static final Set<String> OPEN = Set.of("SecurityContext.procMount",
            "PodSecurityContext.supplementalGroupsPolicy");

    /** What is to be checked in a message type, worked out once; fields with nothing to check in or below are out. */
    private static final Map<Descriptor, List<Check>> CHECKS = new ConcurrentHashMap<>();

    /**
     * @param name    in JSON; "" for a field whose content stands in its parent's place
     * @param allowed the values that are taken; empty: any
     */
    record Check(FieldDescriptor field, String name, boolean required, List<String> allowed) {
        static Check of(FieldDescriptor field) {
            boolean inline = field.getOptions().getExtension(OptionsProto.inline);
            return new Check(field, inline ? "" : field.getJsonName(), isRequired(field), allowedValues(field));
        }

        /** Of an object; in other messages these are fields like all. */
        boolean isLeftOut() {
            return field.getName().equals("metadata") || field.getName().equals("status");
        }

        String path(String parent) {
            return name.isEmpty() ? parent : parent.isEmpty() ? name : parent + "." + name;
        }
    }

    private OptionRules() {
    }

    static List<Check> checks(Descriptor type) {
        List<Check> known = CHECKS.get(type);
        return known != null
                ? known
                : CHECKS.computeIfAbsent(type, _ -> type.getFields().stream()
                        .filter(field -> MessageFields.concerns(field, OptionRules::isChecked)).map(Check::of)
                        .toList());
    }

    private static boolean isChecked(FieldDescriptor field) {
        return isRequired(field) || !allowedValues(field).isEmpty();
    }

    private static boolean isRequired(FieldDescriptor field) {
        boolean canBeMissing = field.isRepeated() || field.getJavaType() == FieldDescriptor.JavaType.STRING;
        return canBeMissing && field.getOptions().getExtension(OptionsProto.required)
                && !ELSEWHERE.contains(nameOf(field));
    }

    private static List<String> allowedValues(FieldDescriptor field) {
        boolean open = ELSEWHERE.contains(nameOf(field)) || field.isRepeated()
                || field.getJavaType() != FieldDescriptor.JavaType.STRING
                || OPEN.contains(nameOf(field));
        return open ? List.of() : field.getOptions().getExtension(OptionsProto.enumValue);
    }

    private static String nameOf(FieldDescriptor field) {
        return field.getContainingType().getName() + "." + field.getName();
    }

    static void check(String path, Message message, Causes causes) {
        if (!OptionScan.isValid(message, path.isEmpty())) {
            find(path, message, causes);
        }
    }

    static void find(String path, Message message, Causes causes) {
        for (Check check : checks(message.getDescriptorForType())) {
            if (!path.isEmpty() || !check.isLeftOut()) {
                find(check, path, message, causes);
            }
        }
    }

    private static void find(Check check, String parent, Message message, Causes causes) {
        FieldDescriptor field = check.field;
        if (check.required && isMissing(message, field)) {
            causes.required(check.path(parent), "");
        } else if (MessageFields.leadsDeeper(field)) {
            findBelow(check, parent, message, causes);
        } else if (!check.allowed.isEmpty()) {
            String value = (String) message.getField(field);
            if (!value.isEmpty() && !check.allowed.contains(value)) {
                causes.notSupported(check.path(parent), value, check.allowed);
            }
        }
    }

    private static boolean isMissing(Message message, FieldDescriptor field) {
        return field.isRepeated()
                ? message.getRepeatedFieldCount(field) == 0
                : ((String) message.getField(field)).isEmpty();
    }

    private static void findBelow(Check check, String parent, Message message, Causes causes) {
        if (!check.field.isRepeated()) {
            if (message.hasField(check.field)) {
                find(check.path(parent), (Message) message.getField(check.field), causes);
            }
            return;
        }
        for (int i = 0; i < message.getRepeatedFieldCount(check.field); i++) {
            find(check.path(parent) + "[" + i + "]", (Message) message.getRepeatedField(check.field, i), causes);
        }
    }
}
