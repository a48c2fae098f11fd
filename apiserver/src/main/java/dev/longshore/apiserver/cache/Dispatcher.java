package dev.longshore.apiserver.cache;

import dev.longshore.api.ApiException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;

/**
 * Hands changes to watchers from a bounded window. Publishing only moves states and starts pumps, it never calls a
 * watcher, so a slow one delays nobody. A pump is a task that calls one watcher until that has everything, has no room,
 * or is over; {@link WatcherState} says when one runs, so there is never a second.
 */
final class Dispatcher<V> {
    private static final System.Logger LOG = System.getLogger(Dispatcher.class.getName());

    private final CacheLimits limits;
    private final Executor tasks;
    private final CacheMetrics metrics;
    private final Window<V> window;
    private final Set<Subscription> subscriptions = new LinkedHashSet<>();
    private long revision;
    private Optional<ApiException> closed = Optional.empty();

    Dispatcher(CacheLimits limits, Executor tasks, CacheMetrics metrics) {
        this.limits = limits;
        this.tasks = tasks;
        this.metrics = metrics;
        this.window = new Window<>(limits.windowEvents());
    }

    /** A watch of the keys with a prefix, beginning after a revision. Throws EXPIRED when that is too old. */
    CacheWatch watch(String prefix, long afterRevision, CacheWatcher<V> watcher) {
        Subscription subscription;
        synchronized (this) {
            requireOpen();
            if (afterRevision < window.floor()) {
                throw WatcherState.expired(afterRevision, window.floor());
            }
            subscription = new Subscription(prefix, afterRevision, window.after(afterRevision), watcher);
            subscriptions.add(subscription);
        }
        tasks.execute(subscription::pump);
        return subscription;
    }

    /** As {@link #watch}, for one that was told a change of {@code seen}, but perhaps not all that share it. */
    CacheWatch resume(String prefix, long seen, CacheWatcher<V> watcher) {
        Subscription subscription;
        synchronized (this) {
            requireOpen();
            if (!window.holdsRestOf(seen)) {
                throw WatcherState.expired(seen, window.floor());
            }
            long position = window.restOf(seen);
            boolean again = position < window.after(seen);
            subscription = new Subscription(prefix, again ? seen - 1 : seen, position, watcher);
            subscriptions.add(subscription);
        }
        tasks.execute(subscription::pump);
        return subscription;
    }

    private void requireOpen() {
        if (closed.isPresent()) {
            throw closed.get();
        }
    }

    /** Adds changes in order of revision; everything up to {@code upTo} is now known. */
    void publish(List<CacheEvent<V>> events, long upTo) {
        List<Subscription> starting = new ArrayList<>();
        synchronized (this) {
            revision = upTo;
            events.forEach(window::append);
            for (Subscription subscription : subscriptions) {
                if (subscription.published(events)) {
                    starting.add(subscription);
                }
            }
        }
        starting.forEach(subscription -> tasks.execute(subscription::pump));
    }

    /** The history begins anew after {@code listed}: whoever watches missed something and is EXPIRED. */
    void reset(long listed) {
        List<Subscription> starting = new ArrayList<>();
        synchronized (this) {
            revision = listed;
            window.reset(listed);
            for (Subscription subscription : subscriptions) {
                if (subscription.windowMoved()) {
                    starting.add(subscription);
                }
            }
        }
        starting.forEach(subscription -> tasks.execute(subscription::pump));
    }

    /** Ends all watches. */
    void close(ApiException reason) {
        List<Subscription> starting = new ArrayList<>();
        synchronized (this) {
            closed = Optional.of(reason);
            for (Subscription subscription : subscriptions) {
                if (subscription.moveTo(new WatcherState.Event.End(closed))) {
                    starting.add(subscription);
                }
            }
        }
        starting.forEach(subscription -> tasks.execute(subscription::pump));
    }

    /** How many watches run. */
    synchronized int watchers() {
        return subscriptions.size();
    }

    private sealed interface Step<V> {
        record Deliver<V>(List<CacheEvent<V>> events) implements Step<V> {}

        record Bookmark<V>(long revision) implements Step<V> {}

        record Finish<V>(ApiException reason) implements Step<V> {}

        record Rest<V>() implements Step<V> {}
    }

    /** One watch; its fields are guarded by the dispatcher. */
    private final class Subscription implements CacheWatch {
        private final String prefix;
        private final long afterRevision;
        private final CacheWatcher<V> watcher;
        private WatcherState state;
        private long seen;
        private boolean bookmarkAsked;

