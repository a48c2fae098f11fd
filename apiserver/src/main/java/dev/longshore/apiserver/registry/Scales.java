package dev.longshore.apiserver.registry;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.longshore.api.ApiException;
import dev.longshore.api.ObjectKey;
import dev.longshore.api.ResourceType;
import dev.longshore.api.autoscaling.v1.Scale;
import dev.longshore.api.meta.v1.LabelSelector;
import dev.longshore.api.meta.v1.LabelSelectorRequirement;
import dev.longshore.api.meta.v1.ObjectMeta;
import dev.longshore.apiserver.resources.Causes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * The number of replicas of a Deployment, ReplicaSet, StatefulSet or ReplicationController, seen as a Scale. It works
 * on
 * the field names that these kinds share.
 */
final class Scales {
    private final RegistryParts parts;
    private final Update update;

    Scales(RegistryParts parts, Update update) {
        this.parts = parts;
        this.update = update;
    }

    Scale get(ResourceType<?> type, ObjectKey key) {
        return read(type, key);
    }

    private <T extends Message> Scale read(ResourceType<T> type, ObjectKey key) {
        return parts.storage().find(type, key).map(object -> of(type, object))
                .orElseThrow(() -> ApiException.notFound(type, key.name()));
    }

    Scale replace(ResourceType<?> type, ObjectKey key, Scale scale, WriteContext context) {
        ObjectMeta meta = scale.getMetadata();
        if (!meta.getName().isEmpty() && !meta.getName().equals(key.name())) {
            throw ApiException.badRequest("the name of the object (" + meta.getName()
                    + ") does not match the name on the URL (" + key.name() + ")");
        }
        return change(type, key, _ -> scale, context);
    }

    <T extends Message> Scale change(ResourceType<T> type, ObjectKey key, UnaryOperator<Scale> change,
            WriteContext context) {
        T written = update.change(type, key, "", object -> with(type, object, change.apply(of(type, object))),
                context);
        return of(type, written);
    }

    private static <T extends Message> T with(ResourceType<T> type, T object, Scale scale) {
        int replicas = scale.getSpec().getReplicas();
        if (replicas < 0) {
            Causes causes = new Causes();
            causes.invalid("spec.replicas", replicas, "must be greater than or equal to 0");
            throw ApiException.invalid(type, type.meta(object).getName(), causes.list());
        }
        Message.Builder builder = object.toBuilder();
        Message.Builder spec = builder.getFieldBuilder(field(object, "spec"));
        spec.setField(spec.getDescriptorForType().findFieldByName("replicas"), replicas);
        ObjectMeta meta = type.meta(object).toBuilder().setResourceVersion(scale.getMetadata().getResourceVersion())
                .setUid(scale.getMetadata().getUid()).build();
        return type.withMeta(type.cast(builder.build()), meta);
    }

    private static <T extends Message> Scale of(ResourceType<T> type, T object) {
        ObjectMeta meta = type.meta(object);
        Message spec = (Message) object.getField(field(object, "spec"));
        Message status = (Message) object.getField(field(object, "status"));
        Scale.Builder scale = Scale.newBuilder().setMetadata(ObjectMeta.newBuilder().setName(meta.getName())
                .setNamespace(meta.getNamespace()).setUid(meta.getUid())
                .setResourceVersion(meta.getResourceVersion()).setCreationTimestamp(meta.getCreationTimestamp()));
        scale.getSpecBuilder().setReplicas((Integer) spec.getField(field(spec, "replicas")));
        scale.getStatusBuilder().setReplicas((Integer) status.getField(field(status, "replicas")))
                .setSelector(selector(spec));
        return scale.build();
    }

    private static FieldDescriptor field(Message message, String name) {
        return message.getDescriptorForType().findFieldByName(name);
    }

    private static String selector(Message spec) {
        FieldDescriptor field = field(spec, "selector");
        if (field.isMapField()) {
            Map<String, String> labels = new TreeMap<>();
            for (int i = 0; i < spec.getRepeatedFieldCount(field); i++) {
                Message entry = (Message) spec.getRepeatedField(field, i);
                labels.put((String) entry.getField(field(entry, "key")),
                        (String) entry.getField(field(entry, "value")));
            }
            return text(LabelSelector.newBuilder().putAllMatchLabels(labels).build());
        }
        return text((LabelSelector) spec.getField(field));
    }

    private static String text(LabelSelector selector) {
        List<String> terms = new ArrayList<>();
        new TreeMap<>(selector.getMatchLabelsMap()).forEach((key, value) -> terms.add(key + "=" + value));
        selector.getMatchExpressionsList().stream().map(Scales::text).forEach(terms::add);
        return String.join(",", terms);
    }

    private static String text(LabelSelectorRequirement term) {
        String values = String.join(",", term.getValuesList().stream().sorted().toList());
        return switch (term.getOperator()) {
            case "In" -> term.getKey() + " in (" + values + ")";
            case "NotIn" -> term.getKey() + " notin (" + values + ")";
            case "DoesNotExist" -> "!" + term.getKey();
            default -> term.getKey();
        };
    }
}
