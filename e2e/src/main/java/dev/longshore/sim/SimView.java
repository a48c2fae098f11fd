package dev.longshore.sim;

import dev.longshore.api.ResourceTypes;
import dev.longshore.api.apps.v1.Deployment;
import dev.longshore.api.apps.v1.ReplicaSet;
import dev.longshore.api.core.v1.Node;
import dev.longshore.api.core.v1.Pod;
import dev.longshore.api.core.v1.Service;
import dev.longshore.api.discovery.v1.EndpointSlice;
import dev.longshore.api.meta.v1.ObjectMeta;
import dev.longshore.client.ApiClient;
import dev.longshore.client.Query;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** What the store holds at one moment, without any cache in between. */
record SimView(List<Deployment> deployments, List<ReplicaSet> replicaSets, List<Pod> pods, List<Node> nodes,
        List<Service> services, List<EndpointSlice> slices) {
    private static final String SERVICE_LABEL = "kubernetes.io/service-name";

    static SimView of(ApiClient client) {
        Query own = Query.namespace(SimUser.NAMESPACE);
        return new SimView(client.list(ResourceTypes.DEPLOYMENTS, own).items(),
                client.list(ResourceTypes.REPLICA_SETS, own).items(), client.list(ResourceTypes.PODS, own).items(),
                client.list(ResourceTypes.NODES, Query.all()).items(),
                client.list(ResourceTypes.SERVICES, own).items(),
                client.list(ResourceTypes.ENDPOINT_SLICES, own).items());
    }

    static boolean ownedBy(ObjectMeta meta, String uid) {
        return meta.getOwnerReferencesList().stream().anyMatch(owner -> owner.getUid().equals(uid));
    }

    /** Neither being deleted nor ended. */
    static boolean live(Pod pod) {
        String phase = pod.getStatus().getPhase();
        return !pod.getMetadata().hasDeletionTimestamp() && !phase.equals("Succeeded") && !phase.equals("Failed");
    }

    /** The live pods of all replica sets of a deployment. */
    List<Pod> podsOf(Deployment deployment) {
        List<Pod> found = new ArrayList<>();
        for (ReplicaSet set : replicaSets) {
            if (ownedBy(set.getMetadata(), deployment.getMetadata().getUid())) {
                pods.stream().filter(pod -> live(pod) && ownedBy(pod.getMetadata(), set.getMetadata().getUid()))
                        .forEach(found::add);
            }
        }
        return found;
    }

    /** The addresses that the slices of a service call ready. */
    TreeSet<String> readyAddresses(String service) {
        TreeSet<String> addresses = new TreeSet<>();
        slices.stream().filter(slice -> slice.getMetadata().getLabelsMap().getOrDefault(SERVICE_LABEL, "")
                .equals(service)).forEach(slice -> slice.getEndpointsList().stream()
                        .filter(endpoint -> endpoint.getConditions().getReady())
                        .forEach(endpoint -> addresses.addAll(endpoint.getAddressesList())));
        return addresses;
    }

    /** The services that slices exist for, whether those exist or not. */
    TreeSet<String> servicesWithSlices() {
        TreeSet<String> services = new TreeSet<>();
        slices.forEach(slice -> services.add(slice.getMetadata().getLabelsMap().getOrDefault(SERVICE_LABEL, "")));
        return services;
    }
}
