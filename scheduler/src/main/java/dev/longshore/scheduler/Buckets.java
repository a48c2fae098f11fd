package dev.longshore.scheduler;

import java.time.Duration;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Upper bounds of histograms, as Kubernetes' scheduler has them (1.32), so that dashboards show the same steps. */
final class Buckets {
    /** 1 ms, doubled 14 times; and finer ones below, where the decisions are. */
    static final Duration[] ATTEMPT = Stream.concat(Stream.of(Duration.ofNanos(10_000), Duration.ofNanos(100_000)),
            doubled(Duration.ofMillis(1), 15)).toArray(Duration[]::new);
    /** From 10 ms to almost 88 minutes. */
    static final Duration[] WAIT = doubled(Duration.ofMillis(10), 20).toArray(Duration[]::new);
    static final double[] VICTIMS = DoubleStream.iterate(1, bound -> bound * 2).limit(7).toArray();
    static final double[] ATTEMPTS = DoubleStream.iterate(1, bound -> bound * 2).limit(5).toArray();

    private Buckets() {
    }

    private static Stream<Duration> doubled(Duration first, int count) {
        return LongStream.range(0, count).mapToObj(power -> first.multipliedBy(1L << power));
    }
}
