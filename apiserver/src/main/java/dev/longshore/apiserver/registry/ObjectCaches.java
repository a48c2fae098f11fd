package dev.longshore.apiserver.registry;

import com.google.protobuf.Message;
import dev.longshore.api.ResourceType;
import dev.longshore.apiserver.cache.CacheConfig;
import dev.longshore.apiserver.cache.CacheLimits;
import dev.longshore.apiserver.cache.WatchCache;
import dev.longshore.apiserver.store.Store;
import dev.longshore.common.time.Environment;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The watch caches, one for each resource. A cache starts when its resource is first listed or watched: a server starts
 * at once, and resources that nobody reads take no memory and no watch of the store. Safe for any number of threads.
 */
final class ObjectCaches implements AutoCloseable {
    private final Store store;
    private final Environment environment;
    private final MeterRegistry meters;
    private final Map<ResourceType<?>, Slot> slots = new HashMap<>();
    private boolean closed;

    ObjectCaches(Store store, Environment environment, MeterRegistry meters) {
        this.store = store;
        this.environment = environment;
        this.meters = meters;
    }

    /** A cache and whether somebody starts it. */
    private record Slot(WatchCache<?> cache, AtomicBoolean started) {}

    /** The cache of a resource, which begins to fill with the first call. After close it answers no more. */
    <T extends Message> WatchCache<T> of(ResourceType<T> type) {
        Slot slot = slot(type);
        if (slot.started().compareAndSet(false, true)) {
            slot.cache().start(); // outside the lock: a store that runs inline calls watchers from here
        }
        return typed(slot);
    }

    /** The cache of a resource if somebody uses it. */
    synchronized <T extends Message> Optional<WatchCache<T>> started(ResourceType<T> type) {
        return Optional.ofNullable(slots.get(type)).map(ObjectCaches::typed);
    }

    private synchronized Slot slot(ResourceType<?> type) {
        return slots.computeIfAbsent(type, this::create);
    }

    private <T extends Message> Slot create(ResourceType<T> type) {
        WatchCache<T> cache = new WatchCache<>(store,
                new CacheConfig(type.qualifiedName(), Keys.all(type), CacheLimits.DEFAULT), new StoredDecoder<>(type),
                environment, meters);
        if (closed) {
            cache.close();
        }
        return new Slot(cache, new AtomicBoolean());
    }

    @SuppressWarnings("unchecked") // each slot is created for the type that it is kept under
    private static <T extends Message> WatchCache<T> typed(Slot slot) {
        return (WatchCache<T>) slot.cache();
    }

    /** Ends all watches with SERVICE_UNAVAILABLE. */
    @Override
    public void close() {
        List<Slot> ending;
        synchronized (this) {
            closed = true;
            ending = List.copyOf(slots.values());
        }
        ending.forEach(slot -> slot.cache().close());
    }
}
