package dev.longshore.apiserver.admission;

import com.google.protobuf.Message;
import dev.longshore.api.ApiException;
import dev.longshore.api.ObjectKey;
import dev.longshore.api.Reason;
import dev.longshore.api.ResourceTypes;
import dev.longshore.api.core.v1.Namespace;
import dev.longshore.api.meta.v1.StatusCause;
import dev.longshore.api.meta.v1.StatusDetails;
import dev.longshore.apiserver.admission.AdmissionRequest.Operation;
import java.util.Set;

/**
 * Objects are created only in namespaces that exist and are not being deleted; the namespaces every cluster needs are
 * not deleted (source: Kubernetes API, admission NamespaceLifecycle).
 */
final class NamespaceLifecycle implements AdmissionStep {
    private static final Set<String> IMMORTAL = Set.of("default", "kube-system", "kube-public");

    private final ObjectReader reader;

    NamespaceLifecycle(ObjectReader reader) {
        this.reader = reader;
    }

    @Override
    public Message mutate(AdmissionRequest request, Message object) {
        if (request.operation() == Operation.CREATE && request.type().namespaced()
                && request.subresource().isEmpty()) {
            requireActive(request);
        }
        return object;
    }

    private void requireActive(AdmissionRequest request) {
        String name = request.key().namespace();
        ObjectKey key = ObjectKey.cluster(name);
        if (reader.recent(ResourceTypes.NAMESPACES, key).filter(NamespaceLifecycle::isActive).isPresent()) {
            return;
        }
        Namespace namespace = reader.find(ResourceTypes.NAMESPACES, key)
                .orElseThrow(() -> ApiException.notFound(ResourceTypes.NAMESPACES, name));
        if (!isActive(namespace)) {
            throw terminating(request, name);
        }
    }

    private static boolean isActive(Namespace namespace) {
        return !namespace.getMetadata().hasDeletionTimestamp();
    }

    private static ApiException terminating(AdmissionRequest request, String namespace) {
        String object = request.key().name();
        String why = "unable to create new content in namespace " + namespace + " because it is being terminated";
        StatusDetails details = StatusDetails.newBuilder().setName(object).setGroup(request.type().group())
                .setKind(request.type().plural())
                .addCauses(StatusCause.newBuilder().setReason("NamespaceTerminating")
                        .setMessage("namespace " + namespace + " is being terminated").setField("metadata.namespace"))
                .build();
        return ApiException.of(Reason.FORBIDDEN,
                request.type().qualifiedName() + " \"" + object + "\" is forbidden: " + why, details);
    }

    @Override
    public void validate(AdmissionRequest request, Message object) {
        if (request.operation() == Operation.DELETE && request.type() == ResourceTypes.NAMESPACES
                && IMMORTAL.contains(request.key().name())) {
            throw ApiException.forbidden(request.type(), request.key().name(), "this namespace may not be deleted");
        }
    }
}
