package dev.longshore.apiserver.cache;

import dev.longshore.api.ApiException;
import dev.longshore.apiserver.store.Store;
import dev.longshore.apiserver.store.StoreEvent;
import dev.longshore.apiserver.store.StoredValue;
import dev.longshore.common.time.Environment;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * One resource's objects in memory: lists and watches are served from here, decoded once. It is fed by the store; how
 * far it got is its revision. A consistent read asks the store for its newest revision and waits, for a bounded time,
 * until the cache has reached it; so it is never stale.
 *
 * <p>When the store's history is gone the cache lists anew and shows its watchers the difference: what changed several
 * times in between shows once, nothing is left out and nothing invented. Only when the store went back in time (it was
 * restored) are all watchers told EXPIRED.
 *
 * <p>Threads: any may call; no lock is held while a watcher or a reader is called. With a store and an executor that
 * run inline, everything happens on the calling thread in a fixed order.
 */
public final class WatchCache<V> implements AutoCloseable, Feed.Target {
    private final Store store;
    private final CacheConfig config;
    private final ObjectTable<V> table;
    private final Dispatcher<V> dispatcher;
    private final RevisionWaiters waiters;
    private final Feed feed;
    private final CacheMetrics metrics;

    public WatchCache(Store store, CacheConfig config, ObjectDecoder<V> decoder, Environment environment,
            MeterRegistry meters) {
        this.store = store;
        this.config = config;
        this.metrics = new CacheMetrics(meters, config.resource());
        this.table = new ObjectTable<>(decoder, metrics);
        this.dispatcher = new Dispatcher<>(config.limits(), environment.tasks(), metrics);
        this.waiters = new RevisionWaiters(environment, config.limits().waitLimit());
        this.feed = new Feed(store, config.prefix(), config.limits().pageObjects(), environment, this);
        metrics.objects(table::size);
    }

    /** Begins to list and watch; to be called once. Reads wait until the first list is there. */
    public void start() {
        feed.start();
    }

    /** The revision up to which the cache knows everything; 0 before the first list. */
    @Override
    public long revision() {
        return table.revision();
    }

    /** The object that the cache has under a key. */
    public Optional<Cached<V>> get(String key) {
        return table.get(key);
    }

    /**
     * The object as of now or later: the shared one if the cache is that new, otherwise read from the store. Fails with
     * INTERNAL_ERROR when the stored value is no object.
     */
    public CompletableFuture<Optional<Cached<V>>> getNewest(String key) {
        return mapped(store.get(key).thenApply(read -> read.value().map(this::share)));
    }

    private Cached<V> share(StoredValue value) {
        return table.share(value).orElseThrow(() -> CacheErrors.unreadable(value.key()));
    }

    /** Asks the store how far it is, so that the revision moves on although nothing changes here; does not wait. */
    public void requestProgress() {
        feed.requestProgress();
    }

    /**
     * The objects whose keys have a prefix, in order of their keys. Fails with TIMEOUT when the cache is not new enough
     * in time.
     *
     * @param keyPrefix the cache's own prefix or a longer one
     */
    public CompletableFuture<Snapshot<V>> list(String keyPrefix, Freshness freshness) {
        return when(freshness, () -> table.snapshot(keyPrefix));
    }

    /** Completes once the cache is fresh enough. Fails with TIMEOUT when it is not in time. */
    public CompletableFuture<Long> await(Freshness freshness) {
        return when(freshness, table::revision);
    }

    /**
     * Tells the watcher of every change to keys with a prefix after a revision.
     *
     * @throws ApiException EXPIRED when changes after {@code afterRevision} are no longer all held
     */
    public CacheWatch watch(String keyPrefix, long afterRevision, CacheWatcher<V> watcher) {
        return dispatcher.watch(keyPrefix, afterRevision, watcher);
    }

    /**
     * As {@link #watch}, for somebody who was told a change of revision {@code seen}. Of several changes that share
     * {@code seen} he may know some: all of them are told again.
     */
    public CacheWatch resume(String keyPrefix, long seen, CacheWatcher<V> watcher) {
        return dispatcher.resume(keyPrefix, seen, watcher);
    }

    /** Ends all watches with SERVICE_UNAVAILABLE. */
    @Override
    public void close() {
        feed.close();
        dispatcher.close(CacheErrors.closed());
    }

    private <T> CompletableFuture<T> when(Freshness freshness, Supplier<T> answer) {
        return mapped(switch (freshness) {
            case Freshness.Any any -> reach(1, () -> CacheErrors.notCaughtUp(config.resource()))
                    .thenApply(done -> answer.get());
            case Freshness.AtLeast atLeast -> reach(Math.max(1, atLeast.revision()),
                    () -> CacheErrors.tooLargeRevision(atLeast.revision(), table.revision()))
                    .thenApply(done -> answer.get());
            case Freshness.Newest newest -> reachNewest().thenApply(done -> answer.get());
        });
    }

    private CompletableFuture<Void> reachNewest() {
        long known = table.revision();
        return store.revision().thenCompose(newest -> {
            if (newest < known) {
                feed.restart(); // the store was restored from an older state
                return CompletableFuture.failedFuture(CacheErrors.notCaughtUp(config.resource()));
            }
            return reach(newest, () -> CacheErrors.notCaughtUp(config.resource()));
        });
    }

    private CompletableFuture<Void> reach(long revision, Supplier<ApiException> tooLate) {
        if (table.revision() >= revision) {
            return CompletableFuture.completedFuture(null);
        }
        CompletableFuture<Boolean> reached = waiters.add(revision);
        feed.requestProgress();
        if (table.revision() >= revision) { // it came since the first look: a store that runs inline answers at once
            waiters.reached(table.revision());
            return CompletableFuture.completedFuture(null);
        }
        return reached.thenCompose(inTime -> inTime
                ? CompletableFuture.completedFuture(null)
                : CompletableFuture.failedFuture(tooLate.get()));
    }

    private static <T> CompletableFuture<T> mapped(CompletableFuture<T> answer) {
        return answer.exceptionallyCompose(failure -> CompletableFuture.failedFuture(CacheErrors.of(failure)));
    }

    @Override
    public void replace(long revision, List<StoredValue> values) {
        metrics.initialized();
        if (table.revision() == 0 || revision < table.revision()) {
            table.load(revision, values);
            dispatcher.reset(revision);
        } else {
            dispatcher.publish(table.replace(revision, values), revision);
        }
        waiters.reached(revision);
    }

    @Override
    public void apply(List<StoreEvent> events) {
        metrics.received(events.size());
        List<CacheEvent<V>> changes = table.apply(events);
        long revision = events.getLast().revision();
        dispatcher.publish(changes, revision);
        waiters.reached(revision);
    }

    @Override
    public void progress(long revision) {
        if (revision > table.revision()) {
            table.reached(revision);
            dispatcher.publish(List.of(), revision);
        }
        waiters.reached(table.revision());
    }
}
