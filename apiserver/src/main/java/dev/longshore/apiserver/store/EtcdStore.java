package dev.longshore.apiserver.store;

import dev.longshore.common.time.Environment;
import dev.longshore.common.time.Timers;
import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.ClientBuilder;
import io.etcd.jetcd.KV;
import io.etcd.jetcd.KeyValue;
import io.etcd.jetcd.Txn;
import io.etcd.jetcd.kv.GetResponse;
import io.etcd.jetcd.kv.TxnResponse;
import io.etcd.jetcd.op.Cmp;
import io.etcd.jetcd.op.CmpTarget;
import io.etcd.jetcd.op.Op;
import io.etcd.jetcd.options.DeleteOption;
import io.etcd.jetcd.options.GetOption;
import io.etcd.jetcd.options.PutOption;
import io.grpc.netty.GrpcSslContexts;
import io.netty.handler.ssl.SslContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;

/**
 * The store of a cluster: etcd, version 3.4 or newer, through jetcd. All calls are asynchronous; watchers are called on
 * jetcd's threads, one at a time each.
 *
 * <p>A write that fails is UNAVAILABLE only when it is certain that etcd never got it or refused it; in all other cases
 * UNKNOWN. jetcd does not repeat writes by itself. A range over a prefix that contains watched prefixes leaves out
 * their markers (see {@link EtcdKeys}); when it has a limit its {@code total} may count some of them.
 */
public final class EtcdStore implements Store {
    private static final Duration CALL_LIMIT = Duration.ofSeconds(10);
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(3);
    private static final Duration PING_PERIOD = Duration.ofSeconds(10);
    private static final Duration PING_LIMIT = Duration.ofSeconds(5);

