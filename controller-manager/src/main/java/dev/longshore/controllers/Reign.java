package dev.longshore.controllers;

import com.google.protobuf.Message;
import dev.longshore.api.ApiException;
import dev.longshore.api.Reason;
import dev.longshore.api.ResourceType;
import dev.longshore.api.ResourceTypes;
import dev.longshore.client.ApiClient;
import dev.longshore.client.Query;
import dev.longshore.client.events.EventRecorder;
import dev.longshore.common.time.Environment;
import dev.longshore.controllers.runner.Controller;
import dev.longshore.controllers.runner.Events;
import dev.longshore.controllers.runner.Informers;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The controllers of one term of leadership, with caches of their own: nothing that an earlier leader knew is kept.
 * {@link #begin} runs on a task, {@link #end} on any thread.
 */
final class Reign {
    private static final System.Logger LOG = System.getLogger(Reign.class.getName());
    private static final Duration START_RETRY = Duration.ofMillis(500);
    /** Matches nothing: only whether the resource exists is asked. */
    private static final Query PROBE = Query.fields("metadata.name=longshore-resource-probe");

    private final ControllerConfig config;
    private final ApiClient client;
    private final Environment environment;
    private final MeterRegistry registry;
    private final Informers informers;
    private final List<Controller<?>> controllers = new ArrayList<>();
    private boolean ended;

    Reign(ControllerConfig config, ApiClient client, Environment environment, MeterRegistry registry) {
        this.config = config;
        this.client = client;
        this.environment = environment;
        this.registry = registry;
        this.informers = new Informers(client, environment);
    }

    /** Finds out what the API offers and starts; tries again while the API does not answer and the reign lasts. */
    void begin() {
        try {
            List<ResourceType<?>> served = new ArrayList<>();
            for (ResourceType<?> type : ResourceTypes.all()) {
                if (serves(type)) {
                    served.add(type);
                }
            }
            start(served);
        } catch (ApiException e) {
            LOG.log(System.Logger.Level.DEBUG, () -> "controllers wait for the API: " + e.getMessage());
            retry();
        }
    }

    private synchronized void retry() {
        if (!ended) {
            environment.timers().after(START_RETRY, () -> environment.tasks().execute(this::begin));
        }
    }

    private synchronized void start(List<ResourceType<?>> served) {
        if (ended) {
            return;
        }
        var parts = new Controllers.Parts(config, informers, served, environment.clock(), this::events);
        Controllers.all(parts).forEach(spec -> controllers.add(
                new Controller<>(spec, client, informers, environment, registry)));
        List<Controller<?>> wired = List.copyOf(controllers);
        informers.onProgress(() -> wired.forEach(Controller::progress));
        informers.start();
        LOG.log(System.Logger.Level.INFO, "controllers=" + wired.size() + " resources=" + served.size() + " started");
    }

    synchronized void end() {
        ended = true;
        controllers.forEach(Controller::stop);
        informers.stop();
    }

    synchronized boolean idle() {
        return controllers.stream().allMatch(Controller::idle);
    }

    private Events events(String component) {
        EventRecorder recorder = new EventRecorder(client, environment, component, "");
        return (regarding, kind, reason, message) -> recorder.record(regarding, kind.text(), reason, message);
    }

    private <T extends Message> boolean serves(ResourceType<T> type) {
        try {
            client.list(type, PROBE);
            return true;
        } catch (ApiException e) {
            return switch (e.reason()) {
                case NOT_FOUND, METHOD_NOT_ALLOWED, FORBIDDEN -> absent(type, e.reason());
                // A refused selector proves that the resource is there.
                case BAD_REQUEST, INVALID -> true;
                default -> throw e;
            };
        }
    }

    private static boolean absent(ResourceType<?> type, Reason reason) {
        LOG.log(System.Logger.Level.INFO, "resource=" + type.qualifiedName() + " is not served, reason="
                + reason.text());
        return false;
    }
}
