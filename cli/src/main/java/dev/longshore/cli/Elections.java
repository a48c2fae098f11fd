package dev.longshore.cli;

import dev.longshore.api.ObjectKey;
import dev.longshore.client.leader.LeaderConfig;
import dev.longshore.common.time.Environment;
import dev.longshore.scheduler.config.LeaderElection;

/**
 * The elections of a cluster. A component alone in its process and one of an all-in-one process compete for the same
 * Leases, so they may be mixed. Names of the Leases: those of Kubernetes' components.
 */
final class Elections {
    private static final String NAMESPACE = "kube-system";

    private Elections() {
    }

    static LeaderConfig scheduler(LeaderElection election, Environment environment) {
        return new LeaderConfig(new ObjectKey(election.namespace(), election.name()), identity(environment),
                ProcessIdentity::hasEnded, election.leaseDuration(), election.renewDeadline(),
                election.retryPeriod());
    }

    static LeaderConfig controllerManager(Environment environment) {
        return LeaderConfig.of(new ObjectKey(NAMESPACE, "kube-controller-manager"), identity(environment),
                ProcessIdentity::hasEnded);
    }

    private static String identity(Environment environment) {
        return ProcessIdentity.own().text(Addresses.hostName(), environment.randomness().uuid());
    }
}
