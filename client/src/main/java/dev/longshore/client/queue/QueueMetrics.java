package dev.longshore.client.queue;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.function.Supplier;

/** The meters of one queue, under the names of Kubernetes' component metrics ({@code workqueue_*}). */
final class QueueMetrics {
    private final Counter adds;
    private final Counter retries;
    private final Timer waited;
    private final Timer worked;

    QueueMetrics(String queue, MeterRegistry registry, Supplier<Number> depth, Supplier<Number> longestSeconds) {
        adds = registry.counter("workqueue_adds_total", "name", queue);
        retries = registry.counter("workqueue_retries_total", "name", queue);
        waited = registry.timer("workqueue_queue_duration_seconds", "name", queue);
        worked = registry.timer("workqueue_work_duration_seconds", "name", queue);
        Gauge.builder("workqueue_depth", depth).tag("name", queue).register(registry);
        Gauge.builder("workqueue_longest_running_processor_seconds", longestSeconds).tag("name", queue)
                .register(registry);
    }

    void added() {
        adds.increment();
    }

    void retried() {
        retries.increment();
    }

    void waited(long nanos) {
        waited.record(Duration.ofNanos(nanos));
    }

    void worked(long nanos) {
        worked.record(Duration.ofNanos(nanos));
    }
}
