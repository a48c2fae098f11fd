package dev.longshore.apiserver.store;

import dev.longshore.common.time.Environment;
import dev.longshore.common.time.Timers;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.LongConsumer;

/**
 * The leases of a store that runs them itself: which keys hang on which, and when they end. Not thread-safe: the
 * store's lock owns it. A timer only wakes the store, which then asks {@link #hasEnded}; so a lease that was kept alive
 * in between is not lost.
 */
final class Leases {
    private final Environment environment;
    private final LongConsumer onDue;
    private final Map<Long, Entry> entries = new HashMap<>();
    private final Map<String, Long> leaseOfKey = new HashMap<>();

    /** @param onDue called by a timer with the id of a lease that may have ended */
    Leases(Environment environment, LongConsumer onDue) {
        this.environment = environment;
        this.onDue = onDue;
    }

    void add(long id, Duration timeToLive) {
        Entry entry = new Entry(timeToLive);
        entries.put(id, entry);
        entry.deadlineNanos = environment.clock().nanos() + timeToLive.toNanos();
        arm(id, entry, timeToLive);
    }

    boolean exists(long id) {
        return entries.containsKey(id);
    }

    /** Starts the time anew; false if there is no such lease. */
    boolean keepAlive(long id) {
        Entry entry = entries.get(id);
        if (entry == null) {
            return false;
        }
        entry.deadlineNanos = environment.clock().nanos() + entry.timeToLive.toNanos();
        return true;
    }

    /** Whether the lease exists and its time is over; if time is left, the timer is set again. */
    boolean hasEnded(long id) {
        Entry entry = entries.get(id);
        if (entry == null) {
            return false;
        }
        long left = entry.deadlineNanos - environment.clock().nanos();
        if (left > 0) {
            arm(id, entry, Duration.ofNanos(left));
            return false;
        }
        return true;
    }

    /** Looks again at a lease whose end could not be handled now. */
    void retry(long id, Duration delay) {
        Entry entry = entries.get(id);
        if (entry != null) {
            arm(id, entry, delay);
        }
    }

    /** The lease of a key from now on; empty for none. */
    void attach(String key, Optional<Store.Lease> lease) {
        Long old = lease.isPresent() ? leaseOfKey.put(key, lease.get().id()) : leaseOfKey.remove(key);
        Entry before = old == null ? null : entries.get(old);
        if (before != null) {
            before.keys.remove(key);
        }
        Entry now = lease.isPresent() ? entries.get(lease.get().id()) : null;
        if (now != null) {
            now.keys.add(key);
        }
    }

    /** The keys of a lease in order. */
    List<String> keys(long id) {
        Entry entry = entries.get(id);
        return entry == null ? List.of() : List.copyOf(entry.keys);
    }

    void remove(long id) {
        Entry entry = entries.remove(id);
        if (entry != null) {
            entry.timer.cancel();
            entry.keys.forEach(leaseOfKey::remove);
        }
    }

    /** Stops all timers. */
    void close() {
        entries.values().forEach(entry -> entry.timer.cancel());
    }

    private void arm(long id, Entry entry, Duration delay) {
        entry.timer.cancel();
        entry.timer = environment.timers().after(delay, () -> onDue.accept(id));
    }

    private static final class Entry {
        private final Duration timeToLive;
        private final TreeSet<String> keys = new TreeSet<>(KeyOrder.BYTES);
        private long deadlineNanos;
        private Timers.Timer timer = () -> {
        };

        Entry(Duration timeToLive) {
            this.timeToLive = timeToLive;
        }
    }
}
