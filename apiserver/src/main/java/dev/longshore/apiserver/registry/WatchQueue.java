package dev.longshore.apiserver.registry;

import com.google.protobuf.Message;
import dev.longshore.api.ApiException;
import dev.longshore.client.WatchEvent;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The events that wait for one watcher. Offering never blocks; a watcher that leaves more than {@link #LIMIT} changes
 * waiting ends with EXPIRED. One thread at a time calls the watcher: whoever offers or requests, unless another is at
 * it.
 */
final class WatchQueue<T extends Message> implements ObjectWatch {
    /** Changes that may wait for a slow watcher; the objects present at the start do not count. */
    static final int LIMIT = 10_000;

    private sealed interface Item<T extends Message> {
        record Change<T extends Message>(WatchEvent<T> event, SharedEncoding shared) implements Item<T> {}

        record InitialEnd<T extends Message>(String resourceVersion) implements Item<T> {}

        record End<T extends Message>(ApiException cause) implements Item<T> {}
    }

    private final ObjectWatcher<T> watcher;
    private final Deque<Item<T>> waiting = new ArrayDeque<>();
    private int initial;
    private long requested;
    private boolean delivering;
    private boolean ended;
    private Runnable onClose = () -> {
    };

    WatchQueue(ObjectWatcher<T> watcher) {
        this.watcher = watcher;
    }

    /** What to do once when the watch ends; at once if it has ended already. */
    void onClose(Runnable action) {
        boolean now;
        synchronized (this) {
            now = ended;
            onClose = action;
        }
        if (now) {
            action.run();
        }
    }

    synchronized void addInitial(WatchEvent<T> event) {
        initial++;
        waiting.add(new Item.Change<>(event, new SharedEncoding()));
    }

    synchronized void addInitialEnd(String resourceVersion) {
        initial++;
        waiting.add(new Item.InitialEnd<>(resourceVersion));
    }

    void offer(WatchEvent<T> event, SharedEncoding shared) {
        boolean full;
        synchronized (this) {
            full = waiting.size() - initial >= LIMIT;
            if (!ended && !full) {
                waiting.add(new Item.Change<>(event, shared));
            }
        }
        if (full) {
            end(ApiException.expired("the watch fell behind by more than " + LIMIT + " changes"));
        } else {
            deliver();
        }
    }

    /** Ends the watch; what still waits is dropped. */
    void end(ApiException cause) {
        synchronized (this) {
            if (ended) {
                return;
            }
            ended = true;
            waiting.clear();
            waiting.add(new Item.End<>(cause));
        }
        onClose.run();
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
        Runnable action;
        synchronized (this) {
            ended = true;
            waiting.clear();
            action = onClose;
            onClose = () -> {
            };
        }
        action.run();
    }

    private void deliver() {
        while (true) {
            Item<T> next;
            synchronized (this) {
                if (delivering || !mayDeliver()) {
                    return;
                }
                delivering = true;
                next = waiting.poll();
                initial = Math.max(0, initial - 1);
                requested -= next instanceof Item.Change<T> ? 1 : 0;
            }
            try {
                hand(next);
            } finally {
                synchronized (this) {
                    delivering = false;
                }
            }
        }
    }

    private boolean mayDeliver() {
        return !waiting.isEmpty() && (requested > 0 || !(waiting.peek() instanceof Item.Change<T>));
    }

    private void hand(Item<T> item) {
        switch (item) {
            case Item.Change<T>(WatchEvent<T> event, SharedEncoding shared) -> watcher.onEvent(event, shared);
            case Item.InitialEnd<T>(String resourceVersion) -> watcher.onInitialEventsEnd(resourceVersion);
            case Item.End<T>(ApiException cause) -> watcher.onEnd(cause);
        }
    }
}
