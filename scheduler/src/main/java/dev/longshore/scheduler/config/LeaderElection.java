package dev.longshore.scheduler.config;

import java.time.Duration;

/**
 * How a scheduler competes with others.
 *
 * @param elect         whether it waits to be elected
 * @param leaseDuration a leader that was not heard of for so long is dead
 * @param renewDeadline a leader that could not renew for so long stops; shorter than {@code leaseDuration}
 * @param retryPeriod   between two attempts; shorter than {@code renewDeadline}
 * @param namespace     of the Lease
 * @param name          of the Lease
 */
public record LeaderElection(boolean elect, Duration leaseDuration, Duration renewDeadline, Duration retryPeriod,
        String namespace, String name) {
    /** Kubernetes' defaults. */
    public static final LeaderElection STANDARD = new LeaderElection(true, Duration.ofSeconds(15),
            Duration.ofSeconds(10), Duration.ofSeconds(2), "kube-system", "kube-scheduler");

    static LeaderElection read(Field field) {
        Section section = field.section("leaderElect", "leaseDuration", "renewDeadline", "retryPeriod", "resourceLock",
                "resourceName", "resourceNamespace");
        section.field("resourceLock").ifPresent(lock -> lock.oneOf("leases"));
        LeaderElection election = new LeaderElection(
                section.value("leaderElect", Field::truth, STANDARD.elect),
                section.value("leaseDuration", Field::duration, STANDARD.leaseDuration),
                section.value("renewDeadline", Field::duration, STANDARD.renewDeadline),
                section.value("retryPeriod", Field::duration, STANDARD.retryPeriod),
                section.value("resourceNamespace", Values::dnsName, STANDARD.namespace),
                section.value("resourceName", Values::dnsName, STANDARD.name));
        if (election.leaseDuration.compareTo(election.renewDeadline) <= 0) {
            throw section.wrong("leaseDuration", "must be longer than renewDeadline");
        }
        if (election.renewDeadline.compareTo(election.retryPeriod) <= 0) {
            throw section.wrong("renewDeadline", "must be longer than retryPeriod");
        }
        return election;
    }
}
