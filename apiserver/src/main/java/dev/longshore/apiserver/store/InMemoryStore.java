package dev.longshore.apiserver.store;

import dev.longshore.common.time.Environment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * A store that keeps everything in memory, for the simulator and for tests. Every future is complete when it is
 * returned, and watchers are called on the writing thread before the write returns; on one thread everything is
 * therefore deterministic. Nothing survives the process.
 */
public final class InMemoryStore implements Store {
    private final Object lock = new Object();
    private final Keyspace keys = new Keyspace();
    private final WatchHub hub = new WatchHub(Keyspace.FIRST_REVISION, this::feed);
    private final Leases leases;
    private long lastLease;
    private boolean closed;

    public InMemoryStore(Environment environment) {
        this.leases = new Leases(environment, this::leaseDue);
    }

    @Override
    public CompletableFuture<Read> get(String key) {
        return answer(() -> new Read(keys.revision(), keys.get(key)));
    }

    @Override
    public CompletableFuture<Range> range(String prefix, String after, int limit, long revision) {
        return answer(() -> keys.range(prefix, after, limit, revision));
    }

    @Override
    public CompletableFuture<WriteResult> put(String key, byte[] value, OptionalLong expected, Optional<Lease> lease) {
        return answer(() -> {
            StoreException.requireFits(key, value);
            lease.ifPresent(this::requireLease);
            Decision decision = Decision.put(keys.get(key), key, value, expected, keys.revision());
            decision.change().ifPresent(change -> {
                apply(List.of(change));
                leases.attach(key, lease);
            });
            return decision.result();
        });
    }

    /** What is written takes one revision, as in a transaction of etcd. */
    @Override
    public List<CompletableFuture<WriteResult>> putEach(List<Put> puts) {
        Put.requireDistinct(puts);
        List<CompletableFuture<WriteResult>> answers = new ArrayList<>();
        synchronized (lock) {
            List<Change> changes = new ArrayList<>();
            long before = keys.revision();
            puts.forEach(put -> answers.add(decide(put, before, changes)));
            apply(changes);
            changes.forEach(change -> leases.attach(change.key(), Optional.empty()));
        }
        feed();
        return answers;
    }

    private CompletableFuture<WriteResult> decide(Put put, long before, List<Change> changes) {
        if (closed) {
            return CompletableFuture.failedFuture(StoreException.closed());
        }
        try {
            StoreException.requireFits(put.key(), put.value());
        } catch (StoreException e) {
            return CompletableFuture.failedFuture(e);
        }
        Decision decision = Decision.put(keys.get(put.key()), put.key(), put.value(), OptionalLong.of(put.expected()),
                before);
        decision.change().ifPresent(changes::add);
        return CompletableFuture.completedFuture(decision.result().withoutPrevious());
    }

    @Override
    public CompletableFuture<WriteResult> delete(String key, OptionalLong expected) {
        return answer(() -> {
            Decision decision = Decision.delete(keys.get(key), expected, keys.revision());
            decision.change().ifPresent(change -> {
                apply(List.of(change));
                leases.attach(key, Optional.empty());
            });
            return decision.result();
        });
    }

    @Override
    public StoreWatch watch(String prefix, long fromRevision, StoreWatcher watcher) {
        StoreWatch watch;
        synchronized (lock) {
            long from = fromRevision == 0 ? keys.revision() + 1 : fromRevision;
            watch = keys.hasChangesFrom(from)
                    ? hub.add(prefix, keys.eventsFrom(prefix, from), from, watcher)
                    : hub.addCompacted(keys.compacted(), watcher);
            if (closed) {
                watch.close();
            }
        }
        feed();
        return watch;
    }

    @Override
    public CompletableFuture<Long> revision() {
        return answer(keys::revision);
    }

    @Override
    public CompletableFuture<Void> compact(long revision) {
        return answer(() -> {
            keys.compact(revision);
            return null;
        });
    }

    @Override
    public CompletableFuture<Lease> grant(Duration timeToLive) {
        return answer(() -> {
            lastLease++;
            leases.add(lastLease, timeToLive);
            return new Lease(lastLease);
        });
    }

    @Override
    public CompletableFuture<Void> keepAlive(Lease lease) {
        return answer(() -> {
            requireLease(lease);
            leases.keepAlive(lease.id());
            return null;
        });
    }

    @Override
    public CompletableFuture<Void> revoke(Lease lease) {
        return answer(() -> {
            requireLease(lease);
            end(lease.id());
            return null;
        });
    }

    @Override
    public CompletableFuture<Void> ping() {
        return answer(() -> null);
    }

    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
            leases.close();
            hub.close();
        }
    }

    private void requireLease(Lease lease) {
        if (!leases.exists(lease.id())) {
            throw StoreException.noLease(lease);
        }
    }

    private void leaseDue(long id) {
        synchronized (lock) {
            if (!closed && leases.hasEnded(id)) {
                end(id);
            }
        }
        feed();
    }

    /** All keys of a lease go in one revision. */
    private void end(long id) {
        List<Change> deletions = new ArrayList<>();
        for (String key : leases.keys(id)) {
            keys.get(key).ifPresent(value -> deletions.add(Change.delete(value, keys.revision() + 1)));
        }
        leases.remove(id);
        apply(deletions);
    }

    private void apply(List<Change> changes) {
        keys.apply(changes);
        hub.publish(changes.stream().map(Change::event).toList());
    }

    private void feed() {
        hub.drain();
    }

    private <T> CompletableFuture<T> answer(Supplier<T> action) {
        T result;
        synchronized (lock) {
            if (closed) {
                return CompletableFuture.failedFuture(StoreException.closed());
            }
            try {
                result = action.get();
            } catch (StoreException e) {
                return CompletableFuture.failedFuture(e);
            }
        }
        feed();
        return CompletableFuture.completedFuture(result);
    }
}