        Subscription(String prefix, long afterRevision, long position, CacheWatcher<V> watcher) {
            this.prefix = prefix;
            this.afterRevision = afterRevision;
            this.seen = afterRevision;
            this.watcher = watcher;
            this.state = new WatcherState.Behind(position, false);
        }

        /** @return whether a pump has to start */
        boolean moveTo(WatcherState.Event event) {
            WatcherState before = state;
            state = before.on(event);
            return state.needsPumpAfter(before);
        }

        boolean published(List<CacheEvent<V>> events) {
            boolean concerns = events.stream().anyMatch(this::concerns);
            boolean start = moveTo(new WatcherState.Event.Appended(window.end(), concerns));
            return windowMoved() || start;
        }

        boolean windowMoved() {
            return moveTo(new WatcherState.Event.WindowMoved(window.first(), seen, window.floor()));
        }

        private boolean concerns(CacheEvent<V> event) {
            return event.revision() > afterRevision && event.key().startsWith(prefix);
        }

        void pump() {
            boolean running = true;
            while (running) {
                running = switch (next()) {
                    case Step.Deliver<V> deliver -> deliver(deliver.events());
                    case Step.Bookmark<V> bookmark -> {
                        watcher.onBookmark(bookmark.revision());
                        yield true;
                    }
                    case Step.Finish<V> finish -> {
                        watcher.onEnd(finish.reason());
                        yield false;
                    }
                    case Step.Rest<V> rest -> false;
                };
            }
        }

        private Step<V> next() {
            synchronized (Dispatcher.this) {
                return switch (state) {
                    case WatcherState.Behind behind -> nextOf(behind);
                    case WatcherState.Ended ended -> finish(ended);
                    case WatcherState.Synced synced -> new Step.Rest<>();
                    case WatcherState.Blocked blocked -> new Step.Rest<>();
                };
            }
        }

        private Step<V> nextOf(WatcherState.Behind behind) {
            List<CacheEvent<V>> batch = new ArrayList<>();
            long position = behind.position();
            while (position < window.end() && batch.size() < limits.batchEvents()) {
                CacheEvent<V> event = window.get(position++);
                if (concerns(event)) {
                    batch.add(event);
                }
            }
            if (!batch.isEmpty()) {
                seen = batch.getLast().revision();
                moveTo(new WatcherState.Event.Taken(position));
                return new Step.Deliver<>(List.copyOf(batch));
            }
            moveTo(new WatcherState.Event.Taken(position));
            if (bookmarkAsked) {
                bookmarkAsked = false;
                return new Step.Bookmark<>(Math.max(revision, afterRevision));
            }
            moveTo(new WatcherState.Event.Drained(window.end()));
            return new Step.Rest<>();
        }

        private Step<V> finish(WatcherState.Ended ended) {
            subscriptions.remove(this);
            state = new WatcherState.Ended(Optional.empty());
            return ended.reason().<Step<V>>map(reason -> {
                metrics.terminated();
                return new Step.Finish<>(reason);
            }).orElseGet(Step.Rest::new);
        }

        private boolean deliver(List<CacheEvent<V>> events) {
            WatcherState.Event outcome;
            try {
                outcome = new WatcherState.Event.Delivered(watcher.onEvents(events));
                metrics.dispatched(events.size());
            } catch (RuntimeException e) {
                LOG.log(System.Logger.Level.ERROR, "watch=" + prefix + " was ended because its watcher failed", e);
                outcome = new WatcherState.Event.End(Optional.of(ApiException.internal("the watcher failed")));
            }
            synchronized (Dispatcher.this) {
                moveTo(outcome);
                return !(state instanceof WatcherState.Blocked);
            }
        }

        private void tell(WatcherState.Event event) {
            boolean start;
            synchronized (Dispatcher.this) {
                start = moveTo(event);
            }
            if (start) {
                tasks.execute(this::pump);
            }
        }

        @Override
        public void ready() {
            tell(new WatcherState.Event.Ready());
        }

        @Override
        public void requestBookmark() {
            synchronized (Dispatcher.this) {
                bookmarkAsked = true;
            }
            tell(new WatcherState.Event.Woken());
        }

        @Override
        public void close() {
            synchronized (Dispatcher.this) {
                moveTo(new WatcherState.Event.End(Optional.empty()));
                subscriptions.remove(this);
            }
        }
    }
}
