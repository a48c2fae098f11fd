package dev.longshore.apiserver.store;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Keys, values and their history in memory: the current values, and the changes since the last compaction, each with
 * what it replaced. An older state is found by undoing the changes behind it. Not thread-safe: the store's lock owns
 * it.
 *
 * <p>Example: put a (revision 2), put b (3), delete a (4). The current values are {b}; the state at 3 is the current
 * one with the change of revision 4 undone: {a, b}. After {@code compact(3)} the changes of 2 and 3 are gone, so the
 * states of 3 and 4 can be read and watches can begin at 4.
 */
final class Keyspace {
    /** The revision of a store in which nothing was ever written (source: etcd). */
    static final long FIRST_REVISION = 1;

    private final TreeMap<String, StoredValue> current = new TreeMap<>(KeyOrder.BYTES);
    private final List<Change> changes = new ArrayList<>();
    private long revision = FIRST_REVISION;
    private long compacted;

    long revision() {
        return revision;
    }

    /** The oldest state that can be read; 0 before the first compaction. */
    long compacted() {
        return compacted;
    }

    Optional<StoredValue> get(String key) {
        return Optional.ofNullable(current.get(key));
    }

    /** Adds changes of the revisions that follow, in order. */
    void apply(List<Change> next) {
        for (Change change : next) {
            switch (change.event()) {
                case StoreEvent.Put put -> current.put(put.key(), put.value());
                case StoreEvent.Delete delete -> current.remove(delete.key());
            }
            changes.add(change);
            revision = change.revision();
        }
    }

    /** Sets or removes a value before the history begins; only while a store is being loaded. */
    void restore(String key, Optional<StoredValue> value) {
        value.ifPresentOrElse(stored -> current.put(key, stored), () -> current.remove(key));
    }

    /** Sets where the history begins and how far it got; only while a store is being loaded. */
    void restore(long loadedCompacted, long loadedRevision) {
        compacted = loadedCompacted;
        revision = Math.max(revision, loadedRevision);
    }

    /** The state at {@code at}; 0 for now. */
    Store.Range range(String prefix, String after, int limit, long at) {
        requireReadable(at);
        long shown = at == 0 ? revision : at;
        TreeMap<String, Optional<StoredValue>> undone = undoneAfter(shown, prefix, after);
        List<StoredValue> page = new ArrayList<>();
        long total = 0;
        String start = KeyOrder.BYTES.compare(after, prefix) > 0 ? after : prefix;
        Iterator<Map.Entry<String, Optional<StoredValue>>> old = undone.entrySet().iterator();
        Map.Entry<String, Optional<StoredValue>> nextOld = old.hasNext() ? old.next() : null;
        for (StoredValue value : current.tailMap(start, !start.equals(after)).values()) {
            if (!value.key().startsWith(prefix)) {
                break;
            }
            while (nextOld != null && KeyOrder.BYTES.compare(nextOld.getKey(), value.key()) < 0) {
                total += add(page, limit, nextOld.getValue());
                nextOld = old.hasNext() ? old.next() : null;
            }
            if (nextOld != null && nextOld.getKey().equals(value.key())) {
                total += add(page, limit, nextOld.getValue());
                nextOld = old.hasNext() ? old.next() : null;
            } else {
                total += add(page, limit, Optional.of(value));
            }
        }
        while (nextOld != null) {
            total += add(page, limit, nextOld.getValue());
            nextOld = old.hasNext() ? old.next() : null;
        }
        return new Store.Range(shown, List.copyOf(page), total > page.size(), total);
    }

    private static int add(List<StoredValue> page, int limit, Optional<StoredValue> value) {
        if (value.isPresent() && (limit == 0 || page.size() < limit)) {
            page.add(value.get());
        }
        return value.isPresent() ? 1 : 0;
    }

    /** What the keys that changed after {@code at} held then; walking back, the oldest change decides. */
    private TreeMap<String, Optional<StoredValue>> undoneAfter(long at, String prefix, String after) {
        TreeMap<String, Optional<StoredValue>> undone = new TreeMap<>(KeyOrder.BYTES);
        for (int i = changes.size() - 1; i >= 0 && changes.get(i).revision() > at; i--) {
            Change change = changes.get(i);
            if (change.key().startsWith(prefix) && KeyOrder.BYTES.compare(change.key(), after) > 0) {
                undone.put(change.key(), change.before());
            }
        }
        return undone;
    }

    private void requireReadable(long at) {
        if (at != 0 && at < compacted) {
            throw new StoreException(StoreException.Kind.COMPACTED,
                    "revision " + at + " has been compacted, the oldest is " + compacted);
        }
        requirePresent(at);
    }

    private void requirePresent(long at) {
        if (at > revision) {
            throw new StoreException(StoreException.Kind.FUTURE,
                    "revision " + at + " does not exist yet, the newest is " + revision);
        }
    }

    /** Whether changes from {@code fromRevision} on are still known. */
    boolean hasChangesFrom(long fromRevision) {
        return fromRevision > compacted;
    }

    /** What changed of the keys with the prefix from {@code fromRevision} on. */
    List<StoreEvent> eventsFrom(String prefix, long fromRevision) {
        List<StoreEvent> found = new ArrayList<>();
        for (Change change : changes.subList(firstAtOrAfter(fromRevision), changes.size())) {
            if (change.key().startsWith(prefix)) {
                found.add(change.event());
            }
        }
        return found;
    }

    /** Forgets changes up to {@code at} and returns them, oldest first. */
    List<Change> compact(long at) {
        requirePresent(at);
        if (at <= compacted) {
            return List.of();
        }
        List<Change> old = changes.subList(0, firstAtOrAfter(at + 1));
        List<Change> forgotten = List.copyOf(old);
        old.clear();
        compacted = at;
        return forgotten;
    }

    private int firstAtOrAfter(long wanted) {
        int low = 0;
        int high = changes.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (changes.get(middle).revision() < wanted) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
