package dev.longshore.client.informer;

import com.google.protobuf.Message;
import dev.longshore.api.ApiException;
import dev.longshore.api.ObjectKey;
import dev.longshore.api.Reason;
import dev.longshore.api.ResourceType;
import dev.longshore.client.ApiClient;
import dev.longshore.client.ObjectList;
import dev.longshore.client.Query;
import dev.longshore.client.Watch;
import dev.longshore.client.WatchEvent;
import dev.longshore.client.WatchListener;
import dev.longshore.common.time.Environment;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/**
 * A local copy of a resource, kept current by one list and then a watch, started over when the watch expires.
 *
 * <p>Reads are lock-free and see each object whole. Changes are applied by one thread at a time (the watch's), which
 * then calls the listeners in the order they were added; so when a listener runs, the cache already shows the change.
 * Objects are never modified in place.
 *
 * <p>Invariant: {@link #hasSeen}(v) means that every change of this resource before v, and at least one of v, is in the
 * cache. Only bindings of pods and deletions may share a version; every other write has one of its own.
 */
public final class Informer<T extends Message> {
    private static final System.Logger LOG = System.getLogger(Informer.class.getName());
    private static final Duration FIRST_RETRY = Duration.ofMillis(50);
    private static final Duration LAST_RETRY = Duration.ofSeconds(5);

    private final ResourceType<T> type;
    private final Query query;
    private final ApiClient client;
    private final Environment environment;
    private final ObjectCache<T> objects = new ObjectCache<>();
    private final Map<String, Index<T>> indexes = new ConcurrentHashMap<>();
    private final List<ChangeListener<T>> listeners = new CopyOnWriteArrayList<>();
    private volatile boolean synced;
    private volatile boolean stopped;
    private volatile long seen;
    private Duration retry = FIRST_RETRY;
    private Optional<Watch> watch = Optional.empty();
    private long generation;

    public Informer(ResourceType<T> type, Query query, ApiClient client, Environment environment) {
        this.type = type;
        this.query = query;
        this.client = client;
        this.environment = environment;
    }

    public ResourceType<T> type() {
        return type;
    }

    /** Adds a listener; call before {@link #start}. */
    public void onChange(ChangeListener<T> listener) {
        listeners.add(listener);
    }

    /**
     * Adds an index; call before {@link #start}.
     *
     * @param values the values under which an object is found, possibly none
     */
    public void index(String name, Function<T, List<String>> values) {
        indexes.put(name, new Index<>(values));
    }

    /** Begins to list and watch; returns at once. */
    public void start() {
        environment.tasks().execute(this::listAndWatch);
    }

    public synchronized void stop() {
        stopped = true;
        generation++;
        watch.ifPresent(Watch::close);
        watch = Optional.empty();
    }

    /** Whether the first list is in the cache. */
    public boolean synced() {
        return synced;
    }

    /** Whether every change up to this version of the store is in the cache. */
    public boolean hasSeen(String resourceVersion) {
        return synced && seen >= version(resourceVersion);
    }

    public Optional<T> get(ObjectKey key) {
        return objects.get(key);
    }

    /** All objects by namespace and name. */
    public List<T> list() {
        return objects.all();
    }

    /** The objects of one namespace, by name. */
    public List<T> list(String namespace) {
        return objects.in(namespace);
    }

    /** The objects that the index has under this value, by namespace and name. */
    public List<T> byIndex(String index, String value) {
        return indexes.get(index).find(value);
    }

    private void listAndWatch() {
        if (stopped) {
            return;
        }
        try {
            ObjectList<T> list = client.list(type, query);
            replace(list);
            retry = FIRST_RETRY;
            openWatch(list.resourceVersion());
        } catch (ApiException e) {
            LOG.log(System.Logger.Level.DEBUG, () -> "informer=" + type + " list failed: " + e.getMessage());
            later(this::listAndWatch);
        } catch (RuntimeException e) {
            // Without another try the copy would stay as it is, and nobody would know.
            LOG.log(System.Logger.Level.ERROR, "informer=" + type + " a listener failed", e);
            later(this::listAndWatch);
        }
    }

    private void openWatch(String resourceVersion) {
        long mine;
        synchronized (this) {
            if (stopped) {
                return;
            }
            mine = ++generation;
        }
        Watch opened = client.watch(type, query, resourceVersion, new Listener(mine));
        synchronized (this) {
            if (mine == generation) {
                watch = Optional.of(opened);
            } else {
                opened.close();
            }
        }
    }

