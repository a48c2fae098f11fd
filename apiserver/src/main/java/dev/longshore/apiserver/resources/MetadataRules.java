package dev.longshore.apiserver.resources;

import com.google.protobuf.Message;
import dev.longshore.api.meta.v1.ObjectMeta;
import dev.longshore.api.meta.v1.OwnerReference;
import dev.longshore.api.meta.v1.StatusCause;
import dev.longshore.api.values.Names;
import dev.longshore.api.values.Times;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Checks the metadata of every kind (source: Kubernetes API, object metadata). */
public final class MetadataRules {
    /** Keys and values of all annotations together. */
    private static final int MAX_ANNOTATION_BYTES = 256 * 1024;

    private static final Set<String> STANDARD_FINALIZERS = Set.of("orphan", "foregroundDeletion", "kubernetes");
    private static final String LABELS = "metadata.labels";
    private static final String OWNERS = "metadata.ownerReferences";
    private static final String IMMUTABLE = "field is immutable";
    private static final String FINALIZERS = "metadata.finalizers";

    private MetadataRules() {
    }

    public static <T extends Message> List<StatusCause> validate(ResourceStrategy<T> strategy, T object) {
        ObjectMeta meta = strategy.type().meta(object);
        Causes causes = new Causes();
        if (!meta.getGenerateName().isEmpty()) {
            name(strategy.nameRule(), Names.ofPrefix(meta.getGenerateName()))
                    .forEach(problem -> causes.invalid("metadata.generateName", meta.getGenerateName(), problem));
        }
        if (meta.getName().isEmpty()) {
            causes.required("metadata.name", "name or generateName is required");
        } else {
            name(strategy.nameRule(), meta.getName())
                    .forEach(problem -> causes.invalid("metadata.name", meta.getName(), problem));
        }
        if (strategy.type().namespaced()) {
            Names.dns1123Label(meta.getNamespace())
                    .forEach(problem -> causes.invalid("metadata.namespace", meta.getNamespace(), problem));
        }
        Checks.notNegative("metadata.generation", meta.getGeneration(), causes);
        labels(LABELS, meta.getLabelsMap(), causes);
        annotations("metadata.annotations", meta.getAnnotationsMap(), causes);
        owners(meta.getOwnerReferencesList(), causes);
        finalizers(meta.getFinalizersList(), causes);
        return causes.list();
    }

    private static List<String> name(NameRule rule, String name) {
        return switch (rule) {
            case SUBDOMAIN -> Names.dns1123Subdomain(name);
            case LABEL -> Names.dns1123Label(name);
            case LABEL_1035 -> Names.dns1035Label(name);
            case PATH_SEGMENT -> Names.pathSegment(name);
        };
    }

    static void labels(String field, Map<String, String> labels, Causes causes) {
        labels.forEach((key, value) -> {
            Checks.labelKey(field, key, causes);
            Names.labelValue(value).forEach(problem -> causes.invalid(field, value, problem));
        });
    }

    static void annotations(String field, Map<String, String> annotations, Causes causes) {
        int bytes = 0;
        for (Map.Entry<String, String> annotation : annotations.entrySet()) {
            Checks.labelKey(field, annotation.getKey().toLowerCase(Locale.ROOT), causes);
            bytes += annotation.getKey().getBytes(StandardCharsets.UTF_8).length
                    + annotation.getValue().getBytes(StandardCharsets.UTF_8).length;
        }
        if (bytes > MAX_ANNOTATION_BYTES) {
            causes.tooLong(field, MAX_ANNOTATION_BYTES);
        }
    }

    private static void owners(List<OwnerReference> owners, Causes causes) {
        for (OwnerReference owner : owners) {
            if (owner.getApiVersion().isEmpty()) {
                causes.invalid(OWNERS + ".apiVersion", owner.getApiVersion(), "version must not be empty");
            }
            if (owner.getKind().isEmpty()) {
                causes.invalid(OWNERS + ".kind", owner.getKind(), "kind must not be empty");
            }
            if (owner.getName().isEmpty()) {
                causes.invalid(OWNERS + ".name", owner.getName(), "name must not be empty");
            }
            if (owner.getUid().isEmpty()) {
                causes.invalid(OWNERS + ".uid", owner.getUid(), "uid must not be empty");
            }
            if (owner.getApiVersion().equals("v1") && owner.getKind().equals("Event")) {
                causes.invalid(OWNERS, owner.getName(), "/v1, Kind=Event is disallowed from being an owner");
            }
        }
        List<OwnerReference> controllers = owners.stream().filter(OwnerReference::getController).toList();
        if (controllers.size() > 1) {
            causes.invalid(OWNERS, controllers.get(1).getName(),
                    "Only one reference can have Controller set to true. Found \"true\" in references for "
                            + controllers.get(0).getKind() + "/" + controllers.get(0).getName() + " and "
                            + controllers.get(1).getKind() + "/" + controllers.get(1).getName());
        }
    }

    private static void finalizers(List<String> finalizers, Causes causes) {
        for (int i = 0; i < finalizers.size(); i++) {
            String finalizer = finalizers.get(i);
            Checks.qualifiedName(FINALIZERS, finalizer, causes);
            if (!finalizer.contains("/") && !STANDARD_FINALIZERS.contains(finalizer)) {
                causes.invalid(FINALIZERS + "[" + i + "]", finalizer,
                        "name is neither a standard finalizer name nor is it fully qualified");
            }
        }
        if (finalizers.contains("orphan") && finalizers.contains("foregroundDeletion")) {
            causes.invalid(FINALIZERS, String.join(",", finalizers),
                    "finalizer orphan and foregroundDeletion cannot be both set");
        }
    }

    public static <T extends Message> List<StatusCause> validateUpdate(ResourceStrategy<T> strategy, T object,
            T stored) {
        Causes causes = new Causes();
        causes.addAll(validate(strategy, object));
        ObjectMeta meta = strategy.type().meta(object);
        ObjectMeta before = strategy.type().meta(stored);
        List<String> added = meta.getFinalizersList().stream()
                .filter(finalizer -> !before.getFinalizersList().contains(finalizer)).toList();
        checkDeletion(meta, before, causes);
        if (before.hasDeletionTimestamp() && !added.isEmpty()) {
            causes.forbidden(FINALIZERS, "no new finalizers can be added if the object is being deleted, found new"
                    + " finalizers " + added);
        }
        return causes.list();
    }

    /** Only a deletion marks an object as being deleted. */
    private static void checkDeletion(ObjectMeta meta, ObjectMeta stored, Causes causes) {
        if (meta.hasDeletionTimestamp() && !meta.getDeletionTimestamp().equals(stored.getDeletionTimestamp())) {
            causes.invalid("metadata.deletionTimestamp", Times.format(meta.getDeletionTimestamp().getSeconds()),
                    IMMUTABLE);
        }
        boolean sameGrace = meta.hasDeletionGracePeriodSeconds() == stored.hasDeletionGracePeriodSeconds()
                && meta.getDeletionGracePeriodSeconds() == stored.getDeletionGracePeriodSeconds();
        if (!sameGrace) {
            causes.invalid("metadata.deletionGracePeriodSeconds", meta.getDeletionGracePeriodSeconds(), IMMUTABLE);
        }
    }
}
