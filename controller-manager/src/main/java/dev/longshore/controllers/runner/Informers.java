package dev.longshore.controllers.runner;

import com.google.protobuf.Message;
import dev.longshore.api.ResourceType;
import dev.longshore.api.ResourceTypes;
import dev.longshore.api.core.v1.Pod;
import dev.longshore.api.discovery.v1.EndpointSlice;
import dev.longshore.api.meta.v1.OwnerReference;
import dev.longshore.client.ApiClient;
import dev.longshore.client.Query;
import dev.longshore.client.informer.ChangeListener;
import dev.longshore.client.informer.Informer;
import dev.longshore.common.time.Environment;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One informer per resource, shared by all controllers, with the indexes they need. Filled while controllers are wired,
 * by one thread, then started; read from any thread.
 */
public final class Informers {
    /** Objects by the uid of each of their owners. */
    public static final String OWNER_UID = "owner-uid";
    /** The one object of a uid. */
    public static final String UID = "uid";
    /** Pods by the name of their node. */
    public static final String NODE = "node";
    /** Endpoint slices by {@code namespace/service}. */
    public static final String SERVICE = "service";

    private static final String SERVICE_LABEL = "kubernetes.io/service-name";

    private final ApiClient client;
    private final Environment environment;
    private final Map<ResourceType<?>, Informer<?>> informers = new LinkedHashMap<>();

    public Informers(ApiClient client, Environment environment) {
        this.client = client;
        this.environment = environment;
    }

    /** The informer of a resource; made at the first call, which must come before {@link #start}. */
    @SuppressWarnings("unchecked")
    public <T extends Message> Informer<T> of(ResourceType<T> type) {
        return (Informer<T>) informers.computeIfAbsent(type, _ -> make(type));
    }

    @SuppressWarnings("unchecked")
    public <T extends Message> Optional<Informer<T>> find(ResourceType<T> type) {
        return Optional.ofNullable((Informer<T>) informers.get(type));
    }

    public boolean synced(Iterable<ResourceType<?>> types) {
        for (ResourceType<?> type : types) {
            if (find(type).filter(Informer::synced).isEmpty()) {
                return false;
            }
        }
        return true;
    }

    /** The resources whose first list is not in the cache yet; for logs. */
    public List<String> unsynced() {
        return informers.values().stream().filter(informer -> !informer.synced())
                .map(informer -> informer.type().qualifiedName()).toList();
    }

    /** Calls {@code action} whenever any of the caches may have become newer. */
    public void onProgress(Runnable action) {
        informers.values().forEach(informer -> listen(informer, action));
    }

    public void start() {
        informers.values().forEach(Informer::start);
    }

    public void stop() {
        informers.values().forEach(Informer::stop);
    }

    private static <T extends Message> void listen(Informer<T> informer, Runnable action) {
        informer.onChange(new ChangeListener<>() {
            @Override
            public void onChange(Optional<T> before, Optional<T> after) {
                // The version the cache has reached is only known after the whole event or list.
            }

            @Override
            public void onSynced() {
                action.run();
            }

            @Override
            public void onProgress() {
                action.run();
            }
        });
    }

    private <T extends Message> Informer<T> make(ResourceType<T> type) {
        Informer<T> informer = new Informer<>(type, Query.all(), client, environment);
        informer.index(UID, object -> List.of(type.meta(object).getUid()));
        informer.index(OWNER_UID, object -> type.meta(object).getOwnerReferencesList().stream()
                .map(OwnerReference::getUid).distinct().toList());
        if (type == ResourceTypes.PODS) {
            informer.index(NODE, object -> object instanceof Pod pod && !pod.getSpec().getNodeName().isEmpty()
                    ? List.of(pod.getSpec().getNodeName())
                    : List.of());
        }
        if (type == ResourceTypes.ENDPOINT_SLICES) {
            informer.index(SERVICE, object -> object instanceof EndpointSlice slice ? services(slice) : List.of());
        }
        return informer;
    }

    private static List<String> services(EndpointSlice slice) {
        String service = slice.getMetadata().getLabelsMap().getOrDefault(SERVICE_LABEL, "");
        return service.isEmpty() ? List.of() : List.of(slice.getMetadata().getNamespace() + "/" + service);
    }
}
