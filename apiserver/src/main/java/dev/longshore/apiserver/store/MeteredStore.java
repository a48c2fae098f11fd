package dev.longshore.apiserver.store;

import dev.longshore.common.time.Clock;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.LongStream;

/**
 * Measures the calls of a store, whichever it is, under the Kubernetes API server's names:
 * {@code etcd_request_duration_seconds} and {@code etcd_request_errors_total}, by operation.
 */
public final class MeteredStore implements Store {
    /** Bounds in milliseconds (source: Kubernetes API server, coarser above a second). */
    private static final long[] BOUNDS_MILLIS = {5, 25, 50, 100, 200, 400, 600, 800, 1_000, 2_000, 5_000, 10_000};

    private final Store store;
    private final Clock clock;
    private final Operation get;
    private final Operation list;
    private final Operation put;
    private final Operation putEach;
    private final Operation delete;
    private final Operation revision;
    private final Operation compact;
    private final Operation lease;

    public MeteredStore(Store store, Clock clock, MeterRegistry meters) {
        this.store = store;
        this.clock = clock;
        this.get = operation("get", meters);
        this.list = operation("list", meters);
        this.put = operation("put", meters);
        this.putEach = operation("putEach", meters);
        this.delete = operation("delete", meters);
        this.revision = operation("revision", meters);
        this.compact = operation("compact", meters);
        this.lease = operation("lease", meters);
    }

    private record Operation(Timer duration, Counter errors) {}

    private static Operation operation(String name, MeterRegistry meters) {
        Duration[] bounds = LongStream.of(BOUNDS_MILLIS).mapToObj(Duration::ofMillis)
                .toArray(Duration[]::new);
        return new Operation(
                Timer.builder("etcd_request_duration_seconds").tag("operation", name).serviceLevelObjectives(bounds)
                        .register(meters),
                Counter.builder("etcd_request_errors_total").tag("operation", name).register(meters));
    }

    private <T> CompletableFuture<T> measured(Operation operation, Supplier<CompletableFuture<T>> call) {
        long begin = clock.nanos();
        return call.get().whenComplete((answer, failure) -> record(operation, begin, failure != null));
    }

    private void record(Operation operation, long begin, boolean failed) {
        operation.duration().record(Duration.ofNanos(clock.nanos() - begin));
        if (failed) {
            operation.errors().increment();
        }
    }

    @Override
    public CompletableFuture<Read> get(String key) {
        return measured(get, () -> store.get(key));
    }

    @Override
    public CompletableFuture<Range> range(String prefix, String after, int limit, long at) {
        return measured(list, () -> store.range(prefix, after, limit, at));
    }

    @Override
    public CompletableFuture<WriteResult> put(String key, byte[] value, OptionalLong expected, Optional<Lease> with) {
        return measured(put, () -> store.put(key, value, expected, with));
    }

    @Override
    public List<CompletableFuture<WriteResult>> putEach(List<Put> puts) {
        long begin = clock.nanos();
        List<CompletableFuture<WriteResult>> answers = store.putEach(puts);
        CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
                .whenComplete((_, failure) -> record(putEach, begin, failure != null));
        return answers;
    }

    @Override
    public CompletableFuture<WriteResult> delete(String key, OptionalLong expected) {
        return measured(delete, () -> store.delete(key, expected));
    }

    @Override
    public StoreWatch watch(String prefix, long fromRevision, StoreWatcher watcher) {
        return store.watch(prefix, fromRevision, watcher);
    }

    @Override
    public CompletableFuture<Long> revision() {
        return measured(revision, store::revision);
    }

    @Override
    public CompletableFuture<Void> compact(long at) {
        return measured(compact, () -> store.compact(at));
    }

    @Override
    public CompletableFuture<Lease> grant(Duration timeToLive) {
        return measured(lease, () -> store.grant(timeToLive));
    }

    @Override
    public CompletableFuture<Void> keepAlive(Lease kept) {
        return measured(lease, () -> store.keepAlive(kept));
    }

    @Override
    public CompletableFuture<Void> revoke(Lease ended) {
        return measured(lease, () -> store.revoke(ended));
    }

    @Override
    public CompletableFuture<Void> ping() {
        return store.ping();
    }

    @Override
    public void close() {
        store.close();
    }
}
