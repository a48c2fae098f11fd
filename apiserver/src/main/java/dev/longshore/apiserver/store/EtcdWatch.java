package dev.longshore.apiserver.store;

import dev.longshore.common.time.Environment;
import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.KV;
import io.etcd.jetcd.Watch;
import io.etcd.jetcd.common.exception.CompactedException;
import io.etcd.jetcd.options.WatchOption;
import io.etcd.jetcd.watch.WatchEvent;
import io.etcd.jetcd.watch.WatchResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * A watch on etcd that loses and repeats nothing over a lost connection. jetcd resumes a broken watch by itself, but
 * from the revision of the server's greeting, which may be behind changes not yet delivered; so a watch that failed is
 * closed, its later calls ignored, and a new one opened from the last revision delivered.
 *
 * <p>It is opened one revision early and the surplus is dropped: so etcd itself says when the revision asked for has
 * been compacted, and a deletion at just the compacted revision cannot be missed.
 *
 * <p>Progress: etcd before 3.4.25 and 3.5.8 may answer a progress request too early, overtaking changes. Instead a
 * marker key in the watched range is written; when its own change arrives, everything before it has. Requests made
 * while one is under way share the next.
 *
 * <p>Lock order: none is held while jetcd or the store is called. Calls of the watcher are under {@code delivery}.
 */
final class EtcdWatch implements StoreWatch {
    private static final System.Logger LOG = System.getLogger(EtcdWatch.class.getName());
    private static final Duration FIRST_RETRY = Duration.ofMillis(50);
    private static final Duration LAST_RETRY = Duration.ofSeconds(2);
    private static final int MARKER_ATTEMPTS = 10;

    private final KV kv;
    private final Watch client;
    private final EtcdKeys keys;
    private final String prefix;
    private final StoreWatcher watcher;
    private final Environment environment;
    private final Object delivery = new Object();
    private final AtomicLong generation = new AtomicLong();
    private final AtomicReference<Optional<Watch.Watcher>> current = new AtomicReference<>(Optional.empty());
    private volatile boolean closed;
    private volatile long next;
    private volatile Duration retry = FIRST_RETRY;
    private boolean markerUnderWay;
    private boolean markerAgain;

    EtcdWatch(KV kv, Watch client, EtcdKeys keys, Target target, Environment environment) {
        this.kv = kv;
        this.client = client;
        this.keys = keys;
        this.prefix = target.prefix();
        this.watcher = target.watcher();
        this.environment = environment;
    }

    /** What is watched for whom. */
    record Target(String prefix, StoreWatcher watcher) {}

    /** @param newest asks for the newest revision, for a watch that begins now */
    void start(long fromRevision, Supplier<CompletableFuture<Long>> newest) {
        if (fromRevision > 0) {
            boolean progressAsked;
            synchronized (this) {
                next = fromRevision;
                progressAsked = markerUnderWay;
            }
            environment.tasks().execute(() -> open(generation.get()));
            if (progressAsked) {
                writeMarker(MARKER_ATTEMPTS);
            }
            return;
        }
        newest.get().whenComplete((revision, failure) -> {
            if (failure == null) {
                start(revision + 1, newest);
            } else if (!closed) {
                environment.timers().after(backOff(), () -> environment.tasks().execute(() -> start(0, newest)));
            }
        });
    }

    private void open(long mine) {
        if (closed || mine != generation.get()) {
            return;
        }
        WatchOption option = WatchOption.builder().withRange(keys.endBehindMarker(prefix))
                .withRevision(Math.max(1, next - 1)).withRequireLeader(true).build();
        try {
            Watch.Watcher opened = client.watch(keys.start(prefix), option, new Listener(mine));
            current.getAndSet(Optional.of(opened)).ifPresent(Watch.Watcher::close);
            if (closed || mine != generation.get()) {
                opened.close();
            }
        } catch (RuntimeException e) { // the client is closed, or could not reach its executor
            fail(mine, e);
        }
    }

    private void fail(long mine, Throwable cause) {
        if (closed || !generation.compareAndSet(mine, mine + 1)) {
            return;
        }
        LOG.log(System.Logger.Level.DEBUG, "watch=" + prefix + " is opened again from revision " + next + ": " + cause);
        environment.timers().after(backOff(), () -> environment.tasks().execute(() -> {
            current.getAndSet(Optional.empty()).ifPresent(Watch.Watcher::close);
            open(mine + 1);
        }));
    }

