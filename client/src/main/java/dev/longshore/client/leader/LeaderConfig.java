package dev.longshore.client.leader;

import dev.longshore.api.ObjectKey;
import java.time.Duration;
import java.util.function.Predicate;

/**
 * How an election runs.
 *
 * @param lease          the Lease that all candidates share: {@code kube-system/kube-scheduler}
 * @param identity       tells this candidate from the others
 * @param ended          whether the candidate of an identity is known to have ended: nobody waits for its lease to run out
 * @param leaseDuration  a leader that was not heard of for so long is dead
 * @param renewDeadline  a leader that could not renew for so long stops; shorter than {@code leaseDuration}
 * @param retryPeriod    between two attempts; shorter than {@code renewDeadline}
 */
public record LeaderConfig(ObjectKey lease, String identity, Predicate<String> ended, Duration leaseDuration,
        Duration renewDeadline, Duration retryPeriod) {
    public LeaderConfig {
        if (leaseDuration.compareTo(renewDeadline) <= 0 || renewDeadline.compareTo(retryPeriod) <= 0) {
            throw new IllegalArgumentException("leaseDuration > renewDeadline > retryPeriod must hold: " + lease);
        }
    }

    /** Kubernetes' defaults for its components: 15 s, 10 s, 2 s. */
    public static LeaderConfig of(ObjectKey lease, String identity, Predicate<String> ended) {
        return new LeaderConfig(lease, identity, ended, Duration.ofSeconds(15), Duration.ofSeconds(10),
                Duration.ofSeconds(2));
    }
}
