package dev.longshore.apiserver.resources;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.longshore.api.options.OptionsProto;
import java.util.List;
import java.util.Set;

/**
 * Checks what the options of the messages say: required fields are there, and values come from their list. Metadata and
 * status are left out; numbers are left to hand-written rules, because zero is not the same as absent for clients.
 */
final class OptionRules {
    /** Required by the schema, and answered in other words by the hand-written rules that check them. */
    private static final Set<String> ELSEWHERE = Set.of("LabelSelectorRequirement.key",
            "LabelSelectorRequirement.operator", "NodeSelectorRequirement.key", "NodeSelectorRequirement.operator",
            "HTTPHeader.name", "HTTPHeader.value", "ObjectFieldSelector.fieldPath", "PodAffinityTerm.topologyKey",
            "Toleration.operator", "ContainerResizePolicy.resourceName", "ContainerResizePolicy.restartPolicy",
            "PodResourceClaim.name", "ResourceClaim.name", "Sysctl.value", "ClusterTrustBundleProjection.path",
            "ForZone.name", "EndpointSlice.endpoints", "ConfigMapNodeConfigSource.namespace",
            "ConfigMapNodeConfigSource.name", "ConfigMapNodeConfigSource.kubeletConfigKey", "HostAlias.ip",
            "EndpointAddress.ip", "PodReadinessGate.conditionType", "PodSchedulingGate.name",
            "TopologySpreadConstraint.whenUnsatisfiable", "Taint.effect", "Taint.key");

    /** Any value is taken, as Kubernetes does while the feature behind it is off. */
    private static final Set<String> OPEN = Set.of("SecurityContext.procMount",
            "PodSecurityContext.supplementalGroupsPolicy");

    private OptionRules() {
    }

    static void check(String path, Message message, Causes causes) {
        for (FieldDescriptor field : message.getDescriptorForType().getFields()) {
            String name = field.getName();
            boolean skipped = path.isEmpty() && (name.equals("metadata") || name.equals("status"));
            if (!skipped) {
                check(child(path, field), message, field, causes);
            }
        }
    }

    private static String child(String path, FieldDescriptor field) {
        if (field.getOptions().getExtension(OptionsProto.inline)) {
            return path;
        }
        return path.isEmpty() ? field.getJsonName() : path + "." + field.getJsonName();
    }

    private static void check(String path, Message message, FieldDescriptor field, Causes causes) {
        if (isMissing(message, field)) {
            causes.required(path, "");
        } else if (field.isMapField()) {
            return;
        } else if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
            checkMessages(path, message, field, causes);
        } else if (field.getJavaType() == FieldDescriptor.JavaType.STRING && !field.isRepeated()) {
            checkValue(path, (String) message.getField(field), field, causes);
        }
    }

    private static boolean isMissing(Message message, FieldDescriptor field) {
        String name = field.getContainingType().getName() + "." + field.getName();
        if (!field.getOptions().getExtension(OptionsProto.required) || ELSEWHERE.contains(name)) {
            return false;
        }
        if (field.isRepeated()) {
            return message.getRepeatedFieldCount(field) == 0;
        }
        return field.getJavaType() == FieldDescriptor.JavaType.STRING && ((String) message.getField(field)).isEmpty();
    }

    private static void checkMessages(String path, Message message, FieldDescriptor field, Causes causes) {
        if (!field.isRepeated()) {
            if (message.hasField(field)) {
                check(path, (Message) message.getField(field), causes);
            }
            return;
        }
        for (int i = 0; i < message.getRepeatedFieldCount(field); i++) {
            check(path + "[" + i + "]", (Message) message.getRepeatedField(field, i), causes);
        }
    }

    private static void checkValue(String path, String value, FieldDescriptor field, Causes causes) {
        List<String> allowed = field.getOptions().getExtension(OptionsProto.enumValue);
        String name = field.getContainingType().getName() + "." + field.getName();
        if (!allowed.isEmpty() && !OPEN.contains(name) && !value.isEmpty() && !allowed.contains(value)) {
            causes.notSupported(path, value, allowed);
        }
    }
}
