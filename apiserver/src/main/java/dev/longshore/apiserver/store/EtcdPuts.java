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
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Many puts, each on its own condition, in few transactions, one after the other. A transaction happens as a whole or
 * not at all, so one in which some key was in another state is made again without those keys: each round answers at
 * least one put, so it ends.
 */
final class EtcdPuts {
    /** Comparisons and operations of one transaction (etcd's default {@code max-txn-ops}). */
    static final int TRANSACTION_PUTS = 128;
    private static final int TRANSACTION_BYTES = Store.MAX_VALUE_BYTES;
    /** What a put takes besides its value and its key, which it names three times: tags, lengths, revisions. */
    private static final int PUT_BYTES = 64;

    private final KV kv;
    private final EtcdKeys keys;
    private final Function<Supplier<CompletableFuture<TxnResponse>>, CompletableFuture<TxnResponse>> write;
    private final Deque<List<Pending>> waiting = new ArrayDeque<>();

    private record Pending(Store.Put put, CompletableFuture<WriteResult> answer) {
        int bytes() {
            return put.value().length + 3 * put.key().length() + PUT_BYTES;
        }
    }

    /** @param write sends a transaction; fails with StoreException, in time */
    EtcdPuts(KV kv, EtcdKeys keys,
            Function<Supplier<CompletableFuture<TxnResponse>>, CompletableFuture<TxnResponse>> write) {
        this.kv = kv;
        this.keys = keys;
        this.write = write;
    }

    /** To be called once. */
    List<CompletableFuture<WriteResult>> start(List<Store.Put> puts) {
        List<Pending> all = puts.stream().map(put -> new Pending(put, new CompletableFuture<>())).toList();
        List<Pending> fitting = new ArrayList<>();
        for (Pending pending : all) {
            try {
                StoreException.requireFits(pending.put().key(), pending.put().value());
                fitting.add(pending);
            } catch (StoreException e) {
                pending.answer().completeExceptionally(e);
            }
        }
        divide(fitting);
        next();
        return all.stream().map(Pending::answer).toList();
    }

    private void divide(List<Pending> puts) {
        List<Pending> group = new ArrayList<>();
        long bytes = 0;
        for (Pending pending : puts) {
            if (!group.isEmpty() && (group.size() == TRANSACTION_PUTS || bytes + pending.bytes() > TRANSACTION_BYTES)) {
                waiting.add(group);
                group = new ArrayList<>();
                bytes = 0;
            }
            group.add(pending);
            bytes += pending.bytes();
        }
        if (!group.isEmpty()) {
            waiting.add(group);
        }
    }

    private void next() {
        Optional<List<Pending>> group = Optional.ofNullable(waiting.poll());
        group.ifPresent(puts -> write.apply(() -> transaction(puts)).whenComplete((response, failure) -> {
            if (failure == null) {
                answered(puts, response);
            } else {
                failed(puts, EtcdErrors.ofWrite(failure));
            }
        }));
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
            puts.forEach(pending -> pending.answer().complete(new WriteResult.Written(revision, Optional.empty())));
        } else {
            List<Pending> others = new ArrayList<>();
            for (int i = 0; i < puts.size(); i++) {
                Optional<KeyValue> current = response.getGetResponses().get(i).getKvs().stream().findFirst();
                if (current.map(KeyValue::getModRevision).orElse(0L) == puts.get(i).put().expected()) {
                    others.add(puts.get(i));
                } else {
                    puts.get(i).answer().complete(new WriteResult.Mismatch(revision, current.map(keys::value)));
                }
            }
            if (!others.isEmpty()) {
                waiting.addFirst(others);
            }
        }
        next();
    }

    private void failed(List<Pending> puts, StoreException failure) {
        if (failure.kind() == StoreException.Kind.TOO_LARGE && puts.size() > 1) { // this etcd is set to take less
            int middle = puts.size() / 2;
            waiting.addFirst(puts.subList(middle, puts.size()));
            waiting.addFirst(puts.subList(0, middle));
        } else {
            refuse(puts, failure);
            if (failure.kind() != StoreException.Kind.TOO_LARGE) {
                waiting.forEach(group -> refuse(group, new StoreException(StoreException.Kind.UNAVAILABLE,
                        "not tried: the writes before it failed", failure)));
                waiting.clear();
            }
        }
        next();
    }

    private static void refuse(List<Pending> puts, StoreException failure) {
        puts.forEach(pending -> pending.answer().completeExceptionally(failure));
    }
}
