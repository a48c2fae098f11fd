package dev.longshore.scheduler.cycle;

import dev.longshore.scheduler.plugins.ClusterChange;
import dev.longshore.scheduler.plugins.ClusterEvent;
import dev.longshore.scheduler.plugins.Profiles;
import dev.longshore.scheduler.queue.SchedulingQueue;
import dev.longshore.scheduler.state.ClusterObject;
import dev.longshore.scheduler.state.ClusterState;
import dev.longshore.scheduler.state.PodInfo;
import dev.longshore.scheduler.volumes.VolumePlan;
import java.time.Instant;
import java.util.List;

/**
 * Tells the queue what has happened, once the state knows it, so that pods it may help are tried again. Owner: the
 * scheduler's thread.
 */
final class WakeUps {
    private final SchedulingQueue queue;
    private final Profiles profiles;
    private final ClusterState state;
    private final Nominations nominations;

    WakeUps(SchedulingQueue queue, Profiles profiles, ClusterState state, Nominations nominations) {
        this.queue = queue;
        this.profiles = profiles;
        this.state = state;
        this.nominations = nominations;
    }

    void nodeChanged(ClusterChange change, String node, Instant now) {
        tell(ClusterEvent.ofNode(change, state.slot(node)), now);
    }

    void podPlaced(PodInfo pod, String node, Instant now) {
        if (queue.hasUnschedulable()) {
            tell(new ClusterEvent(ClusterChange.POD_PLACED, state.slot(node), List.of(pod)), now);
        }
    }

    /** A pod takes less of its node, or other pods see it otherwise. */
    void podChanged(PodInfo before, PodInfo after, String node, Instant now) {
        List<PodInfo> versions = List.of(before, after);
        tell(new ClusterEvent(ClusterChange.POD_CHANGED, state.slot(node), versions), now);
        if (!before.requirements().equals(after.requirements())) {
            tell(new ClusterEvent(ClusterChange.ROOM_FREED, state.slot(node), versions), now);
        }
    }

    /** A pod has left the node, or leaves it to others. Whoever waits for the node looks again in any case. */
    void roomFreed(PodInfo pod, String node, Instant now) {
        tell(new ClusterEvent(ClusterChange.ROOM_FREED, state.slot(node), List.of(pod)), now);
        retryNominated(node, now);
    }

    /** Something about the node that pods wait for is not as it was when they chose it. */
    void retryNominated(String node, Instant now) {
        nominations.on(node).forEach(waiting -> queue.retry(waiting.uid(), now));
    }

    /** An object is other than before, or gone. */
    void objectChanged(ClusterObject object, Instant now) {
        if (object instanceof ClusterObject.StorageObject storage) {
            tell(ClusterEvent.ofStorage(storage.facts()), now);
        }
    }

    /** Volumes that were meant for a pod's claims may be had by others. */
    void volumesFreed(VolumePlan plan, Instant now) {
        plan.pairings().forEach(pairing -> state.volumes().volume(pairing.volume())
                .ifPresent(volume -> tell(ClusterEvent.ofStorage(volume), now)));
    }

    private void tell(ClusterEvent event, Instant now) {
        queue.changed(event.change(),
                refusal -> profiles.plugins(refusal.profile()).mayHelp(refusal, event, state), now);
    }
}
