package dev.longshore.client.fake;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.longshore.api.ApiException;
import dev.longshore.api.Reason;
import dev.longshore.api.ResourceType;
import dev.longshore.api.core.v1.Namespace;
import dev.longshore.api.core.v1.NamespaceSpec;
import dev.longshore.api.core.v1.NamespaceStatus;
import dev.longshore.api.core.v1.Node;
import dev.longshore.api.core.v1.Pod;
import dev.longshore.api.core.v1.PodStatus;
import dev.longshore.api.meta.v1.ObjectMeta;
import dev.longshore.api.meta.v1.Time;
import dev.longshore.api.values.Names;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What a server decides about the parts of an object: metadata, status, generation. */
final class FakeMeta {
    private FakeMeta() {
    }

    static Time time(Instant instant) {
        return Time.newBuilder().setSeconds(instant.getEpochSecond()).build();
    }

    /** Most names are DNS subdomains; those of rbac may be any part of a path. Stricter rules are the server's. */
    static void checkName(ResourceType<?> type, String name) {
        List<String> problems = type.apiVersion().startsWith("rbac.authorization.k8s.io/")
                ? Names.pathSegment(name)
                : Names.dns1123Subdomain(name);
        if (!problems.isEmpty()) {
            throw ApiException.of(Reason.INVALID, type.qualifiedName() + " \"" + name + "\" is invalid: metadata.name: "
                    + problems.getFirst());
        }
    }

    /** The status a new object starts with. */
    @SuppressWarnings("unchecked")
    static <T extends Message> T fresh(ResourceType<T> type, T object) {
        return switch (object) {
            case Pod pod -> (T) pod.toBuilder().setStatus(PodStatus.newBuilder().setPhase("Pending")).build();
            case Namespace namespace -> (T) namespace.toBuilder()
                    .setSpec(NamespaceSpec.newBuilder().addFinalizers("kubernetes"))
                    .setStatus(NamespaceStatus.newBuilder().setPhase("Active")).build();
            case Node node -> (T) node;
            default -> statusField(type)
                    .map(field -> (T) object.toBuilder().clearField(field).build()).orElse(object);
        };
    }

    static Optional<FieldDescriptor> statusField(ResourceType<?> type) {
        return Optional.ofNullable(type.prototype().getDescriptorForType().findFieldByName("status"));
    }

    /** {@code to} with the status of {@code from}. */
    @SuppressWarnings("unchecked")
    static <T extends Message> T withStatus(ResourceType<T> type, T to, T from) {
        return statusField(type).map(field -> from.hasField(field)
                ? (T) to.toBuilder().setField(field, from.getField(field)).build()
                : (T) to.toBuilder().clearField(field).build()).orElse(to);
    }

    /** Whether anything but metadata and status differs. */
    static <T extends Message> boolean specChanged(ResourceType<T> type, T before, T after) {
        ObjectMeta none = ObjectMeta.getDefaultInstance();
        T left = type.withMeta(withStatus(type, before, after), none);
        return !left.equals(type.withMeta(after, none));
    }

    /** The metadata of an update: what a client may not change stays as stored. */
    static ObjectMeta updated(ObjectMeta stored, ObjectMeta wanted, boolean specChanged) {
        ObjectMeta.Builder meta = wanted.toBuilder().setUid(stored.getUid())
                .setResourceVersion(stored.getResourceVersion())
                .setGeneration(stored.getGeneration() + (specChanged ? 1 : 0))
                .setCreationTimestamp(stored.getCreationTimestamp());
        meta.clearDeletionTimestamp().clearDeletionGracePeriodSeconds();
        if (stored.hasDeletionTimestamp()) {
            meta.setDeletionTimestamp(stored.getDeletionTimestamp())
                    .setDeletionGracePeriodSeconds(stored.getDeletionGracePeriodSeconds());
        }
        return meta.build();
    }
}
