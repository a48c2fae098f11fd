package dev.longshore.sim;

import com.google.protobuf.Message;
import dev.longshore.api.ApiException;
import dev.longshore.api.ResourceType;
import dev.longshore.api.ResourceTypes;
import dev.longshore.api.apps.v1.ReplicaSet;
import dev.longshore.api.discovery.v1.Endpoint;
import dev.longshore.api.discovery.v1.EndpointSlice;
import dev.longshore.api.meta.v1.ObjectMeta;
import dev.longshore.client.BindOutcome;
import dev.longshore.client.LeaderTerm;
import dev.longshore.client.PodPlacement;
import dev.longshore.client.Query;
import dev.longshore.client.Watch;
import dev.longshore.client.WatchEvent;
import dev.longshore.client.WatchListener;
import dev.longshore.client.fake.ForwardingApiClient;
import java.util.List;

/** Bugs that such systems have had. Each is put between a component and the API, so production code has no hook. */
enum PlantedBug {
    /** A watch leaves out an event now and then and does not end: the cache is wrong until the next list. */
    LOST_WATCH_EVENT {
        @Override
        SimOptions plant(SimOptions options) {
            return options.withControllers(client -> new ForwardingApiClient(client) {
                private int events;

                @Override
                public <T extends Message> Watch watch(ResourceType<T> type, Query query, String resourceVersion,
                        WatchListener<T> listener) {
                    return super.watch(type, query, resourceVersion, type != ResourceTypes.PODS
                            ? listener
                            : new WatchListener<>() {
                                @Override
                                public void onEvent(WatchEvent<T> event) {
                                    if (++events % 7 != 0) {
                                        listener.onEvent(event);
                                    }
                                }

                                @Override
                                public void onEnd(ApiException cause) {
                                    listener.onEnd(cause);
                                }
                            });
                }
            });
        }
    },

    /** The scheduler takes a failed binding for a good one: the room is never released, the pod never tried again. */
    BIND_FAILURE_IGNORED {
        @Override
        SimOptions plant(SimOptions options) {
            return options.withScheduler(client -> new ForwardingApiClient(client) {
                @Override
                public List<BindOutcome> bind(List<PodPlacement> placements, LeaderTerm term) {
                    super.bind(placements, term);
                    return placements.stream().<BindOutcome>map(_ -> new BindOutcome.Bound()).toList(); // the bug
                }
            });
        }
    },

    /** Controllers do not wait until their caches show what they wrote: answers seem to be old news. */
    OWN_WRITES_NOT_AWAITED {
        @Override
        SimOptions plant(SimOptions options) {
            return options.withControllers(client -> new ForwardingApiClient(client) {
                @Override
                public <T extends Message> T create(ResourceType<T> type, T object) {
                    T created = super.create(type, object);
                    ObjectMeta meta = type.meta(created).toBuilder().setResourceVersion("1").build();
                    return type == ResourceTypes.PODS ? type.withMeta(created, meta) : created;
                }
            });
        }
    },

    /** Endpoints of pods that are gone stay in their slice. */
    ENDPOINTS_OF_GONE_PODS_KEPT {
        @Override
        SimOptions plant(SimOptions options) {
            return options.withControllers(client -> new ForwardingApiClient(client) {
                @Override
                public <T extends Message> T update(ResourceType<T> type, T object) {
                    return type == ResourceTypes.ENDPOINT_SLICES
                            ? super.update(type, type.cast(withOldEndpoints((EndpointSlice) object)))
                            : super.update(type, object);
                }

                private EndpointSlice withOldEndpoints(EndpointSlice slice) {
                    EndpointSlice stored = client.get(ResourceTypes.ENDPOINT_SLICES,
                            ResourceTypes.ENDPOINT_SLICES.key(slice));
                    EndpointSlice.Builder all = slice.toBuilder();
                    for (Endpoint endpoint : stored.getEndpointsList()) {
                        if (slice.getEndpointsList().stream()
                                .noneMatch(other -> other.getAddressesList().equals(endpoint.getAddressesList()))) {
                            all.addEndpoints(endpoint);
                        }
                    }
                    return all.build();
                }
            });
        }
    },

    /** A rollout takes all old replicas away at once, however many must stay available. */
    MAX_UNAVAILABLE_IGNORED {
        @Override
        SimOptions plant(SimOptions options) {
            return options.withControllers(client -> new ForwardingApiClient(client) {
                @Override
                public <T extends Message> T update(ResourceType<T> type, T object) {
                    return type == ResourceTypes.REPLICA_SETS
                            ? super.update(type, type.cast(emptied((ReplicaSet) object)))
                            : super.update(type, object);
                }

                private ReplicaSet emptied(ReplicaSet set) {
                    ReplicaSet stored = client.get(ResourceTypes.REPLICA_SETS, ResourceTypes.REPLICA_SETS.key(set));
                    boolean shrinks = set.getSpec().getReplicas() < stored.getSpec().getReplicas();
                    return shrinks ? set.toBuilder().setSpec(set.getSpec().toBuilder().setReplicas(0)).build() : set;
                }
            });
        }
    };

    /** The options with this bug in them. */
    abstract SimOptions plant(SimOptions options);
}
