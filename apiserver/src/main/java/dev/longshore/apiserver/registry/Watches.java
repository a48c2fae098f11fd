package dev.longshore.apiserver.registry;

import com.google.protobuf.Message;
import dev.longshore.api.ResourceType;
import dev.longshore.apiserver.cache.CacheWatch;
import dev.longshore.apiserver.cache.Cached;
import dev.longshore.apiserver.cache.Freshness;
import dev.longshore.apiserver.cache.Snapshot;
import dev.longshore.apiserver.cache.WatchCache;
import dev.longshore.common.time.Environment;

/** Begins watches: of which objects, after which revision, and what is there already. */
final class Watches {
    private final RegistryParts parts;
    private final Environment environment;

    Watches(RegistryParts parts, Environment environment) {
        this.parts = parts;
        this.environment = environment;
    }

    <T extends Message> ObjectWatch watch(ResourceType<T> type, WatchRequest request, ObjectWatcher<T> watcher) {
        Selection<T> selection = Selection.parse(parts.resources().of(type), request.labelSelector(),
                request.fieldSelector());
        CachedWatch<T> watch = new CachedWatch<>(selection, new StoredDecoder<>(type), watcher);
        WatchCache<T> cache = parts.caches().of(type);
        String prefix = Keys.in(type, request.namespace());
        CacheWatch source = goesOn(request)
                ? resume(cache, prefix, request, watch)
                : cache.watch(prefix, begin(cache, prefix, request, selection, watch), watch);
        watch.attach(new CachedWatch.CacheSource(source,
                Bookmarks.of(request.bookmarks(), environment, cache, source)));
        return watch;
    }

    private static boolean goesOn(WatchRequest request) {
        return Lists.parse(request.resourceVersion()) != 0 && !request.initialEvents();
    }

    /** The version may be the one of an object, and that of other objects too. */
    private <T extends Message> CacheWatch resume(WatchCache<T> cache, String prefix, WatchRequest request,
            CachedWatch<T> watch) {
        parts.freshness(cache, request.resourceVersion());
        ObjectStorage.await(cache.await(new Freshness.Any())); // its history begins when it is filled
        return cache.resume(prefix, Lists.parse(request.resourceVersion()), watch);
    }

    /** Queues what is there already; answers the revision after which changes are told. */
    private <T extends Message> long begin(WatchCache<T> cache, String prefix, WatchRequest request,
            Selection<T> selection, CachedWatch<T> watch) {
        Freshness freshness = parts.freshness(cache, request.resourceVersion());
        Snapshot<T> present = ObjectStorage.await(cache.list(prefix, freshness));
        for (Cached<T> object : present.objects()) {
            if (selection.matches(object.value())) {
                watch.addInitial(object);
            }
        }
        if (request.initialEvents()) {
            watch.addInitialEnd(Long.toString(present.revision()));
        }
        return present.revision();
    }
}
