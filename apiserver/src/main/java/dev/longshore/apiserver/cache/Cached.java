package dev.longshore.apiserver.cache;

import java.lang.ref.SoftReference;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A stored object, decoded once and shared by all readers, together with its encoded forms. An encoded form is computed
 * once, when it is first asked for, and shared by every list and every watch event that shows the object; an edge adds
 * the few bytes around it (the event's type depends on the watcher's selector, the object does not). The forms are held
 * softly: they go when memory is short. Neither the value nor the bytes may be modified.
 */
public final class Cached<V> {
    private final String key;
    private final V value;
    private final long createRevision;
    private final long revision;
    private SoftReference<Map<String, byte[]>> encodings = new SoftReference<>(null);
    private Optional<Cached<V>> departed = Optional.empty();

    public Cached(String key, V value, long createRevision, long revision) {
        this.key = key;
        this.value = value;
        this.createRevision = createRevision;
        this.revision = revision;
    }

    public String key() {
        return key;
    }

    public V value() {
        return value;
    }

    public long createRevision() {
        return createRevision;
    }

    /** The revision that last changed the key; for the object of a deletion, that of the deletion. */
    public long revision() {
        return revision;
    }

    /**
     * The value's encoded form.
     *
     * @param encoding names the form: one id always goes with the same encoder
     */
    public synchronized byte[] encoded(String encoding, Function<V, byte[]> encoder) {
        Map<String, byte[]> forms = encodings.get();
        if (forms == null) {
            forms = new HashMap<>();
            encodings = new SoftReference<>(forms);
        }
        return forms.computeIfAbsent(encoding, id -> encoder.apply(value));
    }

    /**
     * This object as the change at {@code change} shows it to whom it disappears: to everybody when it was deleted, to
     * a watcher with a selector when it stops matching. Only one change can follow, so all watchers share the answer.
     */
    public synchronized Cached<V> departedAt(long change, ObjectDecoder<V> decoder) {
        if (departed.isEmpty() || departed.get().revision != change) {
            departed = Optional.of(new Cached<>(key, decoder.atRevision(value, change), createRevision, change));
        }
        return departed.get();
    }

    @Override
    public String toString() {
        return key + "@" + revision;
    }
}
