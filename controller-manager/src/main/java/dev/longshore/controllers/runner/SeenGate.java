package dev.longshore.controllers.runner;

import com.google.protobuf.Message;
import dev.longshore.api.ResourceType;
import dev.longshore.client.ApiClient;
import dev.longshore.client.Query;
import dev.longshore.common.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Holds a key back until the caches show what its last reconcile wrote. A cache that already shows a pod that was just
 * created is why no pod is created twice; nothing is counted or expected.
 *
 * <p>A write whose answer was lost is looked up by a list: whatever the list shows, the cache has to show too. The
 * same is done when a cache has not caught up within {@link #SEEN_LIMIT}, so that a wrong version cannot hold a key
 * for ever. Safe from any thread.
 */
final class SeenGate<K> {
    /** How long a key waits for the caches before its writes are looked up by a list. */
    static final Duration SEEN_LIMIT = Duration.ofSeconds(5);

    private record Pending(List<Write> writes, long sinceNanos) {}

    private final Informers informers;
    private final Clock clock;
    private final Map<K, Pending> pending = new HashMap<>();
    private final Set<K> parked = new HashSet<>();

    SeenGate(Informers informers, Clock clock) {
        this.informers = informers;
        this.clock = clock;
    }

    synchronized void wrote(K key, List<Write> writes) {
        List<Write> watched = writes.stream().filter(write -> informers.find(write.type()).isPresent()).toList();
        if (!watched.isEmpty()) {
            pending.put(key, new Pending(watched, clock.nanos()));
        }
    }

    /**
     * Whether the key may be reconciled now. If not, {@link #opened} will name it.
     *
     * @param client asked when a write's answer was lost or the limit has passed
     */
    boolean pass(K key, ApiClient client) {
        Pending waits;
        synchronized (this) {
            waits = pending.get(key);
            if (waits == null) {
                return true;
            }
        }
        boolean late = clock.nanos() - waits.sinceNanos() >= SEEN_LIMIT.toNanos();
        if (late || waits.writes().stream().anyMatch(Write::uncertain)) {
            List<Write> found = new ArrayList<>();
            waits.writes().forEach(write -> found.add(late || write.uncertain() ? lookUp(write, client) : write));
            waits = new Pending(found, clock.nanos());
        }
        synchronized (this) {
            pending.put(key, waits);
            if (open(key)) {
                return true;
            }
            parked.add(key);
            return false;
        }
    }

    /** The keys that were held back and may be reconciled now; each is named once. */
    synchronized List<K> opened() {
        List<K> free = List.copyOf(parked).stream().filter(this::open).toList();
        return free;
    }

    private boolean open(K key) {
        Pending waits = pending.get(key);
        if (waits == null || waits.writes().stream().allMatch(this::seen)) {
            pending.remove(key);
            parked.remove(key);
            return true;
        }
        return false;
    }

    private boolean seen(Write write) {
        return !write.uncertain()
                && informers.find(write.type()).map(cache -> cache.hasSeen(write.version())).orElse(true);
    }

    private static Write lookUp(Write write, ApiClient client) {
        return new Write(write.type(), write.namespace(), newest(write.type(), write.namespace(), client));
    }

    private static <T extends Message> String newest(ResourceType<T> type, String namespace, ApiClient client) {
        long newest = client.list(type, Query.namespace(namespace)).items().stream()
                .mapToLong(object -> Long.parseLong(type.meta(object).getResourceVersion())).max().orElse(0);
        return Long.toString(newest);
    }
}
