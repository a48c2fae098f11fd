package dev.longshore.apiserver.registry;

import com.google.protobuf.Message;
import dev.longshore.api.ApiException;
import dev.longshore.api.ObjectKey;
import dev.longshore.api.Reason;
import dev.longshore.api.ResourceType;
import dev.longshore.api.ResourceTypes;
import dev.longshore.api.autoscaling.v1.Scale;
import dev.longshore.api.core.v1.Binding;
import dev.longshore.api.core.v1.Namespace;
import dev.longshore.api.meta.v1.DeleteOptions;
import dev.longshore.api.meta.v1.Status;
import dev.longshore.api.policy.v1.Eviction;

/** The subresources whose message is another kind than the object's. */
final class Subresources {
    private final RegistryParts parts;
    private final Update update;
    private final Removal removal;
    private final Scales scales;

    Subresources(RegistryParts parts, Update update, Removal removal) {
        this.parts = parts;
        this.update = update;
        this.removal = removal;
        this.scales = new Scales(parts, update);
    }

    Message get(ResourceType<?> type, ObjectKey key, String subresource) {
        if (served(type, subresource) && subresource.equals("scale")) {
            return scales.get(type, key);
        }
        throw notServed();
    }

    Message write(ResourceType<?> type, ObjectKey key, String subresource, Message body, WriteContext context) {
        if (!served(type, subresource)) {
            throw notServed();
        }
        return switch (body) {
            case Scale scale when subresource.equals("scale") -> scales.replace(type, key, scale, context);
            case Binding binding when subresource.equals("binding") -> bind(key, binding, context);
            case Eviction eviction when subresource.equals("eviction") -> evict(key, eviction, context);
            case Namespace namespace when subresource.equals("finalize") -> update.change(ResourceTypes.NAMESPACES,
                    key, "finalize", _ -> namespace, context);
            default -> throw ApiException.badRequest("the body is no object of the subresource " + subresource);
        };
    }

    Message patch(ResourceType<?> type, ObjectKey key, String subresource, PatchRequest patch, WriteContext context) {
        if (served(type, subresource) && subresource.equals("scale")) {
            Patching<Scale> patching = new Patching<>(Scale.getDefaultInstance(), patch, context);
            Message result = scales.change(type, key, patching::apply, context);
            patching.warn();
            return result;
        }
        throw notServed();
    }

    private boolean served(ResourceType<?> type, String subresource) {
        return parts.resources().of(type).subresources().contains(subresource);
    }

    private static ApiException notServed() {
        return ApiException.of(Reason.NOT_FOUND, "the server could not find the requested resource");
    }

    private Message bind(ObjectKey key, Binding binding, WriteContext context) {
        PodBinding decision = new PodBinding(binding, parts.clock().now());
        update.change(ResourceTypes.PODS, key, PodBinding.SUBRESOURCE, decision::apply, context);
        return success();
    }

    private Message evict(ObjectKey key, Eviction eviction, WriteContext context) {
        DeleteOptions options = eviction.getDeleteOptions();
        removal.delete(ResourceTypes.PODS, key, options, context);
        return success();
    }

    private static Status success() {
        return Status.newBuilder().setStatus("Success").setCode(201).build();
    }
}
