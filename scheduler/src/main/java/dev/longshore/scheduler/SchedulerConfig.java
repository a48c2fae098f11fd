package dev.longshore.scheduler;

import dev.longshore.scheduler.config.KubeSchedulerConfiguration;
import dev.longshore.scheduler.plugins.Profiles;
import dev.longshore.scheduler.queue.BackOff;

/**
 * How a scheduler runs.
 *
 * @param profiles the pods that name one of them are its own
 * @param backOff  how long pods that could not be placed wait at least
 * @param leading  whether it places pods as soon as it knows the cluster; false: when told that it leads
 */
public record SchedulerConfig(Profiles profiles, BackOff backOff, boolean leading) {
    /** The scheduler of a cluster that has only one. */
    public static final SchedulerConfig ALONE = of(KubeSchedulerConfiguration.STANDARD, true);

    /** The scheduler of a process that takes part in an election. */
    public static final SchedulerConfig CANDIDATE = of(KubeSchedulerConfiguration.STANDARD, false);

    public static SchedulerConfig of(KubeSchedulerConfiguration configuration, boolean leading) {
        return new SchedulerConfig(configuration.profiles(), configuration.backOff(), leading);
    }
}
