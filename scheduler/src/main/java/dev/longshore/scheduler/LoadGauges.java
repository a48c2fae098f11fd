package dev.longshore.scheduler;

import dev.longshore.scheduler.cycle.SchedulingMachine;
import dev.longshore.scheduler.plugins.Profiles;
import dev.longshore.scheduler.queue.QueueCounts.Place;
import dev.longshore.scheduler.queue.QueueEvent;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** How much there is, as it was at the end of the last turn. The scheduler's thread writes, any thread reads. */
final class LoadGauges {
    /** Up to Kubernetes 1.33, and from then on. */
    private static final List<String> CACHE_SIZE = List.of("scheduler_scheduler_cache_size", "scheduler_cache_size");

    private volatile Optional<SchedulingMachine.Load> last = Optional.empty();

    LoadGauges(Profiles profiles, MeterRegistry meters) {
        pending(meters, Place.ACTIVE, load -> load.depth().active());
        pending(meters, Place.BACK_OFF, load -> load.depth().backOff());
        pending(meters, Place.UNSCHEDULABLE, load -> load.depth().unschedulable());
        pending(meters, Place.GATED, load -> load.depth().gated());
        cache(meters, "nodes", SchedulingMachine.Load::nodes);
        cache(meters, "pods", SchedulingMachine.Load::pods);
        cache(meters, "assumed_pods", SchedulingMachine.Load::assumed);
        for (QueueEvent event : QueueEvent.values()) {
            for (Place place : Place.values()) {
                if (leads(event, place)) {
                    incoming(meters, event, place);
                }
            }
        }
        for (String profile : profiles.names()) {
            profiles.plugins(profile).refusing().forEach(plugin -> refused(meters, profile, plugin));
        }
    }

    void set(SchedulingMachine.Load now) {
        last = Optional.of(now);
    }

    private double of(ToDoubleFunction<SchedulingMachine.Load> part) {
        return last.map(part::applyAsDouble).orElse(0.0);
    }

    /** Whether pods come to the place by such an event. */
    private static boolean leads(QueueEvent event, Place place) {
        return switch (place) {
            case ACTIVE -> event != QueueEvent.ATTEMPT_FAILED;
            case BACK_OFF -> event != QueueEvent.POD_ADDED && event != QueueEvent.BACK_OFF_ENDED;
            case UNSCHEDULABLE -> event == QueueEvent.ATTEMPT_FAILED;
            case GATED -> event == QueueEvent.POD_ADDED || event == QueueEvent.POD_UPDATED;
        };
    }

    private void pending(MeterRegistry meters, Place place, ToDoubleFunction<SchedulingMachine.Load> size) {
        Gauge.builder("scheduler_pending_pods", this, self -> self.of(size)).tag("queue", place.label())
                .description("Pods without a node, by the queue they wait in.").register(meters);
    }

    private void cache(MeterRegistry meters, String type, ToDoubleFunction<SchedulingMachine.Load> size) {
        for (String name : CACHE_SIZE) {
            Gauge.builder(name, this, self -> self.of(size)).tag("type", type)
                    .description("Nodes, pods on them, and of these pods the ones not seen bound yet.")
                    .register(meters);
        }
    }

    private void incoming(MeterRegistry meters, QueueEvent event, Place place) {
        FunctionCounter
                .builder("scheduler_queue_incoming_pods", this,
                        self -> self.of(load -> load.queue().incoming(event, place)))
                .tags("queue", place.label(), "event", event.label())
                .description("Pods that came to a queue, by the reason.").register(meters);
    }

    private void refused(MeterRegistry meters, String profile, String plugin) {
        Gauge.builder("scheduler_unschedulable_pods", this,
                self -> self.of(load -> load.queue().refused(profile, plugin)))
                .tags("plugin", plugin, "profile", profile)
                .description("Pods that wait, by each plug-in that refused them when they were last tried.")
                .register(meters);
    }
}
