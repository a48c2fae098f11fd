package dev.longshore.controllers.endpointslice;

import dev.longshore.api.ApiException;
import dev.longshore.api.ObjectKey;
import dev.longshore.api.Reason;
import dev.longshore.api.ResourceTypes;
import dev.longshore.api.core.v1.Endpoints;
import dev.longshore.api.core.v1.Pod;
import dev.longshore.api.core.v1.Service;
import dev.longshore.client.ApiClient;
import dev.longshore.client.DeleteQuery;
import dev.longshore.client.informer.Informer;
import dev.longshore.controllers.objects.Selectors;
import dev.longshore.controllers.runner.ControllerSpec;
import dev.longshore.controllers.runner.Informers;
import dev.longshore.controllers.runner.Outcome;
import dev.longshore.controllers.runner.Reconciler;
import dev.longshore.controllers.runner.Source;
import java.util.List;
import java.util.Optional;

/** Keeps core/v1 Endpoints in step with {@link EndpointsPlan}; they bear the name of their Service and go with it. */
public final class EndpointsReconciler implements Reconciler<ObjectKey> {
    private static final int WORKERS = 5;

    private final Informer<Service> services;
    private final Informer<Pod> pods;
    private final Informer<Endpoints> endpoints;

    public EndpointsReconciler(Informers informers) {
        this.services = informers.of(ResourceTypes.SERVICES);
        this.pods = informers.of(ResourceTypes.PODS);
        this.endpoints = informers.of(ResourceTypes.ENDPOINTS);
    }

    public ControllerSpec<ObjectKey> spec() {
        // An Endpoints object alone is nobody's: users may keep some for services without selector.
        return new ControllerSpec<>("endpoint", WORKERS, this, List.of(Source.self(ResourceTypes.SERVICES),
                new Source<>(ResourceTypes.PODS, pod -> ServicesOfPod.keys(services, pod)),
                Source.self(ResourceTypes.ENDPOINTS)), List.of(), List.of());
    }

    @Override
    public Outcome reconcile(ObjectKey key, ApiClient client) {
        Optional<Service> service = services.get(key).filter(s -> !s.getMetadata().hasDeletionTimestamp());
        Optional<Endpoints> before = endpoints.get(key);
        if (service.isEmpty()) {
            before.filter(EndpointsReconciler::ours).ifPresent(found -> delete(found, client));
            return Outcome.done();
        }
        if (!Backends.selects(service.get())) {
            return Outcome.done();
        }
        List<Pod> selected = pods.list(key.namespace()).stream().filter(pod -> Selectors.matches(
                service.get().getSpec().getSelectorMap(), pod.getMetadata().getLabelsMap())).toList();
        EndpointsPlan.of(service.get(), selected, before).ifPresent(after -> {
            if (before.isPresent()) {
                client.update(ResourceTypes.ENDPOINTS, after);
            } else {
                client.create(ResourceTypes.ENDPOINTS, after);
            }
        });
        return Outcome.done();
    }

    private static boolean ours(Endpoints found) {
        return found.getMetadata().getLabelsOrDefault(EndpointsPlan.MANAGED_BY, "").equals(EndpointsPlan.MANAGER);
    }

    private static void delete(Endpoints found, ApiClient client) {
        try {
            client.delete(ResourceTypes.ENDPOINTS, ResourceTypes.ENDPOINTS.key(found),
                    DeleteQuery.of(found.getMetadata().getUid()));
        } catch (ApiException e) {
            if (!e.is(Reason.NOT_FOUND)) {
                throw e;
            }
        }
    }
}
