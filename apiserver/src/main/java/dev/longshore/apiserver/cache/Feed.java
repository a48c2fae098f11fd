package dev.longshore.apiserver.cache;

import dev.longshore.apiserver.store.Store;
import dev.longshore.apiserver.store.StoreEvent;
import dev.longshore.apiserver.store.StoreWatch;
import dev.longshore.apiserver.store.StoreWatcher;
import dev.longshore.apiserver.store.StoredValue;
import dev.longshore.common.time.Environment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Keeps a cache fed: reads all values in pages at one revision, watches from there, and starts over when the history it
 * stands on is gone. The target is called by one thread at a time.
 */
final class Feed {
    private static final System.Logger LOG = System.getLogger(Feed.class.getName());
    private static final Duration FIRST_RETRY = Duration.ofMillis(50);
    private static final Duration LAST_RETRY = Duration.ofSeconds(5);

    private final Store store;
    private final String prefix;
    private final int pageObjects;
    private final Environment environment;
    private final Target target;
    private Optional<StoreWatch> watch = Optional.empty();
    private Duration retry = FIRST_RETRY;
    private long generation;
    private boolean closed;

    Feed(Store store, String prefix, int pageObjects, Environment environment, Target target) {
        this.store = store;
        this.prefix = prefix;
        this.pageObjects = pageObjects;
        this.environment = environment;
        this.target = target;
    }

    /** What is fed. */
    interface Target {
        /** The whole state at a revision. */
        void replace(long revision, List<StoredValue> values);

        void apply(List<StoreEvent> events);

        void progress(long revision);

        /** Up to where it knows everything; 0 before the first state. */
        long revision();
    }

    /** Lists and watches. A store that answers inline has fed the target when this returns. */
    void start() {
        begin().ifPresent(this::list);
    }

    /** Lists and watches anew, on a task. What an older run still brings is ignored. */
    void restart() {
        begin().ifPresent(mine -> environment.tasks().execute(() -> list(mine)));
    }

    /** The number of a new run; empty after close. */
    private synchronized Optional<Long> begin() {
        if (closed) {
            return Optional.empty();
        }
        watch.ifPresent(StoreWatch::close);
        watch = Optional.empty();
        return Optional.of(++generation);
    }

    void requestProgress() {
        Optional<StoreWatch> current;
        synchronized (this) {
            current = watch;
        }
        current.ifPresent(StoreWatch::requestProgress);
    }

    void close() {
        Optional<StoreWatch> last;
        synchronized (this) {
            closed = true;
            generation++;
            last = watch;
            watch = Optional.empty();
        }
        last.ifPresent(StoreWatch::close);
    }

    private record Listing(long revision, List<StoredValue> values) {}

    private void list(long mine) {
        read(0).thenCompose(this::beforeSharedChanges).whenComplete((listing, failure) -> {
            if (failure == null) {
                listed(mine, listing.revision(), listing.values());
            } else {
                LOG.log(System.Logger.Level.WARNING, "prefix=" + prefix + " could not be listed, trying again: "
                        + failure.getMessage());
                retryLater(mine);
            }
        });
    }

    private CompletableFuture<Listing> read(long revision) {
        List<StoredValue> values = new ArrayList<>();
        return readPages("", revision, values).thenApply(shown -> new Listing(shown, values));
    }

    /**
     * When several changes share the revision of the first state, the state before them is taken: they then come as
     * changes, which somebody who knows only some of them can be told again. A later state is told as changes anyway.
     */
    private CompletableFuture<Listing> beforeSharedChanges(Listing listing) {
        long revision = listing.revision();
        boolean shared = listing.values().stream().filter(value -> value.modRevision() == revision).limit(2)
                .count() > 1;
        return shared && target.revision() == 0
                ? read(revision - 1).exceptionally(_ -> listing) // compacted, minutes ago: nobody goes on from there
                : CompletableFuture.completedFuture(listing);
    }

    private CompletableFuture<Long> readPages(String after, long revision, List<StoredValue> values) {
        return store.range(prefix, after, pageObjects, revision).thenCompose(page -> {
            values.addAll(page.values());
            return page.more()
                    ? readPages(page.values().getLast().key(), page.revision(), values)
                    : CompletableFuture.completedFuture(page.revision());
        });
    }

    private void listed(long mine, long revision, List<StoredValue> values) {
        synchronized (this) {
            if (mine != generation) {
                return;
            }
            retry = FIRST_RETRY;
        }
        target.replace(revision, values);
        StoreWatch begun = store.watch(prefix, revision + 1, new Watcher(mine));
        synchronized (this) {
            if (mine == generation) {
                watch = Optional.of(begun);
            }
        }
        if (isCurrent(mine)) {
            begun.requestProgress(); // for whoever asked while there was no watch
        } else {
            begun.close();
        }
    }

    private void retryLater(long mine) {
        Duration delay;
        synchronized (this) {
            if (mine != generation) {
                return;
            }
            delay = retry.dividedBy(2).plusMillis(environment.randomness().below((int) retry.toMillis()));
            retry = retry.multipliedBy(2).compareTo(LAST_RETRY) < 0 ? retry.multipliedBy(2) : LAST_RETRY;
        }
        environment.timers().after(delay, this::restart);
    }

    private synchronized boolean isCurrent(long mine) {
        return mine == generation;
    }

    private final class Watcher implements StoreWatcher {
        private final long mine;

        Watcher(long mine) {
            this.mine = mine;
        }

        @Override
        public void onEvents(List<StoreEvent> events) {
            if (isCurrent(mine)) {
                target.apply(events);
            }
        }

        @Override
        public void onProgress(long revision) {
            if (isCurrent(mine)) {
                target.progress(revision);
            }
        }

        @Override
        public void onCompacted(long compactRevision) {
            if (isCurrent(mine)) {
                LOG.log(System.Logger.Level.INFO, "prefix=" + prefix + " is listed again: history before "
                        + compactRevision + " is gone");
                restart();
            }
        }
    }
}
