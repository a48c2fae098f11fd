package dev.longshore.apiserver.cache;

import java.time.Duration;

/**
 * What bounds a cache.
 *
 * @param windowEvents how many past changes are kept for watchers
 * @param batchEvents  how many changes one call of a watcher gets at most
 * @param pageObjects  how many objects one read of the store asks for
 * @param waitLimit    how long a read waits for the cache to be new enough (Kubernetes API server: 3 s)
 */
public record CacheLimits(int windowEvents, int batchEvents, int pageObjects, Duration waitLimit) {
    public static final CacheLimits DEFAULT = new CacheLimits(10_000, 500, 5_000, Duration.ofSeconds(3));
}
