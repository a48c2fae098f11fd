package dev.longshore.apiserver.cache;

import java.util.ArrayList;

/**
 * The newest changes, numbered from 0 in the order they came. Not thread-safe: the cache's lock owns it.
 *
 * <p>Example with room for 2: after changes of revisions 5, 6, 7 on a state listed at revision 4, it holds numbers 1
 * and 2 (revisions 6 and 7); {@link #floor} is 5, so whoever has seen revision 5 or later misses nothing.
 *
 * <p>Changes may share a revision. If 6, 6, 7 followed 5, then room for 2 holds the second 6 and 7: whoever has seen all
 * of 6 misses nothing ({@link #floor} is 6), but {@link #holdsRestOf}(6) is false, since one who saw a change of 6 may
 * have missed the other.
 */
final class Window<V> {
    private final int limit;
    private final ArrayList<CacheEvent<V>> ring = new ArrayList<>();
    private long base;
    private long first;
    private long end;
    private long floor;

    Window(int limit) {
        this.limit = limit;
    }

    /** The number of the oldest change held. */
    long first() {
        return first;
    }

    /** The number that the next change will get. */
    long end() {
        return end;
    }

    /** Changes after this revision are all held. */
    long floor() {
        return floor;
    }

    /** Forgets everything: the history now begins after {@code revision}. */
    void reset(long revision) {
        ring.clear();
        end++; // so that everybody who stood at the old end is seen to be behind
        first = end;
        base = end;
        floor = revision;
    }

    void append(CacheEvent<V> event) {
        if (ring.size() < limit) {
            ring.add(event);
        } else {
            floor = get(first).revision();
            ring.set(slot(end), event);
            first++;
        }
        end++;
    }

    CacheEvent<V> get(long number) {
        return ring.get(slot(number));
    }

    private int slot(long number) {
        return Math.toIntExact((number - base) % limit);
    }

    /** Whether all changes are held that one may lack who has been told one of the changes of {@code revision}. */
    boolean holdsRestOf(long revision) {
        boolean cut = first < end && get(first).revision() == floor;
        return cut ? revision > floor : revision >= floor;
    }

    /**
     * The number of the first change that one may lack who has been told one of the changes of {@code revision}: all of
     * them again if there are several.
     */
    long restOf(long revision) {
        long next = after(revision);
        long own = after(revision - 1);
        return next - own > 1 ? own : next;
    }

    /** The number of the first change after {@code revision}. */
    long after(long revision) {
        long low = first;
        long high = end;
        while (low < high) {
            long middle = (low + high) >>> 1;
            if (get(middle).revision() <= revision) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
