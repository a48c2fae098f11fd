package dev.longshore.apiserver.registry;

import dev.longshore.apiserver.admission.AdmissionChain;
import dev.longshore.apiserver.allocation.ServiceAllocator;
import dev.longshore.apiserver.cache.Freshness;
import dev.longshore.apiserver.cache.WatchCache;
import dev.longshore.apiserver.resources.Resources;
import dev.longshore.common.time.Clock;
import dev.longshore.common.time.Randomness;

/** What the operations of the registry work with. */
record RegistryParts(ObjectStorage storage, ObjectCaches caches, Resources resources, AdmissionChain admission,
        ServiceAllocator services, Clock clock, Randomness randomness) {
    /**
     * How new a cache has to be for a request: "" as new as the store, "0" as it is, a number not older than that.
     * Fails with TIMEOUT when the store has not got there.
     */
    Freshness freshness(WatchCache<?> cache, String resourceVersion) {
        if (resourceVersion.isEmpty()) {
            return new Freshness.Newest();
        }
        long asked = Lists.parse(resourceVersion);
        if (asked == 0) {
            return new Freshness.Any();
        }
        if (Long.compareUnsigned(asked, cache.revision()) > 0) {
            storage.requireReached(asked);
        }
        return new Freshness.AtLeast(asked);
    }
}
