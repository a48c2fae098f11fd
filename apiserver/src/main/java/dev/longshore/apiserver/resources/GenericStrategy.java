package dev.longshore.apiserver.resources;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.longshore.api.ResourceType;
import dev.longshore.api.meta.v1.StatusCause;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The rules that hold for every kind unless its own strategy overrides them: a status that only the status subresource
 * changes, defaults and required fields from the options of the message, generation counted for kinds with a
 * specification.
 */
public class GenericStrategy<T extends Message> implements ResourceStrategy<T> {
    /** Kinds with a specification whose generation is not counted (source: recorded answers, Kubernetes 1.32). */
    private static final Set<String> WITHOUT_GENERATION = Set.of("Pod", "Service", "Namespace", "Node", "Lease",
            "ResourceQuota", "LimitRange", "PersistentVolume", "PersistentVolumeClaim", "HorizontalPodAutoscaler",
            "CertificateSigningRequest", "CSIDriver", "CSINode", "VolumeAttachment", "APIService");

    /** Kinds without a {@code spec} whose generation is counted all the same (source: as above). */
    private static final Set<String> WITH_GENERATION = Set.of("EndpointSlice", "MutatingWebhookConfiguration",
            "PodTemplate", "PriorityClass", "ValidatingWebhookConfiguration");

    /** Kinds that must be updated with a resourceVersion (source: Kubernetes API, update rules). */
    private static final Set<String> CONDITIONAL_UPDATE = Set.of("PodDisruptionBudget", "Lease", "RuntimeClass",
            "CSIDriver", "CSINode", "CSIStorageCapacity", "VolumeAttachment", "MutatingWebhookConfiguration",
            "ValidatingWebhookConfiguration", "ValidatingAdmissionPolicy", "ValidatingAdmissionPolicyBinding");

    /** Kinds that an update creates (source: as above). */
    private static final Set<String> CREATED_ON_UPDATE = Set.of("RuntimeClass", "Role", "ClusterRole", "RoleBinding",
            "ClusterRoleBinding", "Lease", "LimitRange", "Event", "Service", "Endpoints");

    private static final Set<String> PATH_NAMES = Set.of("Role", "ClusterRole", "RoleBinding", "ClusterRoleBinding");

    /** Kinds whose number of replicas is a subresource. */
    private static final Set<String> SCALED = Set.of("Deployment", "ReplicaSet", "StatefulSet",
            "ReplicationController");

    private final ResourceType<T> type;
    private final Optional<FieldDescriptor> status;
    private final FieldDescriptor metadata;
    private final boolean countsGenerations;

    public GenericStrategy(ResourceType<T> type) {
        this.type = type;
        var descriptor = type.prototype().getDescriptorForType();
        this.status = Optional.ofNullable(descriptor.findFieldByName("status"));
        this.metadata = descriptor.findFieldByName("metadata");
        this.countsGenerations = descriptor.findFieldByName("spec") == null
                ? WITH_GENERATION.contains(type.kind())
                : !WITHOUT_GENERATION.contains(type.kind());
    }

    @Override
    public final ResourceType<T> type() {
        return type;
    }

    @Override
    public Set<String> subresources() {
        return SCALED.contains(type.kind())
                ? Set.of("status", "scale")
                : status.isPresent() ? Set.of("status") : Set.of();
    }

    @Override
    public NameRule nameRule() {
        return PATH_NAMES.contains(type.kind()) ? NameRule.PATH_SEGMENT : NameRule.SUBDOMAIN;
    }

    @Override
    public boolean countsGenerations() {
        return countsGenerations;
    }

    @Override
    public boolean allowsUnconditionalUpdate() {
        return !CONDITIONAL_UPDATE.contains(type.kind());
    }

    @Override
    public boolean allowsCreateOnUpdate() {
        return CREATED_ON_UPDATE.contains(type.kind());
    }

    @Override
    public T defaults(T object) {
        return OptionDefaults.fill(object);
    }

    @Override
    public T prepareForCreate(T object) {
        return type.cast(status.<Message>map(field -> object.toBuilder().clearField(field).build()).orElse(object));
    }

    @Override
    public T prepareForUpdate(T object, T stored, String subresource) {
        if (status.isEmpty()) {
            return object;
        }
        return subresource.equals("status")
                ? withField(type.withMeta(stored, type.meta(object)), status.get(), object)
                : withField(object, status.get(), stored);
    }

    /** {@code object} with the value that this field has in {@code source}. */
    protected final T withField(T object, FieldDescriptor field, T source) {
        Message.Builder builder = object.toBuilder();
        if (field.isRepeated() ? source.getRepeatedFieldCount(field) > 0 : source.hasField(field)) {
            builder.setField(field, source.getField(field));
        } else {
            builder.clearField(field);
        }
        return type.cast(builder.build());
    }

    /** Whether anything besides metadata and status differs. */
    @Override
    public boolean specificationDiffers(T object, T other) {
        return !specification(object).equals(specification(other));
    }

    private Message specification(T object) {
        Message.Builder builder = object.toBuilder().clearField(metadata);
        status.ifPresent(builder::clearField);
        return builder.build();
    }

    @Override
    public List<StatusCause> validate(T object) {
        Causes causes = new Causes();
        OptionRules.check("", object, causes);
        return causes.list();
    }

    @Override
    public List<StatusCause> validateUpdate(T object, T stored, String subresource) {
        return subresource.equals("status") ? List.of() : validate(object);
    }

    @Override
    public List<String> warnings(T object) {
        return List.of();
    }

    @Override
    public Map<String, String> selectableFields(T object) {
        return Map.of();
    }

    @Override
    public OptionalLong gracePeriodSeconds(T object, OptionalLong requestedSeconds) {
        return OptionalLong.empty();
    }

    @Override
    public boolean isHeld(T object) {
        return false;
    }

    @Override
    public T whenMarked(T object) {
        return object;
    }

    @Override
    public boolean orphansByDefault() {
        return type.qualifiedName().equals("jobs.batch") || type.qualifiedName().equals("replicationcontrollers");
    }
}
