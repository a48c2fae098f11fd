package dev.longshore.apiserver.store;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Where the cluster's state lies: keys to values with a history of revisions, in etcd's model. Every write gets the
 * next revision of the whole store, the first one 2; a store in which nothing was written is at revision 1. A deleted
 * key has no revision; when it is created again it starts anew.
 *
 * <p>Calls return at once. A future fails with {@link StoreException}; a write whose future fails with
 * {@link StoreException.Kind#UNKNOWN} may or may not have happened. A write that completed survives the process and the
 * machine ({@link InMemoryStore} apart). Reads are linearizable: they show every write that completed before they were
 * asked. After {@link #close} every call fails with UNAVAILABLE and no watcher is called any more.
 *
 * <p>Example: put a=1 (revision 2), put a=2 if it is at 2 (revision 3), put a=3 if it is at 2: a Mismatch that shows
 * a=2 at 3. {@code compact(3)}; a range at 2 fails with COMPACTED, one at 3 shows a=2; a watch from 3 is told that its
 * history is gone, one from 4 misses nothing.
 *
 * <p>{@code StoreContract} holds every implementation to this text.
 */
public interface Store extends AutoCloseable {
    /**
     * The largest value, in bytes: etcd takes requests of 1.5 MiB (its default {@code max-request-bytes}), of which the
     * key and the request around it need a little.
     */
    int MAX_VALUE_BYTES = 1_572_864 - 8_192;

    /** The value of a key now. */
    CompletableFuture<Read> get(String key);

    /**
     * The keys with a prefix, in the order of their UTF-8 bytes.
     *
     * @param after    only keys behind this one; "" for all
     * @param limit    at most so many; 0 for all
     * @param revision the state as of this revision; 0 for now. Fails with COMPACTED or FUTURE.
     */
    CompletableFuture<Range> range(String prefix, String after, int limit, long revision);

    /**
     * Writes a value if the key is in the state expected. Fails with TOO_LARGE above {@link #MAX_VALUE_BYTES}, and with
     * NOT_FOUND when the lease has ended.
     *
     * @param expected the revision that last changed the key; 0: the key must not exist; empty: whatever it is
     * @param lease    deletes the key when it ends; a put without one frees the key from the lease it had
     */
    CompletableFuture<WriteResult> put(String key, byte[] value, OptionalLong expected, Optional<Lease> lease);

    /**
     * Writes keys, each on its own condition: some may be written while others are not. Costs far less than as many
     * single puts, because those that go together, of this call and of others at the same time, share a transaction;
     * keys may therefore share a revision, and then a watcher is told of them in one call. Events are in the order of
     * the list. It frees the keys from the leases they had.
     *
     * @param puts any number, of different keys
     * @return one answer for each put, in their order, each like the one of {@link #put} but that
     *         {@link WriteResult.Written#previous} is empty: the caller, who names its revision, knows it
     * @throws IllegalArgumentException when a key comes twice
     */
    List<CompletableFuture<WriteResult>> putEach(List<Put> puts);

    /** Deletes a key if it is in the state expected; a key that does not exist is a Mismatch. */
    CompletableFuture<WriteResult> delete(String key, OptionalLong expected);

    /**
     * Tells the watcher of every change to keys with the prefix, from {@code fromRevision} on, in order of revision. To
     * miss nothing after a range, watch from its revision + 1. A watch from a compacted revision or an older one has
     * {@link StoreWatcher#onCompacted} as its only call.
     *
     * @param fromRevision may lie in the future; 0: from the newest at some moment soon after the call
     */
    StoreWatch watch(String prefix, long fromRevision, StoreWatcher watcher);

    /** The newest revision. */
    CompletableFuture<Long> revision();

    /**
     * Forgets the changes up to {@code revision}; the state at it, and everything later, can still be read. Compacting
     * to where the history begins already changes nothing. Fails with FUTURE.
     */
    CompletableFuture<Void> compact(long revision);

    /**
     * A lease: keys written with it are deleted, all in one revision, when it is not kept alive for
     * {@code timeToLive}. A store may round up to whole seconds and be late by a few.
     */
    CompletableFuture<Lease> grant(Duration timeToLive);

    /** Starts the lease's time anew. Fails with NOT_FOUND when it has ended. */
    CompletableFuture<Void> keepAlive(Lease lease);

    /** Ends the lease and deletes its keys. Fails with NOT_FOUND when it has ended. */
    CompletableFuture<Void> revoke(Lease lease);

    /** Whether the store answers; for readiness. */
    CompletableFuture<Void> ping();

    @Override
    void close();

    /** A lease by its id. */
    record Lease(long id) {}

    /**
     * One of many writes.
     *
     * @param expected the revision that last changed the key; 0: the key must not exist
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Put(String key, byte[] value, long expected) {
        /** Fails with IllegalArgumentException when a key comes twice. */
        static void requireDistinct(List<Put> puts) {
            Set<String> keys = new HashSet<>();
            for (Put put : puts) {
                if (!keys.add(put.key())) {
                    throw new IllegalArgumentException("key " + put.key() + " is to be written twice in one call");
                }
            }
        }
    }

    /** A key's value at {@code revision}; empty if there is none. */
    record Read(long revision, Optional<StoredValue> value) {}

    /**
     * A range as of {@code revision}; {@code more} tells that the limit cut it; {@code total} counts all keys with the
     * prefix behind {@code after}, whatever the limit.
     */
    record Range(long revision, List<StoredValue> values, boolean more, long total) {}
}
