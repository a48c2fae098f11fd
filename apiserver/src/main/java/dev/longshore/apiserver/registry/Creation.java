package dev.longshore.apiserver.registry;

import com.google.protobuf.Message;
import dev.longshore.api.ApiException;
import dev.longshore.api.ObjectKey;
import dev.longshore.api.ResourceType;
import dev.longshore.api.ResourceTypes;
import dev.longshore.api.json.Canonical;
import dev.longshore.api.meta.v1.ObjectMeta;
import dev.longshore.api.meta.v1.StatusCause;
import dev.longshore.apiserver.admission.AdmissionRequest;
import dev.longshore.apiserver.admission.AdmissionRequest.Operation;
import dev.longshore.apiserver.allocation.ServiceAllocator;
import dev.longshore.apiserver.resources.Causes;
import dev.longshore.apiserver.resources.MetadataRules;
import dev.longshore.apiserver.resources.ResourceStrategy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Creates objects: names, admission, checks, the write. */
final class Creation {
    /** Names tried for one generateName before the create fails with ALREADY_EXISTS (Kubernetes API: 8). */
    private static final int GENERATED_NAMES = 8;

    private final RegistryParts parts;

    Creation(RegistryParts parts) {
        this.parts = parts;
    }

    <T extends Message> T create(ResourceType<T> type, T sent, WriteContext context) {
        ObjectMeta meta = type.meta(sent);
        if (meta.getGeneration() < 0) {
            Causes causes = new Causes();
            causes.invalid("metadata.generation", meta.getGeneration(), "must be greater than or equal to 0");
            throw ApiException.invalid(type, meta.getName(), causes.list());
        }
        if (!meta.getResourceVersion().isEmpty()) {
            throw ApiException.badRequest("resourceVersion should not be set on objects to be created");
        }
        if (type.namespaced() && meta.getNamespace().isEmpty()) {
            throw ApiException.badRequest("an empty namespace may not be set during creation");
        }
        boolean generated = meta.getName().isEmpty() && !meta.getGenerateName().isEmpty();
        int attempts = generated ? GENERATED_NAMES : 1;
        for (int attempt = 0; attempt < attempts; attempt++) {
            Optional<T> created = attempt(type, sent, generated, context);
            if (created.isPresent()) {
                return created.get();
            }
        }
        throw ApiException.alreadyExists(type, generated ? meta.getGenerateName() : meta.getName());
    }

    /** Empty when the name is taken. */
    private <T extends Message> Optional<T> attempt(ResourceType<T> type, T sent, boolean generated,
            WriteContext context) {
        ResourceStrategy<T> strategy = parts.resources().of(type);
        T wanted = Canonical.normalise(sent);
        T object = strategy.defaults(wanted);
        ObjectMeta meta = Metadata.ofNew(type.meta(object), strategy.countsGenerations(), parts.clock().now(),
                parts.randomness());
        if (!type.namespaced()) {
            meta = meta.toBuilder().clearNamespace().build();
        }
        if (generated) {
            meta = meta.toBuilder().setName(Metadata.generate(meta.getGenerateName(), parts.randomness())).build();
        }
        object = type.withMeta(object, meta);
        AdmissionRequest request = new AdmissionRequest(type, new ObjectKey(meta.getNamespace(), meta.getName()),
                Operation.CREATE, "", context.user());
        object = strategy.prepareForCreate(parts.admission().mutate(type, request, object));
        check(strategy, object);
        parts.admission().validate(request, object);
        strategy.warnings(wanted).forEach(context.warnings());
        return store(type, Canonical.normalise(object), context);
    }

    private static <T extends Message> void check(ResourceStrategy<T> strategy, T object) {
        List<StatusCause> causes = new ArrayList<>(MetadataRules.validate(strategy, object));
        causes.addAll(strategy.validate(object));
        if (!causes.isEmpty()) {
            throw ApiException.invalid(strategy.type(), strategy.type().meta(object).getName(), causes);
        }
    }

    private <T extends Message> Optional<T> store(ResourceType<T> type, T object, WriteContext context) {
        if (context.dryRun()) {
            return parts.storage().get(type, type.key(object)).isPresent()
                    ? Optional.empty()
                    : Optional.of(parts.services().preview(type, object));
        }
        if (type == ResourceTypes.SERVICES && parts.storage().get(type, type.key(object)).isPresent()) {
            return Optional.empty(); // before addresses are claimed, so that the answer is not about those
        }
        ServiceAllocator.Assignment<T> assigned = parts.services().assign(type, object, Optional.empty());
        boolean written = false;
        try {
            Optional<T> created = parts.storage().create(type, assigned.object()).map(Stored::object);
            written = created.isPresent();
            return created;
        } finally {
            assigned.finish(written);
        }
    }
}
