package dev.longshore.apiserver.registry;

import com.google.protobuf.Message;
import dev.longshore.api.ApiException;
import dev.longshore.api.ObjectKey;
import dev.longshore.api.ResourceType;
import dev.longshore.api.meta.v1.DeleteOptions;
import dev.longshore.api.meta.v1.ObjectMeta;
import dev.longshore.api.meta.v1.Preconditions;
import dev.longshore.apiserver.admission.AdmissionRequest;
import dev.longshore.apiserver.admission.AdmissionRequest.Operation;
import dev.longshore.apiserver.resources.Causes;
import dev.longshore.client.Deletion;
import java.util.List;
import java.util.Optional;

/** Carries out deletions as {@link Deletions} decides them. */
final class Removal {
    private static final List<String> POLICIES = List.of("Background", "Foreground", "Orphan");

    private final RegistryParts parts;

    Removal(RegistryParts parts) {
        this.parts = parts;
    }

    <T extends Message> Deletion<T> delete(ResourceType<T> type, ObjectKey key, DeleteOptions options,
            WriteContext context) {
        check(options);
        for (int attempt = 0; attempt < Update.ATTEMPTS; attempt++) {
            Stored<T> stored = parts.storage().get(type, key)
                    .orElseThrow(() -> ApiException.notFound(type, key.name()));
            requirePreconditions(type, stored.object(), options.getPreconditions());
            parts.admission().validate(
                    new AdmissionRequest(type, key, Operation.DELETE, "", context.user()), stored.object());
            Optional<Deletion<T>> done = carryOut(type, stored, options, context);
            if (done.isPresent()) {
                return done.get();
            }
        }
        throw ApiException.modified(type, key.name());
    }

    private static void check(DeleteOptions options) {
        Causes causes = new Causes();
        if (options.hasPropagationPolicy() && options.hasOrphanDependents()) {
            causes.invalid("propagationPolicy", options.getPropagationPolicy(),
                    "orphanDependents and deletionPropagation cannot be both set");
        }
        if (options.hasPropagationPolicy() && !POLICIES.contains(options.getPropagationPolicy())) {
            causes.notSupported("propagationPolicy", options.getPropagationPolicy(), POLICIES);
        }
        if (!causes.list().isEmpty()) {
            throw RefusedOptions.of("DeleteOptions.meta.k8s.io", causes.list());
        }
    }

    private static <T extends Message> void requirePreconditions(ResourceType<T> type, T stored,
            Preconditions preconditions) {
        ObjectMeta meta = type.meta(stored);
        if (preconditions.hasUid() && !preconditions.getUid().equals(meta.getUid())) {
            throw ApiException.conflict(type, meta.getName(),
                    Update.uidMismatch(preconditions.getUid(), meta.getUid()));
        }
        if (preconditions.hasResourceVersion()
                && !preconditions.getResourceVersion().equals(meta.getResourceVersion())) {
            throw ApiException.conflict(type, meta.getName(), "Precondition failed: ResourceVersion in precondition: "
                    + preconditions.getResourceVersion() + ", ResourceVersion in object meta: "
                    + meta.getResourceVersion());
        }
    }

    /** Empty when the object changed meanwhile. */
    private <T extends Message> Optional<Deletion<T>> carryOut(ResourceType<T> type, Stored<T> stored,
            DeleteOptions options, WriteContext context) {
        return switch (Deletions.decide(parts.resources().of(type), stored.object(), options, parts.clock().now())) {
            case Deletions.Step.Nothing<T> _ -> Optional.of(new Deletion<>(stored.object(), false));
            case Deletions.Step.Mark<T>(T marked) -> context.dryRun()
                    ? Optional.of(new Deletion<>(marked, false))
                    : parts.storage().replace(type, marked, stored.revision())
                            .map(written -> new Deletion<>(written.object(), false));
            case Deletions.Step.Remove<T>(T last) -> context.dryRun()
                    ? Optional.of(new Deletion<>(last, true))
                    : remove(type, last, stored.revision());
        };
    }

    private <T extends Message> Optional<Deletion<T>> remove(ResourceType<T> type, T last, long revision) {
        return parts.storage().delete(type, type.key(last), revision).stream().boxed().findFirst().map(at -> {
            parts.services().release(type, last);
            return new Deletion<>(ObjectCodec.withVersion(type, last, Long.toString(at)), true);
        });
    }
}
