package dev.longshore.api;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Message;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * How an object names its own type: {@code v1} and {@code Pod}. Both are "" where the object does not say.
 */
public record TypeMeta(String apiVersion, String kind) {
    public static final TypeMeta NONE = new TypeMeta("", "");

    private static final String META_PACKAGE = "k8s.io.apimachinery.pkg.apis.meta.v1";

    public boolean isEmpty() {
        return apiVersion.isEmpty() && kind.isEmpty();
    }

    /** {@code apps} for {@code apps/v1}, "" for {@code v1}. */
    public String group() {
        int slash = apiVersion.indexOf('/');
        return slash < 0 ? "" : apiVersion.substring(0, slash);
    }

    public String version() {
        return apiVersion.substring(apiVersion.indexOf('/') + 1);
    }

    public static TypeMeta of(ResourceType<?> type) {
        return new TypeMeta(type.apiVersion(), type.kind());
    }

    public static TypeMeta listOf(ResourceType<?> type) {
        return new TypeMeta(type.apiVersion(), type.listKind());
    }

    /**
     * The type that a message has when it stands alone. Kinds that several groups share ({@code DeleteOptions},
     * {@code WatchEvent}) get {@code v1}. {@link #NONE} for messages of packages that carry no API version.
     */
    public static TypeMeta of(Message object) {
        return of(object.getDescriptorForType());
    }

    /** As {@link #of(Message)}. */
    public static TypeMeta of(Descriptor descriptor) {
        String apiVersion = descriptor.getFile().getPackage().equals(META_PACKAGE)
                && descriptor.getName().startsWith("PartialObjectMetadata")
                        ? "meta.k8s.io/v1"
                        : Names.API_VERSIONS.getOrDefault(descriptor.getFile().getPackage(), "");
        return apiVersion.isEmpty() ? NONE : new TypeMeta(apiVersion, descriptor.getName());
    }

    /** Whether messages of this type are kinds or lists of kinds, so that their JSON may carry a type of its own. */
    public static boolean isKind(Descriptor descriptor) {
        return Names.KINDS.contains(descriptor.getFullName());
    }

    @Override
    public String toString() {
        return apiVersion + " " + kind;
    }

    /** Filled from {@link ResourceTypes} when first used. */
    private static final class Names {
        static final Map<String, String> API_VERSIONS = new HashMap<>();
        static final Set<String> KINDS = new HashSet<>();

        static {
            for (ResourceType<?> type : ResourceTypes.all()) {
                Descriptor descriptor = type.prototype().getDescriptorForType();
                API_VERSIONS.put(descriptor.getFile().getPackage(), type.apiVersion());
                KINDS.add(descriptor.getFullName());
                KINDS.add(type.listPrototype().getDescriptorForType().getFullName());
            }
            API_VERSIONS.put(META_PACKAGE, "v1");
            API_VERSIONS.put("k8s.io.api.admission.v1", "admission.k8s.io/v1");
            API_VERSIONS.put("k8s.io.api.authentication.v1", "authentication.k8s.io/v1");
            API_VERSIONS.put("k8s.io.api.authorization.v1", "authorization.k8s.io/v1");
            API_VERSIONS.put("k8s.io.metrics.pkg.apis.metrics.v1beta1", "metrics.k8s.io/v1beta1");
            KINDS.add(META_PACKAGE + ".Status");
            KINDS.add(META_PACKAGE + ".PartialObjectMetadata");
            KINDS.add(META_PACKAGE + ".PartialObjectMetadataList");
        }

        private Names() {
        }
    }
}