    private synchronized void replace(ObjectList<T> list) {
        Map<ObjectKey, T> gone = objects.byKey();
        for (T object : list.items()) {
            gone.remove(type.key(object));
            put(object);
        }
        gone.values().forEach(this::remove);
        advance(list.resourceVersion());
        synced = true;
        listeners.forEach(ChangeListener::onSynced);
    }

    private synchronized void apply(long from, WatchEvent<T> event) {
        if (from != generation) {
            return;
        }
        retry = FIRST_RETRY;
        switch (event) {
            case WatchEvent.Added<T>(T object) -> putNewer(object);
            case WatchEvent.Modified<T>(T object) -> putNewer(object);
            case WatchEvent.Deleted<T>(T object) -> removeNewer(object);
            case WatchEvent.Bookmark<T>(String resourceVersion) -> advance(resourceVersion);
        }
        listeners.forEach(ChangeListener::onProgress);
    }

    private void putNewer(T object) {
        if (isNews(object)) {
            put(object);
            advance(versionOf(object));
        }
    }

    private void removeNewer(T object) {
        if (isNews(object)) {
            remove(object);
            advance(versionOf(object));
        }
    }

    /**
     * A repeated event is older than what the cache holds, and changes nothing. Of several objects that share the newest
     * version each one's own tells whether it came before.
     */
    private boolean isNews(T object) {
        long told = version(versionOf(object));
        return told > seen || told == seen && get(type.key(object)).map(this::versionOf).map(Informer::version)
                .orElse(0L) < told;
    }

    private String versionOf(T object) {
        return type.meta(object).getResourceVersion();
    }

    private void put(T object) {
        Optional<T> before = objects.put(type.key(object), object);
        if (before.isPresent() && before.get().equals(object)) {
            return;
        }
        indexes.values().forEach(index -> {
            before.ifPresent(old -> index.remove(type.key(old), old));
            index.add(type.key(object), object);
        });
        listeners.forEach(listener -> listener.onChange(before, Optional.of(object)));
    }

    private void remove(T object) {
        Optional<T> before = objects.remove(type.key(object));
        before.ifPresent(old -> {
            indexes.values().forEach(index -> index.remove(type.key(old), old));
            listeners.forEach(listener -> listener.onChange(before, Optional.empty()));
        });
    }

    private void advance(String resourceVersion) {
        seen = Math.max(seen, version(resourceVersion));
    }

    private void ended(long from, ApiException cause) {
        synchronized (this) {
            if (from != generation || stopped) {
                return;
            }
            generation++;
            watch = Optional.empty();
        }
        LOG.log(System.Logger.Level.DEBUG, () -> "informer=" + type + " watch ended: " + cause.getMessage());
        if (cause.is(Reason.EXPIRED)) {
            later(this::listAndWatch);
        } else {
            later(this::resume);
        }
    }

    private void resume() {
        try {
            openWatch(Long.toString(seen));
        } catch (ApiException e) {
            later(this::listAndWatch);
        }
    }

    /** Runs a blocking step after the back-off: doubled each time, half of it random, reset by progress. */
    private void later(Runnable step) {
        Duration wait = retry.dividedBy(2).plusMillis(environment.randomness().below((int) retry.toMillis()));
        retry = retry.multipliedBy(2).compareTo(LAST_RETRY) > 0 ? LAST_RETRY : retry.multipliedBy(2);
        if (!stopped) {
            environment.timers().after(wait, () -> environment.tasks().execute(step));
        }
    }

    private static long version(String resourceVersion) {
        return resourceVersion.isEmpty() ? 0 : Long.parseLong(resourceVersion);
    }

    private final class Listener implements WatchListener<T> {
        private final long mine;

        Listener(long mine) {
            this.mine = mine;
        }

        @Override
        public void onEvent(WatchEvent<T> event) {
            apply(mine, event);
        }

        @Override
        public void onEnd(ApiException cause) {
            ended(mine, cause);
        }
    }

    private static final class Index<T> {
        private final Function<T, List<String>> values;
        private final Map<String, ConcurrentSkipListMap<ObjectKey, T>> entries = new ConcurrentHashMap<>();

        Index(Function<T, List<String>> values) {
            this.values = values;
        }

        void add(ObjectKey key, T object) {
            values.apply(object)
                    .forEach(value -> entries.computeIfAbsent(value, _ -> new ConcurrentSkipListMap<>()).put(key,
                            object));
        }

        void remove(ObjectKey key, T object) {
            values.apply(object).forEach(value -> entries.computeIfPresent(value, (_, found) -> {
                found.remove(key);
                return found.isEmpty() ? null : found;
            }));
        }

        List<T> find(String value) {
            ConcurrentSkipListMap<ObjectKey, T> found = entries.get(value);
            return found == null ? List.of() : List.copyOf(found.values());
        }
    }
}
