package dev.longshore.sim;

import com.google.protobuf.Message;
import dev.longshore.api.ApiException;
import dev.longshore.api.ResourceType;
import dev.longshore.api.ResourceTypes;
import dev.longshore.api.apps.v1.Deployment;
import dev.longshore.api.apps.v1.ReplicaSet;
import dev.longshore.api.core.v1.Node;
import dev.longshore.api.core.v1.Pod;
import dev.longshore.api.meta.v1.OwnerReference;
import dev.longshore.api.values.Quantities;
import dev.longshore.client.ApiClient;
import dev.longshore.client.Query;
import dev.longshore.client.WatchEvent;
import dev.longshore.client.WatchListener;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * What must hold at every moment, checked with each write as it happens: a pod is bound once; no node gives more than it
 * has; a replica set has no more pods, and a deployment's sets together no more and no fewer replicas, than was asked of
 * them lately. "Lately" is {@link #STALE_MILLIS}: a controller may act on a cache that is so old, but not older.
 */
final class RunningChecks {
    static final long STALE_MILLIS = 45_000;

    private final SimQueue queue;
    private final SimLog log;
    private final SimFailures failures;
    private final Map<String, Pod> pods = new HashMap<>();
    private final Map<String, String> nodeOfPod = new HashMap<>();
    private final Map<String, ReplicaSet> sets = new TreeMap<>();
    private final Map<String, Long> nodeCpuMillis = new HashMap<>();
    private final Map<String, Lately> setReplicas = new HashMap<>();
    private final Map<String, Lately> mostReplicas = new HashMap<>();
    private final Map<String, Lately> fewestReplicas = new HashMap<>();
    private long writes;

    RunningChecks(SimQueue queue, SimLog log, SimFailures failures) {
        this.queue = queue;
        this.log = log;
        this.failures = failures;
    }

    void watch(ApiClient client) {
        ResourceTypes.all().stream().filter(type -> type == ResourceTypes.PODS || type == ResourceTypes.REPLICA_SETS
                || type == ResourceTypes.DEPLOYMENTS || type == ResourceTypes.NODES
                || type == ResourceTypes.ENDPOINT_SLICES).forEach(type -> watch(client, type));
    }

    /** How many writes were seen. */
    long writes() {
        return writes;
    }

    private <T extends Message> void watch(ApiClient client, ResourceType<T> type) {
        BiConsumer<T, Boolean> check = (object, gone) -> note(type, object, gone);
        client.watch(type, Query.all(), "", new WatchListener<T>() {
            @Override
            public void onEvent(WatchEvent<T> event) {
                switch (event) {
                    case WatchEvent.Added<T>(T object) -> check.accept(object, false);
                    case WatchEvent.Modified<T>(T object) -> check.accept(object, false);
                    case WatchEvent.Deleted<T>(T object) -> check.accept(object, true);
                    case WatchEvent.Bookmark<T> _ -> {
                    }
                }
            }

            @Override
            public void onEnd(ApiException cause) {
                failures.add("the checks lost their watch of " + type + ": " + cause.getMessage());
            }
        });
    }

    private <T extends Message> void note(ResourceType<T> type, T object, boolean gone) {
        writes++;
        log.add((gone ? "- " : "+ ") + type.plural() + " " + type.key(object) + " "
                + type.meta(object).getResourceVersion());
        switch (object) {
            case Pod pod -> pod(pod, gone);
            case ReplicaSet set -> set(set, gone);
            case Deployment deployment -> deployment(deployment);
            case Node node -> nodeCpuMillis.put(node.getMetadata().getName(),
                    Quantities.milliValue(node.getStatus().getAllocatableOrDefault("cpu", Quantities.ZERO)));
            default -> {
            }
        }
    }

    private void pod(Pod pod, boolean gone) {
        String uid = pod.getMetadata().getUid();
        if (gone) {
            pods.remove(uid);
            return;
        }
        boolean isNew = pods.put(uid, pod) == null;
        String node = pod.getSpec().getNodeName();
        String before = nodeOfPod.getOrDefault(uid, "");
        if (!node.isEmpty() && !node.equals(before)) {
            nodeOfPod.put(uid, node);
            if (!before.isEmpty()) {
                failures.add("pod " + pod.getMetadata().getName() + " was bound to " + before + " and now to " + node);
            }
            room(node);
        }
        if (isNew) {
            pod.getMetadata().getOwnerReferencesList().forEach(this::podsOfSet);
        }
    }

    private void room(String node) {
        long taken = pods.values().stream().filter(pod -> pod.getSpec().getNodeName().equals(node))
                .filter(pod -> !pod.getStatus().getPhase().equals("Failed")).mapToLong(Invariants::cpuMillis).sum();
        if (taken > nodeCpuMillis.getOrDefault(node, 0L)) {
            failures.add("node " + node + " has " + nodeCpuMillis.get(node) + "m and gave " + taken + "m");
        }
    }

    private void podsOfSet(OwnerReference owner) {
        long live = pods.values().stream()
                .filter(pod -> SimView.live(pod) && SimView.ownedBy(pod.getMetadata(), owner.getUid())).count();
        Lately asked = setReplicas.get(owner.getUid());
        if (asked != null && live > asked.most(queue.millis())) {
            failures.add("replica set " + owner.getName() + " has " + live + " pods, was asked for "
                    + asked.most(queue.millis()));
        }
    }

    private void set(ReplicaSet set, boolean gone) {
        String uid = set.getMetadata().getUid();
        if (gone) {
            sets.remove(uid);
            return;
        }
        ReplicaSet before = sets.put(uid, set);
        setReplicas.computeIfAbsent(uid, _ -> new Lately(STALE_MILLIS)).add(queue.millis(),
                set.getSpec().getReplicas());
        int change = set.getSpec().getReplicas() - (before == null ? 0 : before.getSpec().getReplicas());
        set.getMetadata().getOwnerReferencesList().forEach(owner -> sizeOf(owner, change));
    }

    private void sizeOf(OwnerReference owner, int change) {
        int together = sets.values().stream().filter(set -> SimView.ownedBy(set.getMetadata(), owner.getUid()))
                .mapToInt(set -> set.getSpec().getReplicas()).sum();
        Lately most = mostReplicas.get(owner.getUid());
        Lately fewest = fewestReplicas.get(owner.getUid());
        if (most == null || fewest == null) {
            return;
        }
        if (change > 0 && together > most.most(queue.millis())) {
            failures.add("deployment " + owner.getName() + " has " + together + " replicas, at most "
                    + most.most(queue.millis()) + " were allowed");
        }
        if (change < 0 && together < fewest.fewest(queue.millis())) {
            failures.add("deployment " + owner.getName() + " has " + together + " replicas, at least "
                    + fewest.fewest(queue.millis()) + " were promised");
        }
    }

    private void deployment(Deployment deployment) {
        String uid = deployment.getMetadata().getUid();
        int replicas = deployment.getSpec().getReplicas();
        // Kubernetes API, rolling update: 25 % each by default, surge rounded up, unavailable rounded down.
        int surge = (replicas + 3) / 4;
        int unavailable = replicas / 4;
        mostReplicas.computeIfAbsent(uid, _ -> new Lately(STALE_MILLIS)).add(queue.millis(), replicas + surge);
        fewestReplicas.computeIfAbsent(uid, _ -> new Lately(STALE_MILLIS)).add(queue.millis(), replicas - unavailable);
    }
}
