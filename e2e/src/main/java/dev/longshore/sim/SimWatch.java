package dev.longshore.sim;

import com.google.protobuf.Message;
import dev.longshore.api.ApiException;
import dev.longshore.api.Reason;
import dev.longshore.client.Watch;
import dev.longshore.client.WatchEvent;
import dev.longshore.client.WatchListener;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;

/** A watch whose events arrive late, now and then twice, and which may end; their order stays. */
final class SimWatch<T extends Message> implements Watch, WatchListener<T> {
    private final WatchListener<T> listener;
    private final SimProcess process;
    private final Faults faults;
    private final Queue<Runnable> underWay = new ArrayDeque<>();
    private Optional<Watch> source = Optional.empty();
    private boolean closed;

    SimWatch(WatchListener<T> listener, SimProcess process, Faults faults) {
        this.listener = listener;
        this.process = process;
        this.faults = faults;
    }

    void start(Watch watch) {
        source = Optional.of(watch);
        if (closed) {
            watch.close();
        }
    }

    @Override
    public void onEvent(WatchEvent<T> event) {
        if (closed || !process.alive()) {
            close();
            return;
        }
        send(() -> listener.onEvent(event));
        if (faults.repeatsEvent()) {
            send(() -> listener.onEvent(event));
        }
        if (faults.endsWatch()) {
            end(ApiException.of(Reason.SERVICE_UNAVAILABLE, "simulated: the watch has ended"));
        } else if (faults.expiresWatch()) {
            end(ApiException.expired("simulated: too old resource version"));
        }
    }

    @Override
    public void onEnd(ApiException cause) {
        end(cause);
    }

    private void end(ApiException cause) {
        source.ifPresent(Watch::close);
        send(() -> {
            closed = true;
            listener.onEnd(cause);
        });
    }

    @Override
    public void close() {
        closed = true;
        source.ifPresent(Watch::close);
    }

    private void send(Runnable delivery) {
        underWay.add(delivery);
        if (underWay.size() == 1) {
            deliverNext();
        }
    }

    private void deliverNext() {
        process.after(Duration.ofNanos(faults.eventMicros() * 1_000), () -> {
            Runnable delivery = underWay.remove();
            if (!underWay.isEmpty()) {
                deliverNext();
            }
            if (!closed) {
                delivery.run();
            }
        });
    }
}