    private Duration backOff() {
        Duration now = retry;
        Duration doubled = now.multipliedBy(2);
        retry = doubled.compareTo(LAST_RETRY) < 0 ? doubled : LAST_RETRY;
        return now.dividedBy(2).plusMillis(environment.randomness().below((int) now.toMillis()));
    }

    private void receive(long mine, WatchResponse response) {
        synchronized (delivery) {
            if (closed || mine != generation.get()) {
                return;
            }
            List<StoreEvent> events = new ArrayList<>();
            long marker = 0;
            long last = 0;
            for (WatchEvent event : response.getEvents()) {
                ByteSequence key = event.getKeyValue().getKey();
                long revision = event.getKeyValue().getModRevision();
                last = revision;
                if (keys.isMarker(key)) {
                    marker = key.equals(keys.marker(prefix)) ? revision : marker;
                } else if (revision >= next && keys.name(key).startsWith(prefix)) {
                    events.add(event(event));
                }
            }
            retry = FIRST_RETRY;
            if (last >= next) {
                deliver(mine, events, last, marker > 0);
            }
        }
    }

    /** A response holds whole revisions, since fragments are not asked for: so {@code last} is complete. */
    private void deliver(long mine, List<StoreEvent> events, long last, boolean progress) {
        try {
            if (!events.isEmpty()) {
                watcher.onEvents(List.copyOf(events));
            }
            next = last + 1;
            if (progress && !closed) {
                watcher.onProgress(last);
            }
        } catch (RuntimeException e) { // lost silently otherwise: the changes come again
            LOG.log(System.Logger.Level.ERROR, "watch=" + prefix + " revision=" + last + " its watcher failed", e);
            fail(mine, e);
        }
    }

    private StoreEvent event(WatchEvent event) {
        return switch (event.getEventType()) {
            case PUT -> new StoreEvent.Put(keys.value(event.getKeyValue()));
            case DELETE -> new StoreEvent.Delete(keys.name(event.getKeyValue().getKey()),
                    event.getKeyValue().getModRevision());
            case UNRECOGNIZED -> throw new IllegalStateException("etcd sent an unknown kind of event");
        };
    }

    private void compacted(long revision) {
        synchronized (delivery) {
            if (!closed) {
                close();
                watcher.onCompacted(revision);
            }
        }
    }

    @Override
    public void requestProgress() {
        synchronized (this) {
            if (markerUnderWay) {
                markerAgain = true;
                return;
            }
            markerUnderWay = true;
            if (next == 0) {
                return; // the marker must come behind the revision where the watch begins
            }
        }
        writeMarker(MARKER_ATTEMPTS);
    }

    private void writeMarker(int attempts) {
        if (closed) {
            return;
        }
        kv.put(keys.marker(prefix), ByteSequence.EMPTY).whenComplete((done, failure) -> {
            if (failure == null || attempts == 1 || closed) {
                markerWritten();
            } else {
                environment.timers().after(LAST_RETRY.dividedBy(MARKER_ATTEMPTS), () -> writeMarker(attempts - 1));
            }
        });
    }

    private void markerWritten() {
        synchronized (this) {
            markerUnderWay = markerAgain;
            markerAgain = false;
            if (!markerUnderWay) {
                return;
            }
        }
        writeMarker(MARKER_ATTEMPTS);
    }

    @Override
    public void close() {
        closed = true;
        generation.incrementAndGet();
        Optional<Watch.Watcher> last = current.getAndSet(Optional.empty());
        last.ifPresent(open -> environment.tasks().execute(open::close));
    }

    /** Calls of one jetcd watch; jetcd may hold a lock of its own in onError and onCompleted. */
    private final class Listener implements Watch.Listener {
        private final long mine;

        Listener(long mine) {
            this.mine = mine;
        }

        @Override
        public void onNext(WatchResponse response) {
            receive(mine, response);
        }

        @Override
        public void onError(Throwable failure) {
            if (failure instanceof CompactedException gone && mine == generation.get()) {
                environment.tasks().execute(() -> compacted(gone.getCompactedRevision()));
            } else {
                fail(mine, failure);
            }
        }

        @Override
        public void onCompleted() {
            fail(mine, new IllegalStateException("the stream ended"));
        }
    }
}
