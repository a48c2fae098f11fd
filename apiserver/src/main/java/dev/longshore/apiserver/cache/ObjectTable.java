package dev.longshore.apiserver.cache;

import dev.longshore.apiserver.store.KeyOrder;
import dev.longshore.apiserver.store.StoreEvent;
import dev.longshore.apiserver.store.StoredValue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The decoded objects of a cache and the revision up to which they are known. Changes come from one thread at a time,
 * reads from any; each read shows one revision. A value that cannot be decoded is left out, and its key logged: one bad
 * value must not hide the others.
 */
final class ObjectTable<V> {
    private static final System.Logger LOG = System.getLogger(ObjectTable.class.getName());

    private final ObjectDecoder<V> decoder;
    private final CacheMetrics metrics;
    private final Map<String, Cached<V>> objects = new HashMap<>();
    /** Apart from the objects: most changes are to keys that stay. */
    private final TreeSet<String> keys = new TreeSet<>(KeyOrder.BYTES);
    private long revision;

    ObjectTable(ObjectDecoder<V> decoder, CacheMetrics metrics) {
        this.decoder = decoder;
        this.metrics = metrics;
    }

    synchronized long revision() {
        return revision;
    }

    synchronized int size() {
        return objects.size();
    }

    synchronized Optional<Cached<V>> get(String key) {
        return Optional.ofNullable(objects.get(key));
    }

    synchronized Snapshot<V> snapshot(String prefix) {
        List<Cached<V>> found = new ArrayList<>();
        for (String key : keys.tailSet(prefix, true)) {
            if (!key.startsWith(prefix)) {
                break;
            }
            found.add(objects.get(key));
        }
        return new Snapshot<>(revision, List.copyOf(found));
    }

    /** The object of a stored value: the one that is here already if it is the same. */
    Optional<Cached<V>> share(StoredValue stored) {
        Optional<Cached<V>> here = get(stored.key());
        return here.isPresent() && here.get().revision() == stored.modRevision() ? here : decode(stored);
    }

    synchronized void reached(long newRevision) {
        revision = Math.max(revision, newRevision);
    }

    /** Sets the whole state without telling what changed. */
    void load(long listed, List<StoredValue> values) {
        TreeMap<String, Cached<V>> decoded = decodeAll(values);
        synchronized (this) {
            set(decoded, listed);
        }
    }

    /** Sets the whole state and tells what changed, in order of revision. */
    List<CacheEvent<V>> replace(long listed, List<StoredValue> values) {
        TreeMap<String, Cached<V>> now = decodeAll(values);
        List<CacheEvent<V>> changes = new ArrayList<>();
        synchronized (this) {
            for (String key : keys) {
                if (!now.containsKey(key)) {
                    changes.add(deleted(objects.get(key), listed));
                }
            }
            now.values().forEach(object -> addChange(object, changes));
            changes.sort(Comparator.comparingLong(CacheEvent::revision));
            set(now, listed);
        }
        return changes;
    }

    private void set(TreeMap<String, Cached<V>> now, long listed) {
        objects.clear();
        objects.putAll(now);
        keys.clear();
        keys.addAll(now.navigableKeySet());
        revision = listed;
    }

    /** A key that was created anew had been gone before: its watchers see both. */
    private void addChange(Cached<V> object, List<CacheEvent<V>> changes) {
        Optional<Cached<V>> old = get(object.key());
        if (old.isEmpty()) {
            changes.add(new CacheEvent<>(CacheEvent.Type.ADDED, object, old, object.revision()));
        } else if (old.get().createRevision() != object.createRevision()) {
            changes.add(deleted(old.get(), object.createRevision() - 1));
            changes.add(new CacheEvent<>(CacheEvent.Type.ADDED, object, Optional.empty(), object.revision()));
        } else if (old.get().revision() != object.revision()) {
            changes.add(new CacheEvent<>(CacheEvent.Type.MODIFIED, object, old, object.revision()));
        }
    }

    /** Applies changes, all at once for readers; answers those that can be seen because their values are readable. */
    List<CacheEvent<V>> apply(List<StoreEvent> events) {
        List<Optional<Cached<V>>> decoded = events.stream().map(event -> event.after().flatMap(this::decode)).toList();
        List<CacheEvent<V>> changes = new ArrayList<>();
        synchronized (this) {
            for (int i = 0; i < events.size(); i++) {
                apply(events.get(i), decoded.get(i)).ifPresent(changes::add);
            }
            revision = events.getLast().revision();
        }
        return changes;
    }

    private Optional<CacheEvent<V>> apply(StoreEvent event, Optional<Cached<V>> now) {
        Optional<Cached<V>> old = get(event.key());
        if (now.isPresent()) {
            objects.put(event.key(), now.get());
            if (old.isEmpty()) {
                keys.add(event.key());
            }
            CacheEvent.Type type = old.isPresent() ? CacheEvent.Type.MODIFIED : CacheEvent.Type.ADDED;
            return Optional.of(new CacheEvent<>(type, now.get(), old, event.revision()));
        }
        objects.remove(event.key());
        keys.remove(event.key());
        return old.map(object -> deleted(object, event.revision()));
    }

    private CacheEvent<V> deleted(Cached<V> old, long at) {
        return new CacheEvent<>(CacheEvent.Type.DELETED, old.departedAt(at, decoder), Optional.of(old), at);
    }

    private TreeMap<String, Cached<V>> decodeAll(List<StoredValue> values) {
        TreeMap<String, Cached<V>> decoded = new TreeMap<>(KeyOrder.BYTES);
        for (StoredValue stored : values) {
            share(stored).ifPresent(object -> decoded.put(object.key(), object));
        }
        return decoded;
    }

    private Optional<Cached<V>> decode(StoredValue stored) {
        try {
            return Optional.of(new Cached<>(stored.key(), decoder.decode(stored), stored.createRevision(),
                    stored.modRevision()));
        } catch (RuntimeException e) {
            metrics.undecodable();
            LOG.log(System.Logger.Level.ERROR, "key=" + stored.key() + " revision=" + stored.modRevision()
                    + " cannot be decoded and is left out: " + e.getClass().getSimpleName());
            return Optional.empty();
        }
    }
}
