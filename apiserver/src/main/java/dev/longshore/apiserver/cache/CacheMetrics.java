package dev.longshore.apiserver.cache;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.Supplier;

/** What a cache counts, under the Kubernetes API server's names. */
final class CacheMetrics {
    private final MeterRegistry registry;
    private final String resource;
    private final Counter received;
    private final Counter dispatched;
    private final Counter terminated;
    private final Counter initialized;
    private final Counter undecodable;

    CacheMetrics(MeterRegistry registry, String resource) {
        this.registry = registry;
        this.resource = resource;
        this.received = counter("apiserver_watch_cache_events_received_total");
        this.dispatched = counter("apiserver_watch_cache_events_dispatched_total");
        this.terminated = counter("apiserver_terminated_watchers_total");
        this.initialized = counter("apiserver_watch_cache_initializations_total");
        this.undecodable = counter("longshore_storage_undecodable_values_total");
    }

    private Counter counter(String name) {
        return Counter.builder(name).tag("resource", resource).register(registry);
    }

    void objects(Supplier<Number> count) {
        Gauge.builder("apiserver_storage_objects", count).tag("resource", resource).register(registry);
    }

    void received(int events) {
        received.increment(events);
    }

    void dispatched(int events) {
        dispatched.increment(events);
    }

    void terminated() {
        terminated.increment();
    }

    void initialized() {
        initialized.increment();
    }

    void undecodable() {
        undecodable.increment();
    }
}