    private final Environment environment;
    private final EtcdKeys keys;
    private final ExecutorService executor;
    private final Client client;
    private final KV kv;
    private final EtcdPuts puts;
    private final Set<EtcdWatch> watches = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /** Connects lazily: an etcd that does not answer shows in the calls. */
    public EtcdStore(EtcdConfig config, Environment environment) throws SSLException {
        this.environment = environment;
        this.keys = new EtcdKeys(config.keyPrefix());
        this.executor = Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("longshore-etcd-", 0).factory());
        ClientBuilder builder = Client.builder().endpoints(config.endpoints()).executorService(executor)
                .maxInboundMessageSize(Integer.MAX_VALUE).connectTimeout(CONNECT_LIMIT).waitForReady(false)
                .keepaliveTime(PING_PERIOD).keepaliveTimeout(PING_LIMIT).keepaliveWithoutCalls(false);
        if (config.tls().isPresent()) {
            builder.sslContext(context(config.tls().get()));
        }
        this.client = builder.build();
        this.kv = client.getKVClient();
        this.puts = new EtcdPuts(kv, keys, call -> write(call, Function.identity()));
    }

    private static SslContext context(EtcdConfig.Tls tls) throws SSLException {
        return GrpcSslContexts.forClient().trustManager(tls.ca().toFile())
                .keyManager(tls.certificate().toFile(), tls.key().toFile()).build();
    }

    @Override
    public CompletableFuture<Read> get(String key) {
        return read(() -> kv.get(keys.key(key)), response -> new Read(response.getHeader().getRevision(),
                response.getKvs().stream().findFirst().map(keys::value)));
    }

    @Override
    public CompletableFuture<Range> range(String prefix, String after, int limit, long revision) {
        boolean fromAfter = KeyOrder.BYTES.compare(after, prefix) >= 0 && !after.isEmpty();
        if (fromAfter && !after.startsWith(prefix)) {
            return revision().thenApply(newest -> new Range(revision == 0 ? newest : revision, List.of(), false, 0));
        }
        ByteSequence start = fromAfter ? keys.behind(after) : keys.start(prefix);
        GetOption option = GetOption.builder().withRange(keys.end(prefix)).withLimit(limit).withRevision(revision)
                .build();
        CompletableFuture<Range> answer = read(() -> kv.get(start, option),
                response -> range(response, limit, revision));
        return answer.exceptionallyCompose(failure -> outOfRange(failure, revision));
    }

    private Range range(GetResponse response, int limit, long revision) {
        List<StoredValue> values = new ArrayList<>();
        for (KeyValue pair : response.getKvs()) {
            if (!keys.isMarker(pair.getKey())) {
                values.add(keys.value(pair));
            }
        }
        long shown = revision == 0 ? response.getHeader().getRevision() : revision;
        long total = limit == 0 ? values.size() : response.getCount();
        return new Range(shown, List.copyOf(values), response.isMore(), total);
    }

    /** etcd has one code for both, and only the revision tells which it is. */
    private <T> CompletableFuture<T> outOfRange(Throwable failure, long revision) {
        if (!EtcdErrors.isOutOfRange(failure)) {
            return CompletableFuture.failedFuture(EtcdErrors.ofRead(failure));
        }
        return revision().thenCompose(newest -> CompletableFuture.failedFuture(revision > newest
                ? new StoreException(StoreException.Kind.FUTURE,
                        "revision " + revision + " does not exist yet, the newest is " + newest)
                : new StoreException(StoreException.Kind.COMPACTED, "revision " + revision + " has been compacted")));
    }

    @Override
    public CompletableFuture<WriteResult> put(String key, byte[] value, OptionalLong expected, Optional<Lease> lease) {
        try {
            StoreException.requireFits(key, value);
        } catch (StoreException e) {
            return CompletableFuture.failedFuture(e);
        }
        PutOption option = PutOption.builder().withPrevKV().withLeaseId(lease.map(Lease::id).orElse(0L)).build();
        return transact(key, expected, false, Op.put(keys.key(key), ByteSequence.from(value), option));
    }

    @Override
    public List<CompletableFuture<WriteResult>> putEach(List<Put> puts) {
        Put.requireDistinct(puts);
        return this.puts.add(puts);
    }

    @Override
    public CompletableFuture<WriteResult> delete(String key, OptionalLong expected) {
        return transact(key, expected, true,
                Op.delete(keys.key(key), DeleteOption.builder().withPrevKV(true).build()));
    }

    private CompletableFuture<WriteResult> transact(String key, OptionalLong expected, boolean mustExist, Op write) {
        ByteSequence name = keys.key(key);
        List<Cmp> conditions = new ArrayList<>();
        if (expected.isPresent()) {
            conditions.add(new Cmp(name, Cmp.Op.EQUAL, CmpTarget.modRevision(expected.getAsLong())));
        }
        if (mustExist) {
            conditions.add(new Cmp(name, Cmp.Op.GREATER, CmpTarget.modRevision(0)));
        }
        Supplier<CompletableFuture<TxnResponse>> call = () -> {
            Txn transaction = kv.txn();
            if (!conditions.isEmpty()) {
                transaction = transaction.If(conditions.toArray(Cmp[]::new));
            }
            return transaction.Then(write).Else(Op.get(name, GetOption.DEFAULT)).commit();
        };
        return write(call, this::result);
    }

    private WriteResult result(TxnResponse response) {
        long revision = response.getHeader().getRevision();
        if (!response.isSucceeded()) {
            return new WriteResult.Mismatch(revision,
                    response.getGetResponses().getFirst().getKvs().stream().findFirst().map(keys::value));
        }
        Optional<KeyValue> previous = response.getPutResponses().isEmpty()
                ? response.getDeleteResponses().getFirst().getPrevKvs().stream().findFirst()
                : response.getPutResponses().stream().filter(put -> put.hasPrevKv()).findFirst()
                        .map(put -> put.getPrevKv());
        return new WriteResult.Written(revision, previous.map(keys::value));
    }

    @Override
    public StoreWatch watch(String prefix, long fromRevision, StoreWatcher watcher) {
        EtcdWatch watch = new EtcdWatch(kv, client.getWatchClient(), keys, new EtcdWatch.Target(prefix, watcher),
                environment);
        watches.add(watch);
        if (closed) {
            watch.close();
        }
        watch.start(fromRevision, this::revision);
        return new StoreWatch() {
            @Override
            public void close() {
                watches.remove(watch);
                watch.close();
            }

            @Override
            public void requestProgress() {
                watch.requestProgress();
            }
        };
    }

    @Override
    public CompletableFuture<Long> revision() {
        GetOption option = GetOption.builder().withCountOnly(true).build();
        return read(() -> kv.get(keys.marker(""), option), response -> response.getHeader().getRevision());
    }

    @Override
    public CompletableFuture<Void> compact(long revision) {
        CompletableFuture<Void> answer = read(() -> kv.compact(revision), done -> null);
        return answer.exceptionallyCompose(failure -> {
            CompletableFuture<Void> reason = outOfRange(failure, revision);
            return reason.exceptionallyCompose(why -> EtcdErrors.ofRead(why).kind() == StoreException.Kind.COMPACTED
                    ? CompletableFuture.completedFuture(null)
                    : CompletableFuture.failedFuture(why));
        });
    }

    @Override
    public CompletableFuture<Lease> grant(Duration timeToLive) {
        long seconds = Math.max(1, timeToLive.plusMillis(999).toSeconds());
        return write(() -> client.getLeaseClient().grant(seconds), response -> new Lease(response.getID()));
    }

    @Override
    public CompletableFuture<Void> keepAlive(Lease lease) {
        return read(() -> client.getLeaseClient().keepAliveOnce(lease.id()), done -> null);
    }

    @Override
    public CompletableFuture<Void> revoke(Lease lease) {
        return write(() -> client.getLeaseClient().revoke(lease.id()), done -> null);
    }

    @Override
    public CompletableFuture<Void> ping() {
        return revision().thenApply(revision -> null);
    }

    @Override
    public void close() {
        closed = true;
        watches.forEach(EtcdWatch::close);
        watches.clear();
        client.close();
        executor.shutdown();
    }

    private <R, T> CompletableFuture<T> read(Supplier<CompletableFuture<R>> call, Function<R, T> convert) {
        return call(call, convert, StoreException.Kind.UNAVAILABLE, EtcdErrors::ofRead);
    }

    private <R, T> CompletableFuture<T> write(Supplier<CompletableFuture<R>> call, Function<R, T> convert) {
        return call(call, convert, StoreException.Kind.UNKNOWN, EtcdErrors::ofWrite);
    }

    private <R, T> CompletableFuture<T> call(Supplier<CompletableFuture<R>> call, Function<R, T> convert,
            StoreException.Kind late, Function<Throwable, StoreException> failed) {
        if (closed) {
            return CompletableFuture.failedFuture(StoreException.closed());
        }
        CompletableFuture<T> answer = new CompletableFuture<>();
        Timers.Timer timer = environment.timers().after(CALL_LIMIT, () -> answer.completeExceptionally(
                new StoreException(late, "etcd did not answer within " + CALL_LIMIT.toSeconds() + " s")));
        CompletableFuture<R> under;
        try {
            under = call.get();
        } catch (RuntimeException e) { // closed in between
            under = CompletableFuture.failedFuture(e);
        }
        under.thenApply(convert).whenComplete((converted, failure) -> {
            timer.cancel();
            if (failure == null) {
                answer.complete(converted);
            } else {
                answer.completeExceptionally(failed.apply(failure));
            }
        });
        return answer;
    }
}
