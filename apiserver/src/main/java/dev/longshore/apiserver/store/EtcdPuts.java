package dev.longshore.apiserver.store;

import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.KV;
import io.etcd.jetcd.KeyValue;
import io.etcd.jetcd.kv.TxnResponse;
import io.etcd.jetcd.op.Cmp;
import io.etcd.jetcd.op.CmpTarget;
import io.etcd.jetcd.op.Op;
import io.etcd.jetcd.options.GetOption;
import io.etcd.jetcd.options.PutOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The conditional puts of all callers, in few transactions: one is under way at a time, and what is asked for meanwhile
 * goes together in the next. A lone put waits for nobody; the more callers there are, the less each put costs etcd. As
 * they go one after the other, puts are written in the order in which they were asked for.
 *
 * <p>A transaction happens as a whole or not at all, so one in which some key was in another state is made again without
 * those keys: each answers at least one put. Safe for any number of threads.
 */
final class EtcdPuts {
    /** Comparisons and operations of one transaction (etcd's default {@code max-txn-ops}). */
    static final int TRANSACTION_PUTS = 128;
    /** What a put takes besides its value and its key, which it names three times: tags, lengths, revisions. */
    private static final int PUT_BYTES = 64;

    private final KV kv;
    private final EtcdKeys keys;
    private final Function<Supplier<CompletableFuture<TxnResponse>>, CompletableFuture<TxnResponse>> write;
    private final Deque<Pending> waiting = new ArrayDeque<>();
    private boolean underWay;
    /** Halved when etcd is set to take less. */
    private long transactionBytes = Store.MAX_VALUE_BYTES;

    private record Pending(Store.Put put, CompletableFuture<WriteResult> answer) {
        int bytes() {
            return put.value().length + 3 * put.key().length() + PUT_BYTES;
        }

        void refuse(StoreException failure) {
            answer.completeExceptionally(failure);
        }
    }

    /** @param write sends a transaction; fails with StoreException, in time */
    EtcdPuts(KV kv, EtcdKeys keys,
            Function<Supplier<CompletableFuture<TxnResponse>>, CompletableFuture<TxnResponse>> write) {
        this.kv = kv;
        this.keys = keys;
        this.write = write;
    }

    /** One answer for each put, in their order. */
    List<CompletableFuture<WriteResult>> add(List<Store.Put> puts) {
        List<Pending> all = puts.stream().map(put -> new Pending(put, new CompletableFuture<>())).toList();
        List<Pending> fitting = new ArrayList<>();
        for (Pending pending : all) {
            try {
                StoreException.requireFits(pending.put().key(), pending.put().value());
                fitting.add(pending);
            } catch (StoreException e) {
                pending.refuse(e);
            }
        }
        synchronized (this) {
            waiting.addAll(fitting);
        }
        send();
        return all.stream().map(Pending::answer).toList();
    }

    private void send() {
        List<Pending> puts = take();
        if (!puts.isEmpty()) {
            write.apply(() -> transaction(puts)).whenComplete((response, failure) -> {
                if (failure == null) {
                    answered(puts, response);
                } else {
                    failed(puts, EtcdErrors.ofWrite(failure));
                }
            });
        }
    }

    /** What goes together next; empty while a transaction is under way. */
    private synchronized List<Pending> take() {
        if (underWay) {
            return List.of();
        }
        List<Pending> puts = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        long bytes = 0;
        while (!waiting.isEmpty() && puts.size() < TRANSACTION_PUTS) {
            Pending next = waiting.peek();
            bytes += next.bytes();
            // etcd refuses a transaction that writes a key twice.
            if (!puts.isEmpty() && (bytes > transactionBytes || taken.contains(next.put().key()))) {
                break;
            }
            taken.add(next.put().key());
            puts.add(waiting.remove());
        }
        underWay = !puts.isEmpty();
        return puts;
    }

    /** The transaction is over; these of it are to be tried again, before all others. */
    private void next(List<Pending> again) {
        synchronized (this) {
            again.reversed().forEach(waiting::addFirst);
            underWay = false;
        }
        send();
    }

    private CompletableFuture<TxnResponse> transaction(List<Pending> puts) {
        Cmp[] conditions = new Cmp[puts.size()];
        Op[] writes = new Op[puts.size()];
        Op[] reads = new Op[puts.size()];
        for (int i = 0; i < puts.size(); i++) {
            Store.Put put = puts.get(i).put();
            ByteSequence name = keys.key(put.key());
            conditions[i] = new Cmp(name, Cmp.Op.EQUAL, CmpTarget.modRevision(put.expected()));
            writes[i] = Op.put(name, ByteSequence.from(put.value()), PutOption.DEFAULT);
            reads[i] = Op.get(name, GetOption.DEFAULT);
        }
        return kv.txn().If(conditions).Then(writes).Else(reads).commit();
    }

    private void answered(List<Pending> puts, TxnResponse response) {
        long revision = response.getHeader().getRevision();
        if (response.isSucceeded()) {
            next(List.of());
            puts.forEach(pending -> pending.answer().complete(new WriteResult.Written(revision, Optional.empty())));
            return;
        }
        List<Pending> again = new ArrayList<>();
        List<Runnable> answers = new ArrayList<>();
        for (int i = 0; i < puts.size(); i++) {
            Pending pending = puts.get(i);
            Optional<KeyValue> current = response.getGetResponses().get(i).getKvs().stream().findFirst();
            if (current.map(KeyValue::getModRevision).orElse(0L) == pending.put().expected()) {
                again.add(pending);
            } else {
                answers.add(() -> pending.answer()
                        .complete(new WriteResult.Mismatch(revision, current.map(keys::value))));
            }
        }
        next(again);
        answers.forEach(Runnable::run);
    }

    private void failed(List<Pending> puts, StoreException failure) {
        boolean divisible = failure.kind() == StoreException.Kind.TOO_LARGE && puts.size() > 1;
        if (divisible) {
            synchronized (this) {
                transactionBytes = puts.stream().mapToLong(Pending::bytes).sum() / 2;
            }
        }
        next(divisible ? puts : List.of());
        if (!divisible) {
            puts.forEach(pending -> pending.refuse(failure));
        }
    }
}
