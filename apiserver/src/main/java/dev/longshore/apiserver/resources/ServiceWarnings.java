package dev.longshore.apiserver.resources;

import dev.longshore.api.core.v1.ServiceSpec;
import java.util.ArrayList;
import java.util.List;

/** Names every field of a Service that is accepted though no node acts on it, and what comes instead. */
final class ServiceWarnings {
    private static final String NO_EFFECT = " is accepted but has no effect in this cluster yet";

    private ServiceWarnings() {
    }

    static List<String> of(ServiceSpec spec) {
        List<String> found = new ArrayList<>();
        if (spec.getType().equals("LoadBalancer")) {
            found.add("no load balancer is provided: the Service is reachable by its cluster IP and node ports");
        }
        if (spec.hasTrafficDistribution()) {
            found.add("spec.trafficDistribution" + NO_EFFECT + ": traffic goes to all ready endpoints alike");
        }
        if (spec.getHealthCheckNodePort() != 0) {
            found.add("spec.healthCheckNodePort" + NO_EFFECT + ": nodes do not answer on it");
        }
        return found;
    }
}
