package dev.longshore.controllers;

import dev.longshore.client.ApiClient;
import dev.longshore.client.LeaderTerm;
import dev.longshore.client.leader.LeaderConfig;
import dev.longshore.client.leader.LeaderElector;
import dev.longshore.client.leader.Leadership;
import dev.longshore.common.lifecycle.Component;
import dev.longshore.common.time.Environment;
import java.time.Duration;

/** Who decides whether this process runs the controllers. */
@FunctionalInterface
public interface Election {
    /** A component that tells {@code leadership}, once started. */
    Component candidate(ApiClient client, Environment environment, Leadership leadership);

    /** By Lease, among several processes. */
    static Election lease(LeaderConfig config) {
        return (client, environment, leadership) -> new LeaderElector(config, client, environment, leadership);
    }

    /** The all-in-one process has nobody to compete with. */
    static Election none() {
        return (_, _, leadership) -> new Alone(leadership);
    }

    /** Leads from start to stop. */
    record Alone(Leadership leadership) implements Component {
        @Override
        public String name() {
            return "no-election";
        }

        @Override
        public void start() {
            leadership.started(LeaderTerm.ALWAYS);
        }

        @Override
        public void beginStop() {
            leadership.stopped();
        }

        @Override
        public boolean awaitStopped(Duration limit) {
            return true;
        }
    }
}
