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
import dev.longshore.apiserver.registry.ObjectStorage.Written;
import dev.longshore.client.CreateOutcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Creates objects: names, admission, checks, the write. */
final class Creation {
    /** Names tried for one generateName before the create fails with ALREADY_EXISTS (Kubernetes API: 8). */
    private static final int GENERATED_NAMES = 8;

    private final RegistryParts parts;

    Creation(RegistryParts parts) {
        this.parts = parts;
    }

    <T extends Message> T create(ResourceType<T> type, T sent, WriteContext context) {
        requireNew(type, sent);
        ObjectMeta meta = type.meta(sent);
        boolean generated = isGenerated(meta);
        int attempts = generated ? GENERATED_NAMES : 1;
        for (int attempt = 0; attempt < attempts; attempt++) {
            Optional<T> created = store(type, prepare(type, sent, context), context);
            if (created.isPresent()) {
                return created.get();
            }
        }
        throw ApiException.alreadyExists(type, generated ? meta.getGenerateName() : meta.getName());
    }

    private static <T extends Message> void requireNew(ResourceType<T> type, T sent) {
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
    }

    private static boolean isGenerated(ObjectMeta sent) {
        return sent.getName().isEmpty() && !sent.getGenerateName().isEmpty();
    }

    /** The object as it is to be written: named, defaulted, admitted and valid. */
    private <T extends Message> T prepare(ResourceType<T> type, T sent, WriteContext context) {
        ResourceStrategy<T> strategy = parts.resources().of(type);
        T object = strategy.defaults(sent);
        ObjectMeta meta = Metadata.ofNew(type.meta(object), strategy.countsGenerations(), parts.clock().now(),
                parts.randomness());
        if (!type.namespaced()) {
            meta = meta.toBuilder().clearNamespace().build();
        }
        if (isGenerated(type.meta(sent))) {
            meta = meta.toBuilder().setName(Metadata.generate(meta.getGenerateName(), parts.randomness())).build();
        }
        object = type.withMeta(object, meta);
        AdmissionRequest request = new AdmissionRequest(type, new ObjectKey(meta.getNamespace(), meta.getName()),
                Operation.CREATE, "", context.user());
        object = strategy.prepareForCreate(parts.admission().mutate(type, request, object));
        check(strategy, object);
        parts.admission().validate(request, object);
        strategy.warnings(sent).forEach(context.warnings());
        return Canonical.normalise(object);
    }

    /** One outcome for each, in their order. */
    <T extends Message> List<CreateOutcome<T>> createEach(ResourceType<T> type, List<T> sent, WriteContext context) {
        if (type == ResourceTypes.SERVICES || context.dryRun()) { // addresses are claimed for one Service at a time
            return sent.stream().map(object -> outcome(() -> create(type, object, context))).toList();
        }
        Map<ObjectKey, T> ready = new LinkedHashMap<>();
        List<Function<Map<ObjectKey, Written<T>>, CreateOutcome<T>>> ends = new ArrayList<>();
        for (T object : sent) {
            try {
                requireNew(type, object);
                T prepared = prepare(type, object, context);
                ObjectKey key = type.key(prepared);
                // Of two with one name the second has its turn when the first is written.
                ends.add(ready.putIfAbsent(key, prepared) == null
                        ? written -> outcome(type, object, written.get(key), context)
                        : _ -> outcome(() -> create(type, object, context)));
            } catch (ApiException e) {
                ends.add(_ -> new CreateOutcome.Refused<>(e));
            }
        }
        Map<ObjectKey, Written<T>> written = write(type, ready);
        return ends.stream().map(end -> end.apply(written)).toList();
    }

    private <T extends Message> Map<ObjectKey, Written<T>> write(ResourceType<T> type, Map<ObjectKey, T> objects) {
        List<Written<T>> results = parts.storage().createEach(type, List.copyOf(objects.values()));
        Map<ObjectKey, Written<T>> written = new HashMap<>();
        objects.keySet().forEach(key -> written.put(key, results.get(written.size())));
        return written;
    }

    private <T extends Message> CreateOutcome<T> outcome(ResourceType<T> type, T sent, Written<T> written,
            WriteContext context) {
        return switch (written) {
            case Written.Done<T>(T object) -> new CreateOutcome.Created<>(object);
            case Written.Failed<T>(ApiException cause) -> new CreateOutcome.Refused<>(cause);
            // Says that it exists, or tries another generated name.
            case Written.Exists<T> _ -> outcome(() -> create(type, sent, context));
        };
    }

    private static <T extends Message> CreateOutcome<T> outcome(Supplier<T> create) {
        try {
            return new CreateOutcome.Created<>(create.get());
        } catch (ApiException e) {
            return new CreateOutcome.Refused<>(e);
        }
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
