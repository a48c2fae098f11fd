package dev.longshore.apiserver.resources;

import com.google.protobuf.Message;
import dev.longshore.api.ApiException;
import dev.longshore.api.Reason;
import dev.longshore.api.ResourceType;
import dev.longshore.api.ResourceTypes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What this server serves: one line per resource. Kinds whose strategy is {@link StoredOnlyStrategy} are kept and shown
 * while no controller acts on them, those with {@link PlacementOnlyStrategy} are read by the scheduler alone.
 */
public final class Resources {
    private final Map<ResourceType<?>, ResourceStrategy<?>> byType = new LinkedHashMap<>();

    public Resources() {
        this(served());
    }

    /** With other resources than {@link #served}; for tests of the registry. */
    public Resources(List<ResourceStrategy<?>> strategies) {
        strategies.forEach(strategy -> byType.put(strategy.type(), strategy));
    }

    /** The strategies of all resources, in the order of discovery. */
    public static List<ResourceStrategy<?>> served() {
        return List.of(
                new PodResource(),
                new DeploymentResource(),
                new ReplicaSetResource(),
                new ServiceResource(),
                new EndpointsResource(),
                new EndpointSliceResource(),
                new ConfigMapResource(),
                new SecretResource(),
                new NamespaceResource(),
                new NodeResource(),
                new ServiceAccountResource(),
                new EventResource(),
                new LeaseResource(),
                new StoredOnlyStrategy<>(ResourceTypes.CLUSTER_ROLES),
                new StoredOnlyStrategy<>(ResourceTypes.CLUSTER_ROLE_BINDINGS),
                new StoredOnlyStrategy<>(ResourceTypes.ROLES),
                new StoredOnlyStrategy<>(ResourceTypes.ROLE_BINDINGS),
                new PriorityClassResource(),
                new StoredOnlyStrategy<>(ResourceTypes.REPLICATION_CONTROLLERS),
                new StoredOnlyStrategy<>(ResourceTypes.POD_TEMPLATES),
                new StoredOnlyStrategy<>(ResourceTypes.CONTROLLER_REVISIONS),
                new StoredOnlyStrategy<>(ResourceTypes.DAEMON_SETS),
                new StoredOnlyStrategy<>(ResourceTypes.STATEFUL_SETS),
                new StoredOnlyStrategy<>(ResourceTypes.JOBS),
                new StoredOnlyStrategy<>(ResourceTypes.CRON_JOBS),
                new StoredOnlyStrategy<>(ResourceTypes.HORIZONTAL_POD_AUTOSCALERS),
                new StoredOnlyStrategy<>(ResourceTypes.LIMIT_RANGES),
                new StoredOnlyStrategy<>(ResourceTypes.RESOURCE_QUOTAS),
                new PlacementOnlyStrategy<>(ResourceTypes.PERSISTENT_VOLUMES),
                new PlacementOnlyStrategy<>(ResourceTypes.PERSISTENT_VOLUME_CLAIMS),
                new PlacementOnlyStrategy<>(ResourceTypes.STORAGE_CLASSES),
                new PlacementOnlyStrategy<>(ResourceTypes.CSI_DRIVERS),
                new PlacementOnlyStrategy<>(ResourceTypes.CSI_NODES),
                new PlacementOnlyStrategy<>(ResourceTypes.CSI_STORAGE_CAPACITIES),
                new PlacementOnlyStrategy<>(ResourceTypes.VOLUME_ATTACHMENTS),
                new StoredOnlyStrategy<>(ResourceTypes.POD_DISRUPTION_BUDGETS),
                new StoredOnlyStrategy<>(ResourceTypes.NETWORK_POLICIES),
                new StoredOnlyStrategy<>(ResourceTypes.INGRESSES),
                new StoredOnlyStrategy<>(ResourceTypes.INGRESS_CLASSES),
                new StoredOnlyStrategy<>(ResourceTypes.RUNTIME_CLASSES));
    }

    public List<ResourceType<?>> types() {
        return List.copyOf(byType.keySet());
    }

    public boolean serves(ResourceType<?> type) {
        return byType.containsKey(type);
    }

    /** The rules of a resource; fails with NOT_FOUND when it is not served. */
    @SuppressWarnings("unchecked") // each strategy is registered under its own type
    public <T extends Message> ResourceStrategy<T> of(ResourceType<T> type) {
        return (ResourceStrategy<T>) Optional.ofNullable(byType.get(type)).orElseThrow(
                () -> ApiException.of(Reason.NOT_FOUND, "the server could not find the requested resource"));
    }
}
