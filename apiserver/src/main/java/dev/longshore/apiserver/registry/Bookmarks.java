package dev.longshore.apiserver.registry;

import dev.longshore.apiserver.cache.CacheWatch;
import dev.longshore.apiserver.cache.WatchCache;
import dev.longshore.common.time.Environment;
import dev.longshore.common.time.Timers;
import java.time.Duration;
import java.util.Optional;

/**
 * Asks for a bookmark about every minute, until closed (Kubernetes API server: about once a minute). A client that
 * comes back with its newest bookmark need not list again.
 */
final class Bookmarks implements AutoCloseable {
    private static final Duration SHORTEST = Duration.ofSeconds(55);
    private static final int SPREAD_MILLIS = 10_000;

    private final Environment environment;
    private final WatchCache<?> cache;
    private final CacheWatch watch;
    private Optional<Timers.Timer> timer = Optional.empty();
    private boolean closed;

    private Bookmarks(Environment environment, WatchCache<?> cache, CacheWatch watch) {
        this.environment = environment;
        this.cache = cache;
        this.watch = watch;
    }

    /** Bookmarks of a watch; none ever if it did not ask for them. */
    static Bookmarks of(boolean wanted, Environment environment, WatchCache<?> cache, CacheWatch watch) {
        Bookmarks bookmarks = new Bookmarks(environment, cache, watch);
        if (wanted) {
            bookmarks.schedule();
        }
        return bookmarks;
    }

    private synchronized void schedule() {
        if (!closed) {
            Duration delay = SHORTEST.plusMillis(environment.randomness().below(SPREAD_MILLIS));
            timer = Optional.of(environment.timers().after(delay, this::due));
        }
    }

    /** The bookmark shows what the cache knows now; what the store answers shows with the next one. */
    private void due() {
        watch.requestBookmark();
        cache.requestProgress();
        schedule();
    }

    @Override
    public synchronized void close() {
        closed = true;
        timer.ifPresent(Timers.Timer::cancel);
    }
}
