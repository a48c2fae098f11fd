package dev.longshore.apiserver.registry;

import com.google.protobuf.Message;
import dev.longshore.api.ApiException;
import dev.longshore.apiserver.cache.CacheEvent;
import dev.longshore.apiserver.cache.CacheWatch;
import dev.longshore.apiserver.cache.CacheWatcher;
import dev.longshore.apiserver.cache.Cached;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * One watch between the cache and an edge: shows each change as the selectors have it, and passes on no more than was
 * requested. It keeps at most one batch of the cache; while it has no room the cache keeps the changes in its window,
 * and ends the watch with EXPIRED when they leave that. One thread at a time calls the watcher: whoever brings
 * something or requests, unless another is at it.
 */
final class CachedWatch<T extends Message> implements CacheWatcher<T>, ObjectWatch {
    private sealed interface Item<T extends Message> {
        record Change<T extends Message>(CacheEvent.Type type, Cached<T> object) implements Item<T> {}

        record Bookmark<T extends Message>(String resourceVersion) implements Item<T> {}

        record InitialEnd<T extends Message>(String resourceVersion) implements Item<T> {}

        record End<T extends Message>(ApiException cause) implements Item<T> {}

        /** Whether it counts against what was requested. */
        default boolean counts() {
            return switch (this) {
                case Change<T> _,Bookmark<T> _ -> true;
                case InitialEnd<T> _,End<T> _ -> false;
            };
        }
    }

    /** What a watch depends on while it runs. */
    interface Source {
        /** There is room again. */
        void ready();

        void close();
    }

    private final Selection<T> selection;
    private final StoredDecoder<T> decoder;
    private final ObjectWatcher<T> watcher;
    private final Deque<Item<T>> waiting = new ArrayDeque<>();
    private Source source = new NoSource();
    private long requested;
    private boolean delivering;
    private boolean stalled;
    private boolean ended;

    CachedWatch(Selection<T> selection, StoredDecoder<T> decoder, ObjectWatcher<T> watcher) {
        this.selection = selection;
        this.decoder = decoder;
        this.watcher = watcher;
    }

    /** Queues an object that is there already; before {@link #attach}. */
    synchronized void addInitial(Cached<T> object) {
        waiting.add(new Item.Change<>(CacheEvent.Type.ADDED, object));
    }

    synchronized void addInitialEnd(String resourceVersion) {
        waiting.add(new Item.InitialEnd<>(resourceVersion));
    }

    /** Where changes come from; they may have begun to. */
    void attach(Source attached) {
        boolean over;
        synchronized (this) {
            over = ended;
            source = over ? source : attached;
        }
        if (over) {
            attached.close();
        }
    }

    @Override
    public boolean onEvents(List<CacheEvent<T>> events) {
        synchronized (this) {
            if (!ended) {
                events.forEach(this::addShown);
            }
        }
        deliver();
        synchronized (this) {
            stalled = !hasRoom();
            return !stalled;
        }
    }

    /** An object that starts matching is ADDED, one that stops is DELETED. */
    private void addShown(CacheEvent<T> event) {
        boolean before = event.previous().filter(old -> selection.matches(old.value())).isPresent();
        boolean now = event.type() != CacheEvent.Type.DELETED && selection.matches(event.object().value());
        if (now) {
            waiting.add(new Item.Change<>(before ? CacheEvent.Type.MODIFIED : CacheEvent.Type.ADDED, event.object()));
        } else if (before) {
            waiting.add(new Item.Change<>(CacheEvent.Type.DELETED,
                    event.previous().orElseThrow().departedAt(event.revision(), decoder)));
        }
    }

    @Override
    public void onBookmark(long revision) {
        synchronized (this) {
            if (!ended && waiting.isEmpty()) { // else the watcher is slow, and an older one may wait already
                waiting.add(new Item.Bookmark<>(Long.toString(revision)));
            }
        }
        deliver();
    }

    @Override
    public void onEnd(ApiException reason) {
        Source last;
        synchronized (this) {
            if (ended) {
                return;
            }
            ended = true;
            waiting.clear();
            waiting.add(new Item.End<>(reason));
            last = source;
        }
        last.close();
        deliver();
    }

    @Override
    public void request(int events) {
        synchronized (this) {
            requested += events;
        }
        deliver();
    }

    @Override
    public void close() {
        Source last;
        synchronized (this) {
            ended = true;
            waiting.clear();
            last = source;
        }
        last.close();
    }

    private boolean hasRoom() {
        return waiting.isEmpty() && !delivering && requested > 0;
    }

    private void deliver() {
        boolean more = true;
        while (more) {
            more = deliverOne();
        }
        Source waits;
        synchronized (this) {
            if (!stalled || !hasRoom()) {
                return;
            }
            stalled = false;
            waits = source;
        }
        waits.ready();
    }

    private boolean deliverOne() {
        Item<T> next;
        synchronized (this) {
            if (delivering || waiting.isEmpty() || requested == 0 && waiting.peek().counts()) {
                return false;
            }
            delivering = true;
            next = waiting.poll();
            requested -= next.counts() ? 1 : 0;
        }
        try {
            hand(next);
        } finally {
            synchronized (this) {
                delivering = false;
            }
        }
        return true;
    }

    private void hand(Item<T> item) {
        switch (item) {
            case Item.Change<T>(CacheEvent.Type type, Cached<T> object) -> watcher.onEvent(type, object);
            case Item.Bookmark<T>(String resourceVersion) -> watcher.onBookmark(resourceVersion);
            case Item.InitialEnd<T>(String resourceVersion) -> watcher.onInitialEventsEnd(resourceVersion);
            case Item.End<T>(ApiException cause) -> watcher.onEnd(cause);
        }
    }

    /** Before there is one. */
    private static final class NoSource implements Source {
        @Override
        public void ready() {
        }

        @Override
        public void close() {
        }
    }

    /** A watch of the cache, with its bookmarks. */
    record CacheSource(CacheWatch watch, Bookmarks bookmarks) implements Source {
        @Override
        public void ready() {
            watch.ready();
        }

        @Override
        public void close() {
            bookmarks.close();
            watch.close();
        }
    }
}
