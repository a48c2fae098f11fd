package dev.longshore.apiserver.store;

import dev.longshore.common.lifecycle.FaultHandler;
import dev.longshore.common.time.Environment;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * The store of one machine: every change is a row in a SQLite file, everything that can be read is in memory too.
 *
 * <p>Writes wait in a bounded queue for one writer thread, which decides many of them, commits once, shows them to
 * readers, and then answers on a task (what hangs on the future must not block); a write that was answered survives kill -9 and loss of power. Reads come from memory and
 * never wait for the disk: the cluster of one machine is tens of megabytes, and the API server's caches hold it decoded
 * anyway. A second thread calls the watchers; when they are slow the writer waits for them.
 *
 * <p>The history is kept until {@link #compact}; when to compact is the caller's policy. Leases survive a restart: each
 * begins its whole time anew when the store is opened, since nobody could keep it alive before.
 */
public final class EmbeddedStore implements Store {
    private static final System.Logger LOG = System.getLogger(EmbeddedStore.class.getName());
    private static final int QUEUE_LIMIT = 8_192;
    private static final int BATCH_WRITES = 1_024;
    private static final long BATCH_BYTES = 16L * 1024 * 1024;
    private static final int FEED_LIMIT = 4_096;
    private static final int FORGET_ROWS = 2_000;
    private static final Duration LEASE_RETRY = Duration.ofSeconds(1);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);

    private final Environment environment;
    private final FaultHandler faults;
    private final DirectoryLock directoryLock;
    private final RevisionLog log;
    private final Object lock = new Object();
    private final Keyspace keys = new Keyspace();
    private final Leases leases;
    private final BlockingQueue<StoreCommand> queue = new ArrayBlockingQueue<>(QUEUE_LIMIT);
    private final Semaphore feedable = new Semaphore(0);
    private final WatchHub hub;
    private final Thread writer = Thread.ofPlatform().name("longshore-store-writer").daemon(true).unstarted(this::write);
    private final Thread feeder = Thread.ofPlatform().name("longshore-store-feed").daemon(true).unstarted(this::feed);
    private volatile boolean closed;

    private EmbeddedStore(Environment environment, FaultHandler faults, DirectoryLock directoryLock, RevisionLog log)
            throws DataDirectoryException {
        this.environment = environment;
        this.faults = faults;
        this.directoryLock = directoryLock;
        this.log = log;
        this.leases = new Leases(environment, this::leaseDue);
        log.load(new Loading());
        this.hub = new WatchHub(keys.revision(), feedable::release);
    }

    /**
     * Opens the store in a directory, which is created if it is missing, and starts its threads.
     *
     * @throws DataDirectoryException when the directory is in use, damaged, or of another version
     */
    public static EmbeddedStore open(Path directory, Environment environment, FaultHandler faults)
            throws DataDirectoryException {
        DirectoryLock directoryLock = DirectoryLock.take(directory);
        try {
            RevisionLog log = RevisionLog.open(directory);
            try {
                EmbeddedStore store = new EmbeddedStore(environment, faults, directoryLock, log);
                store.writer.start();
                store.feeder.start();
                return store;
            } catch (DataDirectoryException | RuntimeException e) {
                close(log);
                throw e;
            }
        } catch (DataDirectoryException | RuntimeException e) {
            release(directoryLock);
            throw e;
        }
    }

    private static void close(RevisionLog log) {
        try {
            log.close();
        } catch (SQLException e) {
            LOG.log(System.Logger.Level.WARNING, "the store's file could not be closed", e);
        }
    }

    private static void release(DirectoryLock directoryLock) {
        try {
            directoryLock.close();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "the lock of the data directory could not be released", e);
        }
    }

    private final class Loading implements RevisionLog.Loader {
        @Override
        public void history(long compacted, long revision) {
            keys.restore(compacted, revision);
        }

        @Override
        public void lease(long id, Duration timeToLive) {
            leases.add(id, timeToLive);
        }

        @Override
        public void change(String key, Optional<StoredValue> value, long revision, long lease) {
            Optional<StoredValue> before = keys.get(key);
            leases.attach(key, lease == 0 ? Optional.empty() : Optional.of(new Lease(lease)));
            if (revision <= keys.compacted() || value.isEmpty() && before.isEmpty()) {
                keys.restore(key, value);
                keys.restore(keys.compacted(), revision);
            } else if (value.isPresent()) {
                keys.apply(List.of(new StoreEvent.Put(value.get(), before)));
            } else {
                keys.apply(List.of(new StoreEvent.Delete(revision, before.get())));
            }
        }
    }

    @Override
    public CompletableFuture<Read> get(String key) {
        return read(() -> new Read(keys.revision(), keys.get(key)));
    }

    @Override
    public CompletableFuture<Range> range(String prefix, String after, int limit, long revision) {
        return read(() -> keys.range(prefix, after, limit, revision));
    }

    @Override
    public CompletableFuture<WriteResult> put(String key, byte[] value, OptionalLong expected, Optional<Lease> lease) {
        CompletableFuture<WriteResult> answer = new CompletableFuture<>();
        try {
            StoreException.requireFits(key, value);
        } catch (StoreException e) {
            return CompletableFuture.failedFuture(e);
        }
        submit(new StoreCommand.Put(key, value, expected, lease, answer));
        return answer;
    }

    @Override
    public CompletableFuture<WriteResult> delete(String key, OptionalLong expected) {
        CompletableFuture<WriteResult> answer = new CompletableFuture<>();
        submit(new StoreCommand.Delete(key, expected, answer));
        return answer;
    }

    @Override
    public StoreWatch watch(String prefix, long fromRevision, StoreWatcher watcher) {
        StoreWatch watch;
        synchronized (lock) {
            long from = fromRevision == 0 ? keys.revision() + 1 : fromRevision;
            watch = keys.hasChangesFrom(from) ? hub.add(prefix, keys.changesFrom(prefix, from), from, watcher)
                    : hub.addCompacted(keys.compacted(), watcher);
            if (closed) {
                watch.close();
            }
        }
        feedable.release();
        return watch;
    }

    @Override
    public CompletableFuture<Long> revision() {
        return read(keys::revision);
    }

    @Override
    public CompletableFuture<Void> compact(long revision) {
        CompletableFuture<Void> answer = new CompletableFuture<>();
        submit(new StoreCommand.Compact(revision, answer));
        return answer;
    }

    @Override
    public CompletableFuture<Lease> grant(Duration timeToLive) {
        CompletableFuture<Lease> answer = new CompletableFuture<>();
        submit(new StoreCommand.Grant(timeToLive, answer));
        return answer;
    }

    @Override
    public CompletableFuture<Void> keepAlive(Lease lease) {
        return read(() -> {
            if (!leases.keepAlive(lease.id())) {
                throw StoreException.noLease(lease);
            }
            return null;
        });
    }

    @Override
    public CompletableFuture<Void> revoke(Lease lease) {
        CompletableFuture<Void> answer = new CompletableFuture<>();
        submit(new StoreCommand.Revoke(lease, answer));
        return answer;
    }

    @Override
    public CompletableFuture<Void> ping() {
        return read(() -> null);
    }

    /** Waits for the commit under way; what is queued behind it may be refused with UNAVAILABLE. */
    @Override
    public void close() {
        synchronized (lock) {
            if (closed) {
                return;
            }
            closed = true;
            leases.close();
        }
        hub.close();
        feedable.release();
        try {
            queue.put(new StoreCommand.Stop());
            if (!writer.join(STOP_LIMIT)) {
                LOG.log(System.Logger.Level.WARNING, "the store's writer did not stop in time");
                return; // the file may be in use: keep it locked
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        close(log);
        release(directoryLock);
    }

    private <T> CompletableFuture<T> read(Supplier<T> action) {
        synchronized (lock) {
            if (closed) {
                return CompletableFuture.failedFuture(StoreException.closed());
            }
            try {
                return CompletableFuture.completedFuture(action.get());
            } catch (StoreException e) {
                return CompletableFuture.failedFuture(e);
            }
        }
    }

    private void submit(StoreCommand command) {
        boolean queued;
        synchronized (lock) { // so that nothing is queued behind Stop
            queued = !closed && queue.offer(command);
        }
        if (!queued) {
            command.refuse(closed ? StoreException.closed() : new StoreException(StoreException.Kind.UNAVAILABLE,
                    "the store has " + QUEUE_LIMIT + " writes waiting"));
        }
    }

    private void leaseDue(long id) {
        synchronized (lock) {
            if (!closed && !queue.offer(new StoreCommand.LeaseDue(id))) {
                leases.retry(id, LEASE_RETRY);
            }
        }
    }

    private void feed() {
        try {
            while (!closed) {
                feedable.acquire();
                feedable.drainPermits();
                hub.drain();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            faults.fault("store-feed", e);
        }
    }

    private void write() {
        List<StoreCommand> commands = new ArrayList<>();
        try {
            while (!closed) {
                commands.add(queue.take());
                queue.drainTo(commands, BATCH_WRITES - 1);
                run(new ArrayDeque<>(commands));
                commands.clear();
                hub.awaitRoom(FEED_LIMIT);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            faults.fault("store-writer", e);
        } finally {
            refuseAll(commands);
        }
    }

    /** @param begun those of which it is not known how far they got */
    private void refuseAll(List<StoreCommand> begun) {
        List<StoreCommand> waiting = new ArrayList<>();
        synchronized (lock) {
            closed = true;
            queue.drainTo(waiting);
        }
        begun.forEach(command -> command.refuse(unknown()));
        waiting.forEach(command -> command.refuse(StoreException.closed()));
    }

    private static StoreException unknown() {
        return new StoreException(StoreException.Kind.UNKNOWN, "the store failed while it wrote");
    }

    /** Runs commands in order; neighbouring writes share a commit. */
    private void run(Deque<StoreCommand> commands) {
        while (!commands.isEmpty()) {
            switch (commands.peek()) {
                case StoreCommand.Write first -> runWrites(commands);
                case StoreCommand.Compact compact -> attempt(commands.remove(), () -> compact(compact));
                case StoreCommand.Grant grant -> attempt(commands.remove(), () -> grant(grant));
                case StoreCommand.Revoke revoke -> attempt(commands.remove(), () -> revoke(revoke));
                case StoreCommand.LeaseDue due -> attempt(commands.remove(), () -> endIfDue(due.id()));
                case StoreCommand.Stop stop -> commands.remove();
            }
        }
    }

    private interface DiskWork {
        void run() throws SQLException;
    }

    private static void attempt(StoreCommand command, DiskWork work) {
        try {
            work.run();
        } catch (StoreException e) {
            command.refuse(e);
        } catch (SQLException e) {
            LOG.log(System.Logger.Level.ERROR, "the store could not write", e);
            command.refuse(unknown());
        }
    }

    private void runWrites(Deque<StoreCommand> commands) {
        WriteBatch batch;
        long bytes = 0;
        synchronized (lock) {
            batch = new WriteBatch(keys.revision(), keys::get, leases::exists);
            while (bytes < BATCH_BYTES && commands.peek() instanceof StoreCommand.Write write) {
                batch.add(write);
                bytes += write instanceof StoreCommand.Put put ? put.value().length : 0;
                commands.remove();
            }
        }
        if (commit(batch.rows(), OptionalLong.empty(), batch.revision())) {
            environment.tasks().execute(batch::answer);
        } else {
            batch.refuse(unknown());
        }
    }

    /** Makes changes durable and then visible; false if it is not known whether they are durable. */
    private boolean commit(List<RevisionLog.Row> rows, OptionalLong endedLease, long revision) {
        if (rows.isEmpty() && endedLease.isEmpty()) {
            return true;
        }
        boolean known = true;
        try {
            log.append(rows, endedLease);
        } catch (SQLException e) {
            LOG.log(System.Logger.Level.ERROR, "the store could not write", e);
            known = false;
            if (!isOnDisk(revision)) {
                return false;
            }
        }
        List<StoreEvent> changes = rows.stream().map(RevisionLog.Row::event).toList();
        synchronized (lock) {
            keys.apply(changes);
            rows.forEach(row -> leases.attach(row.event().key(),
                    row.lease() == 0 ? Optional.empty() : Optional.of(new Lease(row.lease()))));
            hub.publish(changes);
        }
        feedable.release();
        return known;
    }

    /** After a failed commit memory must follow the file, whichever way it went. */
    private boolean isOnDisk(long revision) {
        try {
            return log.newestRevision() >= revision;
        } catch (SQLException e) {
            faults.fault("store-writer", e);
            return false;
        }
    }

    private void compact(StoreCommand.Compact command) throws SQLException {
        List<StoreEvent> forgotten;
        long compacted;
        long newest;
        synchronized (lock) {
            forgotten = keys.compact(command.revision());
            compacted = keys.compacted();
            newest = keys.revision();
        }
        log.compact(compacted, newest);
        for (int from = 0; from < forgotten.size(); from += FORGET_ROWS) {
            log.forget(forgotten.subList(from, Math.min(from + FORGET_ROWS, forgotten.size())));
        }
        environment.tasks().execute(() -> command.answer().complete(null));
    }

    private void grant(StoreCommand.Grant command) throws SQLException {
        Lease lease = new Lease(log.addLease(command.timeToLive()));
        synchronized (lock) {
            if (!closed) {
                leases.add(lease.id(), command.timeToLive());
            }
        }
        environment.tasks().execute(() -> command.answer().complete(lease));
    }

    private void revoke(StoreCommand.Revoke command) {
        synchronized (lock) {
            if (!leases.exists(command.lease().id())) {
                throw StoreException.noLease(command.lease());
            }
        }
        if (!end(command.lease().id())) {
            throw unknown();
        }
        environment.tasks().execute(() -> command.answer().complete(null));
    }

    private void endIfDue(long id) {
        boolean due;
        synchronized (lock) {
            due = leases.hasEnded(id);
        }
        if (due && !end(id)) {
            synchronized (lock) {
                leases.retry(id, LEASE_RETRY);
            }
        }
    }

    /** All keys of a lease go in one revision. */
    private boolean end(long id) {
        List<RevisionLog.Row> deletions = new ArrayList<>();
        long revision;
        synchronized (lock) {
            revision = keys.revision() + 1;
            for (String key : leases.keys(id)) {
                keys.get(key).ifPresent(
                        value -> deletions.add(new RevisionLog.Row(new StoreEvent.Delete(keys.revision() + 1, value), 0)));
            }
        }
        boolean done = commit(deletions, OptionalLong.of(id), revision);
        if (done) {
            synchronized (lock) {
                leases.remove(id);
            }
        }
        return done;
    }
}
