package dev.longshore.apiserver.store;

import dev.longshore.common.time.Environment;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.LongConsumer;

/**
 * What an {@link EmbeddedStore} has in memory: everything that can be read, and it is all on disk too. Its monitor
 * guards {@link #keys}, {@link #leases} and {@link #closed}, and orders what is given to {@link #hub}; it is held for work in
 * memory only. Only the writer changes keys.
 */
final class EmbeddedState {
    final Keyspace keys = new Keyspace();
    final Leases leases;
    final WatchHub hub;
    /** Has a permit when the hub may have something to hand over. */
    final Semaphore feedable = new Semaphore(0);
    volatile boolean closed;

    EmbeddedState(Environment environment, LongConsumer leaseDue, RevisionLog log) throws DataDirectoryException {
        this.leases = new Leases(environment, leaseDue);
        log.load(new Loading());
        this.hub = new WatchHub(keys.revision(), feedable::release);
    }

    /** Shows changes that are durable. */
    void show(List<RevisionLog.Row> rows) {
        List<Change> changes = rows.stream().map(RevisionLog.Row::change).toList();
        synchronized (this) {
            keys.apply(changes);
            rows.forEach(row -> leases.attach(row.change().key(), leaseOf(row.lease())));
            hub.publish(changes.stream().map(Change::event).toList());
        }
        feedable.release();
    }

    private static Optional<Store.Lease> leaseOf(long id) {
        return id == 0 ? Optional.empty() : Optional.of(new Store.Lease(id));
    }

    private final class Loading implements RevisionLog.Loader {
        @Override
        public void history(long compacted, long revision) {
            keys.restore(compacted, revision);
        }

        @Override
        public void lease(long id, Duration timeToLive) {
            leases.add(id, timeToLive);
        }

        @Override
        public void change(String key, Optional<StoredValue> value, long revision, long lease) {
            Optional<StoredValue> before = keys.get(key);
            leases.attach(key, leaseOf(lease));
            if (revision <= keys.compacted() || (value.isEmpty() && before.isEmpty())) {
                keys.restore(key, value);
                keys.restore(keys.compacted(), revision);
            } else if (value.isPresent()) {
                keys.apply(List.of(Change.put(value.get(), before)));
            } else {
                keys.apply(List.of(Change.delete(before.get(), revision)));
            }
        }
    }
}
