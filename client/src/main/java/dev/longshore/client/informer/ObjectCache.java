package dev.longshore.client.informer;

import dev.longshore.api.ObjectKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * The objects of an informer: found by a hash, since every event asks, and in order for lists, where only objects that
 * come and go cost a search. Read by anyone, written by one thread at a time.
 */
final class ObjectCache<T> {
    private final Map<ObjectKey, Entry<T>> entries = new ConcurrentHashMap<>();
    private final ConcurrentSkipListMap<ObjectKey, Entry<T>> ordered = new ConcurrentSkipListMap<>();

    private static final class Entry<T> {
        private volatile T object;

        Entry(T object) {
            this.object = object;
        }
    }

    Optional<T> get(ObjectKey key) {
        return Optional.ofNullable(entries.get(key)).map(entry -> entry.object);
    }

    /** Answers what was there before. */
    Optional<T> put(ObjectKey key, T object) {
        Entry<T> known = entries.get(key);
        if (known == null) {
            Entry<T> made = new Entry<>(object);
            entries.put(key, made);
            ordered.put(key, made);
            return Optional.empty();
        }
        T before = known.object;
        known.object = object;
        return Optional.of(before);
    }

    /** Answers what was there before. */
    Optional<T> remove(ObjectKey key) {
        ordered.remove(key);
        return Optional.ofNullable(entries.remove(key)).map(entry -> entry.object);
    }

    /** All by namespace and name. */
    List<T> all() {
        return objects(ordered.values());
    }

    /** Those of one namespace, by name. */
    List<T> in(String namespace) {
        // U+FFFF sorts behind every character that a name may hold.
        return objects(ordered.subMap(new ObjectKey(namespace, ""), new ObjectKey(namespace, "\uffff")).values());
    }

    /** A copy. */
    SortedMap<ObjectKey, T> byKey() {
        SortedMap<ObjectKey, T> copy = new TreeMap<>();
        ordered.forEach((key, entry) -> copy.put(key, entry.object));
        return copy;
    }

    private static <T> List<T> objects(Collection<Entry<T>> entries) {
        List<T> objects = new ArrayList<>();
        entries.forEach(entry -> objects.add(entry.object));
        return List.copyOf(objects);
    }
}
