package dev.longshore.cli;

import dev.longshore.api.ObjectKey;
import dev.longshore.client.leader.LeaderConfig;
import dev.longshore.common.time.Environment;

/**
 * The elections of a cluster. A component alone in its process and one of an all-in-one process compete for the same
 * Leases, so they may be mixed. Names of the Leases: those of Kubernetes' components.
 */
final class Elections {
    private static final String NAMESPACE = "kube-system";

    private Elections() {
    }

    static LeaderConfig scheduler(Environment environment) {
        return candidate("kube-scheduler", environment);
    }

    static LeaderConfig controllerManager(Environment environment) {
        return candidate("kube-controller-manager", environment);
    }

    private static LeaderConfig candidate(String lease, Environment environment) {
        return LeaderConfig.of(new ObjectKey(NAMESPACE, lease),
                ProcessIdentity.own(environment.randomness()).text(Addresses.hostName()), ProcessIdentity::hasEnded);
    }
}
