package dev.longshore.scheduler.cycle;

import dev.longshore.scheduler.plugins.Profiles;
import dev.longshore.scheduler.queue.BackOff;
import dev.longshore.scheduler.queue.SchedulingQueue;
import dev.longshore.scheduler.state.ClusterState;

/** What the parts of the machine share and change. Owner: the scheduler's thread. */
record CycleState(Profiles profiles, ClusterState cluster, SchedulingQueue queue, Nominations nominations,
        WakeUps wakeUps) {
    /** Nobody waits yet. */
    static CycleState of(Profiles profiles, BackOff backOff, ClusterState cluster) {
        SchedulingQueue queue = new SchedulingQueue(backOff);
        Nominations nominations = new Nominations();
        return new CycleState(profiles, cluster, queue, nominations,
                new WakeUps(queue, profiles, cluster, nominations));
    }
}
