package dev.longshore.apiserver.registry;

import com.google.protobuf.Message;
import dev.longshore.api.ApiException;
import dev.longshore.api.ObjectKey;
import dev.longshore.api.Reason;
import dev.longshore.api.ResourceType;
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
import java.util.function.UnaryOperator;

/**
 * Changes objects: reads the stored one, works out the new one, checks it, writes it if nobody was faster, and else
 * starts again unless the request named a version.
 */
final class Update {
    /** Attempts of a change without a version before it fails with CONFLICT (Kubernetes API, patch: 5 retries). */
    static final int ATTEMPTS = 6;

    private static final String NO_VERSION_TEXT = "must be specified for an update";

    private final RegistryParts parts;
    private final Creation creation;

    Update(RegistryParts parts, Creation creation) {
        this.parts = parts;
        this.creation = creation;
    }

    <T extends Message> T replace(ResourceType<T> type, ObjectKey key, String subresource, T sent,
            WriteContext context) {
        ResourceStrategy<T> strategy = parts.resources().of(type);
        requireSubresource(strategy, subresource);
        if (type.meta(sent).getName().isEmpty()) {
            throw ApiException.badRequest("the name of the object (" + key.name()
                    + " based on URL) was undeterminable: name must be provided");
        }
        T named = Metadata.under(type, key, sent);
        Optional<Stored<T>> present = parts.storage().get(type, key);
        if (present.isEmpty() && subresource.isEmpty() && strategy.allowsCreateOnUpdate()) {
            return createInstead(type, named, context);
        }
        if (!Metadata.hasVersion(type.meta(named)) && !strategy.allowsUnconditionalUpdate()) {
            Causes causes = new Causes();
            causes.invalid("metadata.resourceVersion", 0, NO_VERSION_TEXT);
            throw ApiException.invalid(type, key.name(), causes.list());
        }
        return change(type, key, subresource, _ -> named, context);
    }

    private <T extends Message> T createInstead(ResourceType<T> type, T object, WriteContext context) {
        ObjectMeta meta = type.meta(object);
        if (!meta.getUid().isEmpty()) {
            throw ApiException.conflict(type, meta.getName(), uidMismatch(meta.getUid(), ""));
        }
        T created = type.withMeta(object, meta.toBuilder().clearResourceVersion().build());
        return creation.create(type, Canonical.normalise(created), context);
    }

    private static void requireSubresource(ResourceStrategy<?> strategy, String subresource) {
        if (!subresource.isEmpty() && !strategy.subresources().contains(subresource)) {
            throw ApiException.of(Reason.NOT_FOUND, "the server could not find the requested resource");
        }
    }

    /**
     * Applies a change to the stored object.
     *
     * @param change answers the wanted object; may run several times, each time on the then stored one
     */
    <T extends Message> T change(ResourceType<T> type, ObjectKey key, String subresource, UnaryOperator<T> change,
            WriteContext context) {
        ResourceStrategy<T> strategy = parts.resources().of(type);
        requireSubresource(strategy, subresource);
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Stored<T> stored = parts.storage().get(type, key)
                    .orElseThrow(() -> ApiException.notFound(type, key.name()));
            Checked<T> checked = check(strategy, subresource, change, stored, context);
            Optional<T> written = write(type, checked.next(), stored, context);
            if (written.isPresent()) {
                strategy.warnings(checked.wanted()).forEach(context.warnings());
                return written.get();
            }
        }
        throw ApiException.modified(type, key.name());
    }

    /** The object as it was asked for, and as it is to be stored. */
    private record Checked<T extends Message>(T wanted, T next) {}

    /** What a change makes of the stored object: prepared, admitted and valid, but not written. */
    private <T extends Message> Checked<T> check(ResourceStrategy<T> strategy, String subresource,
            UnaryOperator<T> change,
            Stored<T> stored, WriteContext context) {
        ResourceType<T> type = strategy.type();
        T sent = Metadata.under(type, type.key(stored.object()), change.apply(stored.object()));
        requirePreconditions(type, sent, stored.object());
        T wanted = Canonical.normalise(sent);
        return new Checked<>(wanted, next(strategy, subresource, wanted, stored.object(), context));
    }

    private static <T extends Message> void requirePreconditions(ResourceType<T> type, T wanted, T stored) {
        ObjectMeta sent = type.meta(wanted);
        ObjectMeta present = type.meta(stored);
        if (!sent.getUid().isEmpty() && !sent.getUid().equals(present.getUid())) {
            throw ApiException.conflict(type, present.getName(), uidMismatch(sent.getUid(), present.getUid()));
        }
        if (Metadata.hasVersion(sent)
                && !sent.getResourceVersion().equals(present.getResourceVersion())) {
            throw ApiException.modified(type, present.getName());
        }
    }

    static String uidMismatch(String expected, String present) {
        return "Precondition failed: UID in precondition: " + expected + ", UID in object meta: " + present;
    }

    private <T extends Message> T next(ResourceStrategy<T> strategy, String subresource, T wanted, T stored,
            WriteContext context) {
        ResourceType<T> type = strategy.type();
        T object = strategy.defaults(wanted);
        object = type.withMeta(object, Metadata.ofUpdate(type.meta(object), type.meta(stored)));
        object = strategy.prepareForUpdate(object, stored, subresource);
        AdmissionRequest request = new AdmissionRequest(type, type.key(stored), Operation.UPDATE, subresource,
                context.user());
        object = Canonical.normalise(parts.admission().mutate(type, request, object));
        if (strategy.countsGenerations() && strategy.specificationDiffers(object, stored)) {
            object = Metadata.nextGeneration(type, object);
        }
        List<StatusCause> causes = new ArrayList<>(MetadataRules.validateUpdate(strategy, object, stored));
        causes.addAll(strategy.validateUpdate(object, stored, subresource));
        if (!causes.isEmpty()) {
            throw ApiException.invalid(type, type.meta(stored).getName(), causes);
        }
        parts.admission().validate(request, object);
        return object;
    }

    /** Empty when somebody else was faster. */
    private <T extends Message> Optional<T> write(ResourceType<T> type, T next, Stored<T> stored,
            WriteContext context) {
        if (next.equals(stored.object())) {
            return Optional.of(stored.object());
        }
        if (context.dryRun()) {
            return Optional.of(parts.services().preview(type, next));
        }
        if (Deletions.isFinished(parts.resources().of(type), next)) {
            return parts.storage().delete(type, type.key(next), stored.revision()).stream().boxed().findFirst()
                    .map(revision -> deleted(type, next, revision));
        }
        ServiceAllocator.Assignment<T> assigned = parts.services().assign(type, next, Optional.of(stored.object()));
        boolean written = false;
        try {
            Optional<T> replaced = parts.storage().replace(type, assigned.object(), stored.revision())
                    .map(Stored::object);
            written = replaced.isPresent();
            return replaced;
        } finally {
            assigned.finish(written);
        }
    }

    private <T extends Message> T deleted(ResourceType<T> type, T object, long revision) {
        parts.services().release(type, object);
        return ObjectCodec.withVersion(type, object, Long.toString(revision));
    }
}
