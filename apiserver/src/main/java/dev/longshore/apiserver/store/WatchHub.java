package dev.longshore.apiserver.store;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;

/**
 * Takes changes in order and hands them to watchers. Adding and handing over are apart: {@link #publish} and
 * {@link #add} only queue (call them under the lock that orders the store's writes); {@link #drain} calls the watchers,
 * holding no lock. Only one thread drains at a time; another that finds it busy leaves its work to that one. A watcher
 * that writes to a store which drains on the writing thread is called again within its call, still in order of
 * revision: so on a single thread a write is seen by all watchers when it returns.
 */
final class WatchHub {
    private final Set<Subscription> subscriptions = new LinkedHashSet<>();
    private final Queue<Delivery> queue = new ArrayDeque<>();
    private final Runnable wake;
    private long published;
    private Optional<Thread> drainer = Optional.empty();

    /** @param wake called after something was queued by a subscriber: drains, or tells the thread that does */
    WatchHub(long revision, Runnable wake) {
        this.published = revision;
        this.wake = wake;
    }

    /** A watch that gets {@code backlog} first and then what is published after this call from a revision on. */
    synchronized StoreWatch add(String prefix, List<StoreEvent> backlog, long fromRevision, StoreWatcher watcher) {
        Subscription subscription = new Subscription(prefix, fromRevision, watcher);
        subscriptions.add(subscription);
        if (!backlog.isEmpty()) {
            queue.add(new Delivery.Events(subscription, backlog));
        }
        return subscription;
    }

    /** A watch whose only call says that its history is gone. */
    synchronized StoreWatch addCompacted(long compacted, StoreWatcher watcher) {
        Subscription subscription = new Subscription("", 0, watcher);
        queue.add(new Delivery.Compacted(subscription, compacted));
        return subscription;
    }

    /** Queues changes that are durable, in order of revision; whole revisions only. */
    synchronized void publish(List<StoreEvent> events) {
        for (Subscription subscription : subscriptions) {
            List<StoreEvent> matching = subscription.matching(events);
            if (!matching.isEmpty()) {
                queue.add(new Delivery.Events(subscription, matching));
            }
        }
        if (!events.isEmpty()) {
            published = events.getLast().revision();
        }
    }

    /** Calls the watchers until nothing is queued. Throws what a watcher throws. */
    void drain() {
        Thread self = Thread.currentThread();
        boolean nested;
        synchronized (this) {
            nested = drainer.isPresent() && drainer.get() == self;
            if (drainer.isPresent() && !nested) {
                return;
            }
            drainer = Optional.of(self);
        }
        try {
            Optional<Delivery> next = take(nested);
            while (next.isPresent()) {
                next.get().target().receive(next.get());
                next = take(nested);
            }
        } catch (RuntimeException | Error e) {
            stopDraining();
            throw e;
        }
    }

    private synchronized Optional<Delivery> take(boolean nested) {
        Optional<Delivery> next = Optional.ofNullable(queue.poll());
        if (next.isEmpty() && !nested) {
            drainer = Optional.empty();
        }
        notifyAll();
        return next;
    }

    private synchronized void stopDraining() {
        drainer = Optional.empty();
    }

    /** Waits until at most {@code limit} calls wait to be made. */
    synchronized void awaitRoom(int limit) throws InterruptedException {
        while (queue.size() > limit) {
            wait();
        }
    }

    /** Ends all watches without a further call. */
    synchronized void close() {
        subscriptions.forEach(subscription -> subscription.closed = true);
        subscriptions.clear();
        queue.clear();
        notifyAll();
    }

    private synchronized void remove(Subscription subscription) {
        subscriptions.remove(subscription);
    }

    private synchronized void queueProgress(Subscription subscription) {
        if (!subscription.closed && subscription.progressQueued != published) {
            subscription.progressQueued = published;
            queue.add(new Delivery.Progress(subscription, published));
        }
    }

    private synchronized void progressTaken(Subscription subscription, long revision) {
        if (subscription.progressQueued == revision) {
            subscription.progressQueued = 0;
        }
    }

    private sealed interface Delivery {
        Subscription target();

        record Events(Subscription target, List<StoreEvent> events) implements Delivery {}

        record Progress(Subscription target, long revision) implements Delivery {}

        record Compacted(Subscription target, long revision) implements Delivery {}
    }

    private final class Subscription implements StoreWatch {
        private final String prefix;
        private final long fromRevision;
        private final StoreWatcher watcher;
        private volatile boolean closed;
        private long progressQueued;

        Subscription(String prefix, long fromRevision, StoreWatcher watcher) {
            this.prefix = prefix;
            this.fromRevision = fromRevision;
            this.watcher = watcher;
        }

        List<StoreEvent> matching(List<StoreEvent> events) {
            List<StoreEvent> matching = new ArrayList<>();
            for (StoreEvent event : events) {
                if (event.revision() >= fromRevision && event.key().startsWith(prefix)) {
                    matching.add(event);
                }
            }
            return matching;
        }

        void receive(Delivery delivery) {
            if (closed) {
                return;
            }
            switch (delivery) {
                case Delivery.Events events -> watcher.onEvents(List.copyOf(events.events()));
                case Delivery.Progress progress -> {
                    progressTaken(this, progress.revision());
                    watcher.onProgress(progress.revision());
                }
                case Delivery.Compacted compacted -> {
                    close();
                    watcher.onCompacted(compacted.revision());
                }
            }
        }

        @Override
        public void close() {
            closed = true;
            remove(this);
        }

        @Override
        public void requestProgress() {
            queueProgress(this);
            wake.run();
        }
    }
}
