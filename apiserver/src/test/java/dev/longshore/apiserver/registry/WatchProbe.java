package dev.longshore.apiserver.registry;

import dev.longshore.api.ApiException;
import dev.longshore.api.core.v1.ConfigMap;
import dev.longshore.apiserver.cache.CacheEvent;
import dev.longshore.apiserver.cache.Cached;
import java.util.ArrayList;
import java.util.List;

/** Notes what a watch tells, as text: {@code +a@5}, {@code ~a@6}, {@code -a@7}, {@code bookmark@8}. */
final class WatchProbe implements ObjectWatcher<ConfigMap> {
    final List<String> seen = new ArrayList<>();
    final List<Cached<ConfigMap>> objects = new ArrayList<>();

    @Override
    public void onEvent(CacheEvent.Type type, Cached<ConfigMap> object) {
        String sign = switch (type) {
            case ADDED -> "+";
            case MODIFIED -> "~";
            case DELETED -> "-";
        };
        objects.add(object);
        seen.add(sign + object.value().getMetadata().getName() + "@"
                + object.value().getMetadata().getResourceVersion());
    }

    @Override
    public void onBookmark(String resourceVersion) {
        seen.add("bookmark@" + resourceVersion);
    }

    @Override
    public void onInitialEventsEnd(String resourceVersion) {
        seen.add("initial@" + resourceVersion);
    }

    @Override
    public void onEnd(ApiException cause) {
        seen.add("end " + cause.reason());
    }
}
