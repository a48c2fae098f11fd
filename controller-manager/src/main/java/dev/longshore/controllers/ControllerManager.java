package dev.longshore.controllers;

import dev.longshore.client.ApiClient;
import dev.longshore.client.LeaderTerm;
import dev.longshore.client.leader.Leadership;
import dev.longshore.common.lifecycle.Component;
import dev.longshore.common.time.Environment;
import dev.longshore.common.time.Waiting;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Optional;

/** Runs the controllers while this process leads. */
public final class ControllerManager implements Component {
    private static final Duration STOP_STEP = Duration.ofMillis(20);

    private final ControllerConfig config;
    private final ApiClient client;
    private final Environment environment;
    private final MeterRegistry registry;
    private final Component candidate;
    private Optional<Reign> reign = Optional.empty();

    public ControllerManager(ControllerConfig config, ApiClient client, Environment environment,
            MeterRegistry registry, Election election) {
        this.config = config;
        this.client = client;
        this.environment = environment;
        this.registry = registry;
        this.candidate = election.candidate(client, environment, new Rule());
    }

    @Override
    public String name() {
        return "controller-manager";
    }

    @Override
    public void start() throws Exception {
        candidate.start();
    }

    @Override
    public void beginStop() {
        end();
        candidate.beginStop();
    }

    @Override
    public boolean awaitStopped(Duration limit) throws InterruptedException {
        return candidate.awaitStopped(limit) && new Waiting(environment, STOP_STEP).until(this::idle, limit);
    }

    private synchronized boolean idle() {
        return reign.map(Reign::idle).orElse(true);
    }

    private synchronized void begin() {
        Reign next = new Reign(config, client, environment, registry);
        reign = Optional.of(next);
        environment.tasks().execute(next::begin);
    }

    private synchronized void end() {
        reign.ifPresent(Reign::end);
    }

    private final class Rule implements Leadership {
        @Override
        public void started(LeaderTerm term) {
            begin();
        }

        @Override
        public void stopped() {
            end();
        }
    }
}
