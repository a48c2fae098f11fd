package dev.longshore.sim;

import java.time.Duration;

/** One thing a user does. */
sealed interface Step {
    /** Since the start of the simulation. */
    Duration at();

    /** Creates a deployment and a service that selects its pods. */
    record Create(Duration at, String name, int replicas, int version, long cpuMillis) implements Step {}

    record Scale(Duration at, String name, int replicas) implements Step {}

    /** Sets the image of the template, forward or back to an earlier one. */
    record SetVersion(Duration at, String name, int version) implements Step {}

    /** Deletes a deployment and its service. */
    record Delete(Duration at, String name) implements Step {}
}
