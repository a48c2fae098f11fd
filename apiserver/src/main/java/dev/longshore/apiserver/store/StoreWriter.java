package dev.longshore.apiserver.store;

import dev.longshore.common.lifecycle.FaultHandler;
import dev.longshore.common.time.Environment;
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

/**
 * The writing half of an {@link EmbeddedStore}: one thread that takes commands from a bounded queue, decides
 * neighbouring writes together, commits them once, shows them to readers, and answers on a task. It waits while watchers are slow.
 * After a failed commit memory follows the file, whichever way that went.
 */
final class StoreWriter {
    private static final System.Logger LOG = System.getLogger(StoreWriter.class.getName());
    private static final int QUEUE_LIMIT = 8_192;
    private static final int BATCH_WRITES = 1_024;
    private static final long BATCH_BYTES = 16L * 1024 * 1024;
    private static final int FEED_LIMIT = 4_096;
    private static final int FORGET_ROWS = 2_000;
    private static final Duration LEASE_RETRY = Duration.ofSeconds(1);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);

    private final Environment environment;
    private final FaultHandler faults;
    private final RevisionLog log;
    private final BlockingQueue<StoreCommand> queue = new ArrayBlockingQueue<>(QUEUE_LIMIT);
    private final EmbeddedState state;
    private final Thread thread;

    StoreWriter(Environment environment, FaultHandler faults, RevisionLog log) throws DataDirectoryException {
        this.environment = environment;
        this.faults = faults;
        this.log = log;
        this.state = new EmbeddedState(environment, this::leaseDue, log);
        this.thread = Thread.ofPlatform().name("longshore-store-writer").daemon(true).unstarted(this::write);
    }

    EmbeddedState state() {
        return state;
    }

    void start() {
        thread.start();
    }

    /** Ends the thread once the state is closed; false if it did not end in time. */
    boolean stop() throws InterruptedException {
        queue.offer(new StoreCommand.Stop()); // a full queue wakes the thread just as well
        return thread.join(STOP_LIMIT);
    }

    /** Queues a command, or refuses it when the queue is full or the store closed. */
    void submit(StoreCommand command) {
        boolean queued;
        synchronized (state) { // so that nothing is queued behind Stop
            queued = !state.closed && queue.offer(command);
        }
        if (!queued) {
            command.refuse(state.closed
                    ? StoreException.closed()
                    : new StoreException(StoreException.Kind.UNAVAILABLE,
                            "the store has " + QUEUE_LIMIT + " writes waiting"));
        }
    }

    private void leaseDue(long id) {
        synchronized (state) {
            if (!state.closed && !queue.offer(new StoreCommand.LeaseDue(id))) {
                state.leases.retry(id, LEASE_RETRY);
            }
        }
    }

    private void write() {
        List<StoreCommand> commands = new ArrayList<>();
        try {
            while (!state.closed) {
                commands.add(queue.take());
                queue.drainTo(commands, BATCH_WRITES - 1);
                run(new ArrayDeque<>(commands));
                commands.clear();
                state.hub.awaitRoom(FEED_LIMIT);
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
        synchronized (state) {
            state.closed = true;
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
        synchronized (state) {
            batch = new WriteBatch(state.keys.revision(), state.keys::get, state.leases::exists);
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
        state.show(rows);
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
        List<Change> forgotten;
        long compacted;
        long newest;
        synchronized (state) {
            forgotten = state.keys.compact(command.revision());
            compacted = state.keys.compacted();
            newest = state.keys.revision();
        }
        log.compact(compacted, newest);
        for (int from = 0; from < forgotten.size(); from += FORGET_ROWS) {
            log.forget(forgotten.subList(from, Math.min(from + FORGET_ROWS, forgotten.size())));
        }
        environment.tasks().execute(() -> command.answer().complete(null));
    }

    private void grant(StoreCommand.Grant command) throws SQLException {
        Store.Lease lease = new Store.Lease(log.addLease(command.timeToLive()));
        synchronized (state) {
            if (!state.closed) {
                state.leases.add(lease.id(), command.timeToLive());
            }
        }
        environment.tasks().execute(() -> command.answer().complete(lease));
    }

    private void revoke(StoreCommand.Revoke command) {
        synchronized (state) {
            if (!state.leases.exists(command.lease().id())) {
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
        synchronized (state) {
            due = state.leases.hasEnded(id);
        }
        if (due && !end(id)) {
            synchronized (state) {
                state.leases.retry(id, LEASE_RETRY);
            }
        }
    }

    /** All keys of a lease go in one revision. */
    private boolean end(long id) {
        List<RevisionLog.Row> deletions = new ArrayList<>();
        long revision;
        synchronized (state) {
            revision = state.keys.revision() + 1;
            for (String key : state.leases.keys(id)) {
                Optional<StoredValue> value = state.keys.get(key);
                if (value.isPresent()) {
                    deletions.add(new RevisionLog.Row(Change.delete(value.get(), revision), 0));
                }
            }
        }
        boolean done = commit(deletions, OptionalLong.of(id), revision);
        if (done) {
            synchronized (state) {
                state.leases.remove(id);
            }
        }
        return done;
    }
}
