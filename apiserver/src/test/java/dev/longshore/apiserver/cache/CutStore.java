package dev.longshore.apiserver.cache;

import dev.longshore.apiserver.store.Store;
import dev.longshore.apiserver.store.StoreException;
import dev.longshore.apiserver.store.StoreWatch;
import dev.longshore.apiserver.store.StoreWatcher;
import dev.longshore.apiserver.store.WriteResult;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/** A store whose line to its one watcher, and to ranges, can be cut; writes still arrive. */
final class CutStore implements Store {
    private final Store store;
    private Optional<StoreWatcher> watcher = Optional.empty();
    private Optional<StoreWatch> watch = Optional.empty();
    private boolean cut;

    CutStore(Store store) {
        this.store = store;
    }

    /** No change reaches the watcher any more. */
    void cut() {
        cut = true;
        watch.ifPresent(StoreWatch::close);
    }

    /** The line is back, but the history is gone. */
    void mendCompacted() {
        cut = false;
        long newest = store.revision().join();
        store.compact(newest).join();
        Optional<StoreWatcher> told = watcher;
        watcher = Optional.empty();
        told.ifPresent(each -> each.onCompacted(newest));
    }

    @Override
    public CompletableFuture<Range> range(String prefix, String after, int limit, long revision) {
        return cut
                ? CompletableFuture.failedFuture(new StoreException(StoreException.Kind.UNAVAILABLE, "cut"))
                : store.range(prefix, after, limit, revision);
    }

    @Override
    public StoreWatch watch(String prefix, long fromRevision, StoreWatcher told) {
        watcher = Optional.of(told);
        StoreWatch opened = store.watch(prefix, fromRevision, told);
        watch = Optional.of(opened);
        return opened;
    }

    @Override
    public CompletableFuture<Read> get(String key) {
        return store.get(key);
    }

    @Override
    public CompletableFuture<WriteResult> put(String key, byte[] value, OptionalLong expected, Optional<Lease> lease) {
        return store.put(key, value, expected, lease);
    }

    @Override
    public List<CompletableFuture<WriteResult>> putEach(List<Put> puts) {
        return store.putEach(puts);
    }

    @Override
    public CompletableFuture<WriteResult> delete(String key, OptionalLong expected) {
        return store.delete(key, expected);
    }

    @Override
    public CompletableFuture<Long> revision() {
        return store.revision();
    }

    @Override
    public CompletableFuture<Void> compact(long revision) {
        return store.compact(revision);
    }

    @Override
    public CompletableFuture<Lease> grant(Duration timeToLive) {
        return store.grant(timeToLive);
    }

    @Override
    public CompletableFuture<Void> keepAlive(Lease lease) {
        return store.keepAlive(lease);
    }

    @Override
    public CompletableFuture<Void> revoke(Lease lease) {
        return store.revoke(lease);
    }

    @Override
    public CompletableFuture<Void> ping() {
        return store.ping();
    }

    @Override
    public void close() {
        store.close();
    }
}
