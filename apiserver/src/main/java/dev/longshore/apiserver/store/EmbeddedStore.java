package dev.longshore.apiserver.store;

import dev.longshore.common.lifecycle.FaultHandler;
import dev.longshore.common.time.Environment;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * The store of one machine: every change is a row in a SQLite file, everything that can be read is in memory too.
 *
 * <p>Writes wait in a bounded queue for one writer thread, which decides many of them, commits once, shows them to
 * readers, and then answers on a task (what hangs on the future must not block). A write that was answered survives
 * kill -9 and loss of power. Reads come from memory and never wait for the disk: the cluster of one machine is tens of
 * megabytes, and the values are held once. A second thread calls the watchers; when they are slow the writer waits.
 *
 * <p>The history is kept until {@link #compact}; when to compact is the caller's policy. Leases survive a restart: each
 * begins its whole time anew when the store is opened, since nobody could keep it alive before.
 */
public final class EmbeddedStore implements Store {
    private static final System.Logger LOG = System.getLogger(EmbeddedStore.class.getName());

    private final FaultHandler faults;
    private final DirectoryLock directoryLock;
    private final RevisionLog log;
    private final StoreWriter writer;
    private final EmbeddedState state;
    private final Thread feeder;

    private EmbeddedStore(Environment environment, FaultHandler faults, DirectoryLock directoryLock, RevisionLog log)
            throws DataDirectoryException {
        this.faults = faults;
        this.directoryLock = directoryLock;
        this.log = log;
        this.writer = new StoreWriter(environment, faults, log);
        this.state = writer.state();
        this.feeder = Thread.ofPlatform().name("longshore-store-feed").daemon(true).unstarted(this::feed);
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

    @Override
    public CompletableFuture<Read> get(String key) {
        return read(() -> new Read(state.keys.revision(), state.keys.get(key)));
    }

    @Override
    public CompletableFuture<Range> range(String prefix, String after, int limit, long revision) {
        return read(() -> state.keys.range(prefix, after, limit, revision));
    }

    @Override
    public CompletableFuture<WriteResult> put(String key, byte[] value, OptionalLong expected, Optional<Lease> lease) {
        CompletableFuture<WriteResult> answer = new CompletableFuture<>();
        try {
            StoreException.requireFits(key, value);
        } catch (StoreException e) {
            return CompletableFuture.failedFuture(e);
        }
        writer.submit(new StoreCommand.Put(key, value, expected, lease, answer));
        return answer;
    }

    /** They wait one behind the other, so they share a commit, or two if the writer begins in between. */
    @Override
    public List<CompletableFuture<WriteResult>> putEach(List<Put> puts) {
        Put.requireDistinct(puts);
        return puts.stream().map(put -> put(put.key(), put.value(), OptionalLong.of(put.expected()), Optional.empty())
                .thenApply(WriteResult::withoutPrevious)).toList();
    }

    @Override
    public CompletableFuture<WriteResult> delete(String key, OptionalLong expected) {
        CompletableFuture<WriteResult> answer = new CompletableFuture<>();
        writer.submit(new StoreCommand.Delete(key, expected, answer));
        return answer;
    }

    @Override
    public StoreWatch watch(String prefix, long fromRevision, StoreWatcher watcher) {
        StoreWatch watch;
        synchronized (state) {
            long from = fromRevision == 0 ? state.keys.revision() + 1 : fromRevision;
            watch = state.keys.hasChangesFrom(from)
                    ? state.hub.add(prefix, state.keys.eventsFrom(prefix, from), from, watcher)
                    : state.hub.addCompacted(state.keys.compacted(), watcher);
            if (state.closed) {
                watch.close();
            }
        }
        state.feedable.release();
        return watch;
    }

    @Override
    public CompletableFuture<Long> revision() {
        return read(state.keys::revision);
    }

    @Override
    public CompletableFuture<Void> compact(long revision) {
        CompletableFuture<Void> answer = new CompletableFuture<>();
        writer.submit(new StoreCommand.Compact(revision, answer));
        return answer;
    }

    @Override
    public CompletableFuture<Lease> grant(Duration timeToLive) {
        CompletableFuture<Lease> answer = new CompletableFuture<>();
        writer.submit(new StoreCommand.Grant(timeToLive, answer));
        return answer;
    }

    @Override
    public CompletableFuture<Void> keepAlive(Lease lease) {
        return read(() -> {
            if (!state.leases.keepAlive(lease.id())) {
                throw StoreException.noLease(lease);
            }
            return null;
        });
    }

    @Override
    public CompletableFuture<Void> revoke(Lease lease) {
        CompletableFuture<Void> answer = new CompletableFuture<>();
        writer.submit(new StoreCommand.Revoke(lease, answer));
        return answer;
    }

    @Override
    public CompletableFuture<Void> ping() {
        return read(() -> null);
    }

    /** Waits for the commit under way; what is queued behind it may be refused with UNAVAILABLE. */
    @Override
    public void close() {
        synchronized (state) {
            if (state.closed) {
                return;
            }
            state.closed = true;
            state.leases.close();
        }
        state.hub.close();
        state.feedable.release();
        try {
            if (!writer.stop()) {
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
        synchronized (state) {
            if (state.closed) {
                return CompletableFuture.failedFuture(StoreException.closed());
            }
            try {
                return CompletableFuture.completedFuture(action.get());
            } catch (StoreException e) {
                return CompletableFuture.failedFuture(e);
            }
        }
    }

    private void feed() {
        try {
            while (!state.closed) {
                state.feedable.acquire();
                state.feedable.drainPermits();
                state.hub.drain();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            faults.fault("store-feed", e);
        }
    }
}
