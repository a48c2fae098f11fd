package dev.longshore.api;

import com.google.protobuf.Message;
import dev.longshore.api.meta.v1.ListMeta;
import dev.longshore.api.meta.v1.ObjectMeta;
import dev.longshore.api.options.OptionsProto;
import dev.longshore.api.options.Resource;
import java.util.List;
import java.util.Optional;

/**
 * A resource of the API: its group, version and names, and the messages that carry one object and a list of them.
 * Everything is read from the options of the message; see {@link ResourceTypes} for the instances.
 *
 * @param <T> the message of one object
 */
public final class ResourceType<T extends Message> {
    private final String group;
    private final String version;
    private final Resource names;
    private final T prototype;
    private final Message listPrototype;
    /** Made when first used: it loads classes that few of the resources need at start. */
    private volatile Optional<MetadataAccess> metadata = Optional.empty();

    ResourceType(String group, String version, T prototype, Message listPrototype) {
        this.group = group;
        this.version = version;
        this.names = prototype.getDescriptorForType().getOptions().getExtension(OptionsProto.resource);
        this.prototype = prototype;
        this.listPrototype = listPrototype;
    }

    /** "" for core/v1. */
    public String group() {
        return group;
    }

    public String version() {
        return version;
    }

    /** {@code v1} or {@code apps/v1}, as in {@code apiVersion}. */
    public String apiVersion() {
        return group.isEmpty() ? version : group + "/" + version;
    }

    public String kind() {
        return prototype.getDescriptorForType().getName();
    }

    public String listKind() {
        return kind() + "List";
    }

    /** The name in paths: {@code deployments}. */
    public String plural() {
        return names.getPlural();
    }

    public String singular() {
        return names.getSingular();
    }

    public boolean namespaced() {
        return names.getNamespaced();
    }

    public List<String> shortNames() {
        return names.getShortNamesList();
    }

    public List<String> categories() {
        return names.getCategoriesList();
    }

    /** {@code deployments.apps}; {@code pods} in the core group. */
    public String qualifiedName() {
        return group.isEmpty() ? plural() : plural() + "." + group;
    }

    /** {@code Deployment.apps}; {@code Pod} in the core group. */
    public String qualifiedKind() {
        return group.isEmpty() ? kind() : kind() + "." + group;
    }

    /** An object without fields. */
    public T prototype() {
        return prototype;
    }

    /** The list message without items. */
    public Message listPrototype() {
        return listPrototype;
    }

    public ObjectMeta meta(T object) {
        return metadata().get(object);
    }

    @SuppressWarnings("unchecked")
    public T withMeta(T object, ObjectMeta meta) {
        Message.Builder changed = object.toBuilder();
        metadata().set(changed, meta);
        return (T) changed.build();
    }

    private MetadataAccess metadata() {
        Optional<MetadataAccess> known = metadata;
        if (known.isPresent()) {
            return known.get();
        }
        MetadataAccess access = new MetadataAccess(prototype);
        metadata = Optional.of(access);
        return access;
    }

    public ObjectKey key(T object) {
        ObjectMeta meta = meta(object);
        return new ObjectKey(meta.getNamespace(), meta.getName());
    }

    /** The message of type {@code T}. Fails with ClassCastException for another kind's message. */
    @SuppressWarnings("unchecked")
    public T cast(Message object) {
        return (T) prototype.getClass().cast(object);
    }

    /** A list message of {@code items} in their order. */
    public Message list(ListMeta meta, List<T> items) {
        var descriptor = listPrototype.getDescriptorForType();
        var builder = listPrototype.newBuilderForType().setField(descriptor.findFieldByName("metadata"), meta);
        var field = descriptor.findFieldByName("items");
        items.forEach(item -> builder.addRepeatedField(field, item));
        return builder.build();
    }

    @Override
    public String toString() {
        return qualifiedName() + "/" + version;
    }
}
