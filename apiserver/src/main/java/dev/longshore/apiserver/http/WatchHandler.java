package dev.longshore.apiserver.http;

import com.google.protobuf.Message;
import dev.longshore.apiserver.http.AnswerForm.Subject;
import dev.longshore.apiserver.http.ResourceHandler.Call;
import dev.longshore.apiserver.registry.ObjectWatch;
import dev.longshore.apiserver.registry.Registry;
import dev.longshore.common.time.Environment;
import java.time.Duration;
import java.util.List;

/** Watches as streams of JSON events (Kubernetes API, watch). Each runs on the task of its request. */
final class WatchHandler {
    /** Kubernetes API server: a watch without timeoutSeconds ends after one to two times this. */
    private static final int DEFAULT_SECONDS = 1_800;

    private final Registry registry;
    private final AnswerWriter answers;
    private final Environment environment;

    WatchHandler(Registry registry, AnswerWriter answers, Environment environment) {
        this.registry = registry;
        this.answers = answers;
        this.environment = environment;
    }

    /** Returns when the watch has ended. */
    <T extends Message> void watch(Call<T> call) {
        AnswerForm form = call.form(Subject.WATCH);
        var options = RequestOptions.watch(call.exchange().query(), call.request().namespace());
        WatchEvents<T> events = new WatchEvents<>(call.type(), form, answers, call.include());
        try (ObjectWatch watch = registry.watch(call.type(), options, events, call.reads())) {
            call.exchange().onClosed(events::stop);
            var deadline = environment.timers().after(duration(call.exchange().query()), events::stop);
            try {
                stream(call.exchange(), events, watch);
            } finally {
                deadline.cancel();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Duration duration(QueryParameters query) {
        long seconds = query.number("timeoutSeconds").orElse(0);
        return Duration.ofSeconds(seconds > 0
                ? seconds
                : DEFAULT_SECONDS + environment.randomness().below(DEFAULT_SECONDS));
    }

    private static void stream(Exchange exchange, WatchEvents<?> events, ObjectWatch watch)
            throws InterruptedException {
        ResponseStream out = exchange.stream(200, List.of(Header.contentType("application/json")));
        watch.request(WatchEvents.WINDOW);
        WatchEvents.Next next = events.take();
        while (next instanceof WatchEvents.Next.Line line && out.write(line.bytes().get())) {
            watch.request(1);
            next = events.take();
        }
        out.end();
    }
}
