package dev.longshore.apiserver.store;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/**
 * Where the cluster's state lies: keys to values with a history of revisions, in etcd's model. Every write gets the
 * next revision of the whole store; a deleted key has none.
 *
 * <p>Calls return at once. A future fails with {@link StoreException}; a write whose future fails with
 * {@link StoreException.Kind#UNKNOWN} may or may not have happened. A write that completed survives the process and the
 * machine. Reads are linearizable: they show every write that completed before they were asked.
 *
 * <p>{@code StoreContract} holds every implementation to this text.
 */
public interface Store extends AutoCloseable {
    /** The value of a key now. */
    CompletableFuture<Read> get(String key);

    /**
     * The keys with a prefix, in byte order.
     *
     * @param after    only keys behind this one; "" for all
     * @param limit    at most so many; 0 for all
     * @param revision the state as of this revision; 0 for now. Fails with COMPACTED or FUTURE.
     */
    CompletableFuture<Range> range(String prefix, String after, int limit, long revision);

    /**
     * Writes a value if the key is in the state expected.
     *
     * @param expected the revision that last changed the key; 0: the key must not exist; empty: whatever it is
     */
    CompletableFuture<WriteResult> put(String key, byte[] value, OptionalLong expected, Optional<Lease> lease);

    /** Deletes a key if it is in the state expected; a key that does not exist is a Mismatch. */
    CompletableFuture<WriteResult> delete(String key, OptionalLong expected);

    /**
     * Tells the watcher of every change to keys with the prefix, from {@code fromRevision} on, in order of revision.
     * 0: from now on.
     */
    StoreWatch watch(String prefix, long fromRevision, StoreWatcher watcher);

    /** The newest revision. */
    CompletableFuture<Long> revision();

    /** Forgets the history before {@code revision}; values that are current stay. */
    CompletableFuture<Void> compact(long revision);

    /** A lease: keys written with it are deleted when it is not kept alive for {@code timeToLive}. */
    CompletableFuture<Lease> grant(Duration timeToLive);

    /** Starts the lease's time anew. Fails with NOT_FOUND when it has ended. */
    CompletableFuture<Void> keepAlive(Lease lease);

    /** Ends the lease and deletes its keys. */
    CompletableFuture<Void> revoke(Lease lease);

    /** Whether the store answers; for readiness. */
    CompletableFuture<Void> ping();

    @Override
    void close();

    /** A lease by its id. */
    record Lease(long id) {
    }

    /** A key's value at {@code revision}; empty if there is none. */
    record Read(long revision, Optional<StoredValue> value) {
    }

    /** A range as of {@code revision}; {@code more} tells that the limit cut it; {@code total} counts what is behind it too. */
    record Range(long revision, List<StoredValue> values, boolean more, long total) {
    }
}
