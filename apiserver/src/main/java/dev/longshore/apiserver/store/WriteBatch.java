package dev.longshore.apiserver.store;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongPredicate;

/**
 * Decides the writes of one commit, each as if those before it were done already. Nothing is changed until the batch is
 * durable; then its changes are applied and its answers given. Example: with a at revision 5 and the store at 9, the
 * writes [put a if 5, put a if 5, delete a if 10] come to Written 10, Mismatch(a at 10), Written 11.
 */
final class WriteBatch {
    private final Function<String, Optional<StoredValue>> durable;
    private final LongPredicate leaseExists;
    private final Map<String, Optional<StoredValue>> pending = new HashMap<>();
    private final List<RevisionLog.Row> rows = new ArrayList<>();
    private final List<Runnable> answers = new ArrayList<>();
    private final List<StoreCommand.Write> writes = new ArrayList<>();
    private long revision;

    WriteBatch(long revision, Function<String, Optional<StoredValue>> durable, LongPredicate leaseExists) {
        this.revision = revision;
        this.durable = durable;
        this.leaseExists = leaseExists;
    }

    void add(StoreCommand.Write write) {
        Optional<StoredValue> current = pending.getOrDefault(write.key(), Optional.empty());
        if (!pending.containsKey(write.key())) {
            current = durable.apply(write.key());
        }
        switch (write) {
            case StoreCommand.Put put -> {
                if (put.lease().isPresent() && !leaseExists.test(put.lease().get().id())) {
                    answers.add(() -> put.refuse(StoreException.noLease(put.lease().get())));
                } else {
                    take(put, Decision.put(current, put.key(), put.value(), put.expected(), revision),
                            put.lease().map(Store.Lease::id).orElse(0L));
                }
            }
            case StoreCommand.Delete delete -> take(delete, Decision.delete(current, delete.expected(), revision), 0);
        }
    }

    private void take(StoreCommand.Write write, Decision decision, long lease) {
        writes.add(write);
        decision.change().ifPresent(change -> {
            rows.add(new RevisionLog.Row(change, lease));
            pending.put(write.key(), change.event().after());
            revision = change.revision();
        });
        answers.add(() -> write.answer().complete(decision.result()));
    }

    List<RevisionLog.Row> rows() {
        return rows;
    }

    /** The revision when it is done. */
    long revision() {
        return revision;
    }

    /** Completes the callers' futures. */
    void answer() {
        answers.forEach(Runnable::run);
    }

    /** Tells the callers that it is not known whether their writes happened. */
    void refuse(StoreException reason) {
        writes.forEach(write -> write.refuse(reason));
    }
}
