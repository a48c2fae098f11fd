package dev.longshore.bench.endtoend;

import dev.longshore.api.ApiException;
import dev.longshore.api.ResourceTypes;
import dev.longshore.api.core.v1.Pod;
import dev.longshore.client.ApiClient;
import dev.longshore.client.ObjectList;
import dev.longshore.client.Query;
import dev.longshore.client.Watch;
import dev.longshore.client.WatchEvent;
import dev.longshore.client.WatchListener;
import dev.longshore.common.time.Clock;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** The pods that a watch has shown with a node, and when it showed the last of them. */
final class BoundPods implements WatchListener<Pod>, AutoCloseable {
    private final Clock clock;
    private final Set<String> bound = new HashSet<>();
    private final Watch watch;
    private long lastNanos;
    private Optional<ApiException> ended = Optional.empty();

    BoundPods(ApiClient client, Clock clock) {
        this.clock = clock;
        ObjectList<Pod> known = client.list(ResourceTypes.PODS, Query.all());
        watch = client.watch(ResourceTypes.PODS, Query.all(), known.resourceVersion(), this);
    }

    @Override
    public synchronized void onEvent(WatchEvent<Pod> event) {
        if (event instanceof WatchEvent.Modified<Pod>(Pod pod) && !pod.getSpec().getNodeName().isEmpty()
                && bound.add(pod.getMetadata().getUid())) {
            lastNanos = clock.nanos();
        }
    }

    @Override
    public synchronized void onEnd(ApiException cause) {
        ended = Optional.of(cause);
    }

    /** How many there are; fails when the watch has ended. */
    synchronized int count() {
        ended.ifPresent(cause -> {
            throw cause;
        });
        return bound.size();
    }

    synchronized long lastNanos() {
        return lastNanos;
    }

    @Override
    public void close() {
        watch.close();
    }
}
