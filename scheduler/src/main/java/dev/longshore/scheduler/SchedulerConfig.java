package dev.longshore.scheduler;

/**
 * How a scheduler runs.
 *
 * @param schedulerName the pods that name it are its own
 * @param leading       whether it places pods as soon as it knows the cluster; false: when told that it leads
 */
public record SchedulerConfig(String schedulerName, boolean leading) {
    /** The scheduler of a cluster that has only one. */
    public static final SchedulerConfig ALONE = new SchedulerConfig("default-scheduler", true);

    /** The scheduler of a process that takes part in an election. */
    public static final SchedulerConfig CANDIDATE = new SchedulerConfig("default-scheduler", false);
}
