package dev.longshore.bench.endtoend;

import dev.longshore.common.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** Requests by several clients at once, each of which sends the next when the one before was answered. */
record Load(Clock clock, int clients) {
    /** When it began, how long it took, and how long each request did, the shortest first. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Times(long startNanos, long nanos, long[] requestNanos) {
        double millis(int percentile) {
            return requestNanos[(int) ((requestNanos.length - 1L) * percentile / 100)] / 1e6;
        }
    }

    /** Sends all; fails as the first request that fails. */
    Times send(List<? extends Callable<?>> requests) throws InterruptedException, ExecutionException {
        long[] nanos = new long[requests.size()];
        AtomicInteger next = new AtomicInteger();
        long start = clock.nanos();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Void>> all = IntStream.range(0, clients).mapToObj(_ -> threads.submit((Callable<Void>) () -> {
                for (int i = next.getAndIncrement(); i < nanos.length; i = next.getAndIncrement()) {
                    long before = clock.nanos();
                    requests.get(i).call();
                    nanos[i] = clock.nanos() - before;
                }
                return null;
            })).toList();
            for (Future<Void> each : all) {
                each.get();
            }
        }
        long took = clock.nanos() - start;
        Arrays.sort(nanos);
        return new Times(start, took, nanos);
    }
}
