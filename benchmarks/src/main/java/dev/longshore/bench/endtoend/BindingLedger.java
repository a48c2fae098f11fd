package dev.longshore.bench.endtoend;

import dev.longshore.api.ApiException;
import dev.longshore.api.ResourceTypes;
import dev.longshore.api.core.v1.Pod;
import dev.longshore.client.ApiClient;
import dev.longshore.client.Query;
import dev.longshore.client.Watch;
import dev.longshore.client.WatchEvent;
import dev.longshore.client.WatchListener;
import dev.longshore.common.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a watch has shown of pods and their nodes: where each is, when one was bound last, and whatever must never be
 * seen: a pod that changes its node, a node with more pods than it takes.
 */
final class BindingLedger implements WatchListener<Pod>, AutoCloseable {
    private final Clock clock;
    private final int podsOnNode;
    private final Map<String, String> nodes = new HashMap<>();
    private final Map<String, Integer> counts = new HashMap<>();
    private final List<String> violations = new ArrayList<>();
    private final Watch watch;
    private long lastBoundNanos;
    private Optional<ApiException> ended = Optional.empty();

    /** @param podsOnNode how many pods a node takes */
    BindingLedger(ApiClient client, Clock clock, int podsOnNode) {
        this.clock = clock;
        this.podsOnNode = podsOnNode;
        String version = client.list(ResourceTypes.PODS, Query.all()).resourceVersion();
        watch = client.watch(ResourceTypes.PODS, Query.all(), version, this);
    }

    @Override
    public synchronized void onEvent(WatchEvent<Pod> event) {
        switch (event) {
            case WatchEvent.Added<Pod>(Pod pod) -> seen(pod);
            case WatchEvent.Modified<Pod>(Pod pod) -> seen(pod);
            case WatchEvent.Deleted<Pod>(Pod pod) -> {
                String node = nodes.remove(pod.getMetadata().getUid());
                if (node != null) {
                    counts.merge(node, -1, Integer::sum);
                }
            }
            case WatchEvent.Bookmark<Pod> _ -> {
                // Nothing changed.
            }
        }
    }

    private void seen(Pod pod) {
        String now = pod.getSpec().getNodeName();
        if (now.isEmpty()) {
            return;
        }
        String before = nodes.putIfAbsent(pod.getMetadata().getUid(), now);
        if (before == null) {
            lastBoundNanos = clock.nanos();
            if (counts.merge(now, 1, Integer::sum) > podsOnNode) {
                violations.add(now + " has more than " + podsOnNode + " pods");
            }
        } else if (!before.equals(now)) {
            violations.add(pod.getMetadata().getName() + " was on " + before + " and is on " + now);
        }
    }

    @Override
    public synchronized void onEnd(ApiException cause) {
        ended = Optional.of(cause);
    }

    /** How many pods have a node; fails when the watch has ended. */
    synchronized int bound() {
        ended.ifPresent(cause -> {
            throw cause;
        });
        return nodes.size();
    }

    synchronized long lastBoundNanos() {
        return lastBoundNanos;
    }

    synchronized List<String> violations() {
        return List.copyOf(violations);
    }

    @Override
    public void close() {
        watch.close();
    }
}
