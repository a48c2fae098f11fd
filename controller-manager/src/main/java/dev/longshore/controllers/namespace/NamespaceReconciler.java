package dev.longshore.controllers.namespace;

import com.google.protobuf.Message;
import dev.longshore.api.ApiException;
import dev.longshore.api.ObjectKey;
import dev.longshore.api.Reason;
import dev.longshore.api.ResourceType;
import dev.longshore.api.ResourceTypes;
import dev.longshore.api.core.v1.Namespace;
import dev.longshore.api.meta.v1.ObjectMeta;
import dev.longshore.client.ApiClient;
import dev.longshore.client.DeleteQuery;
import dev.longshore.client.Query;
import dev.longshore.client.informer.Informer;
import dev.longshore.common.time.Clock;
import dev.longshore.controllers.runner.ControllerSpec;
import dev.longshore.controllers.runner.Informers;
import dev.longshore.controllers.runner.Outcome;
import dev.longshore.controllers.runner.Reconciler;
import dev.longshore.controllers.runner.Source;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Carries out what {@link NamespacePlan} decides. */
public final class NamespaceReconciler implements Reconciler<ObjectKey> {
    private static final int WORKERS = 5;
    /** Between two looks at content that has grace periods or finalizers. */
    private static final Duration CONTENT_RETRY = Duration.ofSeconds(1);

    private final Informer<Namespace> namespaces;
    private final List<ResourceType<?>> served;
    private final Clock clock;

    /** @param served the resources of the API; those that are not namespaced are left out here */
    public NamespaceReconciler(Informers informers, List<ResourceType<?>> served, Clock clock) {
        this.namespaces = informers.of(ResourceTypes.NAMESPACES);
        this.served = served.stream().filter(ResourceType::namespaced).toList();
        this.clock = clock;
    }

    public ControllerSpec<ObjectKey> spec() {
        return ControllerSpec.of("namespace", WORKERS, this, List.of(Source.self(ResourceTypes.NAMESPACES)));
    }

    @Override
    public Outcome reconcile(ObjectKey key, ApiClient client) {
        Optional<Namespace> found = namespaces.get(key).filter(NamespacePlan::concerns);
        if (found.isEmpty()) {
            return Outcome.done();
        }
        Namespace namespace = found.get();
        NamespacePlan.Remaining remaining = empty(key.name(), client);
        if (remaining.nothing()) {
            client.finalizeNamespace(NamespacePlan.finalized(namespace));
            return Outcome.done();
        }
        Namespace reported = NamespacePlan.reported(namespace, remaining, clock.now());
        if (!reported.equals(namespace)) {
            client.updateStatus(ResourceTypes.NAMESPACES, reported);
        }
        return Outcome.after(CONTENT_RETRY);
    }

    private NamespacePlan.Remaining empty(String namespace, ApiClient client) {
        Map<String, Integer> objects = new TreeMap<>();
        Map<String, Integer> finalizers = new TreeMap<>();
        List<String> failures = new ArrayList<>();
        for (ResourceType<?> type : served) {
            try {
                empty(type, namespace, client, objects, finalizers);
            } catch (ApiException e) {
                failures.add(type.qualifiedName() + ": " + e.reason().text());
            }
        }
        return new NamespacePlan.Remaining(objects, finalizers, failures);
    }

    private static <T extends Message> void empty(ResourceType<T> type, String namespace, ApiClient client,
            Map<String, Integer> objects, Map<String, Integer> finalizers) {
        for (T object : client.list(type, Query.namespace(namespace)).items()) {
            ObjectMeta meta = type.meta(object);
            if (meta.hasDeletionTimestamp() || !deletedAtOnce(type, object, client)) {
                objects.merge(type.qualifiedName(), 1, Integer::sum);
                meta.getFinalizersList().forEach(finalizer -> finalizers.merge(finalizer, 1, Integer::sum));
            }
        }
    }

    private static <T extends Message> boolean deletedAtOnce(ResourceType<T> type, T object, ApiClient client) {
        try {
            return client.delete(type, type.key(object), DeleteQuery.of(type.meta(object).getUid())).gone();
        } catch (ApiException e) {
            if (e.is(Reason.NOT_FOUND)) {
                return true;
            }
            throw e;
        }
    }
}
