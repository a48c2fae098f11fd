package dev.longshore.scheduler.cycle;

import dev.longshore.scheduler.plugins.Profiles;
import dev.longshore.scheduler.queue.SchedulingQueue;
import dev.longshore.scheduler.state.ClusterState;
import dev.longshore.scheduler.state.PlacedPod;
import dev.longshore.scheduler.state.PodInfo;
import java.time.Instant;
import java.util.Optional;

/**
 * Has each pod where it belongs, as it is seen and as bindings fail: in the queue, assumed, on its node, or nowhere.
 * Whoever waits for the room that it leaves is told. Owner: the scheduler's thread.
 */
final class PodMoves {
    /** Reason of the condition when binding failed (Kubernetes scheduler). */
    private static final String BINDING_FAILED = "SchedulerError";

    private final Profiles profiles;
    private final ClusterState state;
    private final SchedulingQueue queue;
    private final Nominations nominations;
    private final WakeUps wakeUps;
    private final Assumptions assumptions;
    private final Attempts attempts;

    PodMoves(CycleState shared, Assumptions assumptions, Attempts attempts) {
        this.profiles = shared.profiles();
        this.state = shared.cluster();
        this.queue = shared.queue();
        this.nominations = shared.nominations();
        this.wakeUps = shared.wakeUps();
        this.assumptions = assumptions;
        this.attempts = attempts;
    }

    /** The pod is like this now, whoever schedules it. */
    void seen(PodInfo pod, Instant now) {
        if (pod.finished()) {
            gone(pod.uid(), now);
        } else if (pod.bound()) {
            assumptions.end(pod.uid(), now);
            queue.remove(pod.uid());
            attempts.forget(pod.uid());
            place(pod, now);
        } else if (!profiles.has(pod.schedulerName())) {
            queue.remove(pod.uid());
        } else if (assumptions.seen(pod)) {
            nominations.shows(pod);
        } else if (pod.leaving()) {
            queue.remove(pod.uid());
            attempts.forget(pod.uid());
            unclaim(pod.uid(), now);
        } else {
            nominations.seen(pod).ifPresent(node -> wakeUps.roomFreed(pod, node, now));
            queue.put(pod, now);
        }
    }

    /** The pod takes no room and waits for none. */
    void gone(String uid, Instant now) {
        queue.remove(uid);
        assumptions.end(uid, now);
        attempts.forget(uid);
        unclaim(uid, now);
        release(uid, now);
    }

    /** The pod is not on the node it was given; unless it is gone, it waits again. Answers what to write about that. */
    Optional<Intent> bindFailed(String uid, String cause, Instant now) {
        Optional<Assumptions.Assumed> ended = assumptions.end(uid, now);
        if (ended.isEmpty()) {
            return Optional.empty();
        }
        release(uid, now);
        PodInfo pod = ended.get().newest();
        if (pod.leaving()) {
            return Optional.empty();
        }
        queue.failed(ended.get().queued(), now);
        queue.put(pod, now);
        return Optional.of(Intent.MarkUnschedulable.of(pod, BINDING_FAILED, cause,
                nominations.nodeOf(uid).orElse("")));
    }

    Optional<Intent> volumesFailed(String uid, String cause, Instant now) {
        return bindFailed(uid, "running PreBind plugin \"VolumeBinding\": " + cause, now);
    }

    /** A victim stays: whoever waits for its room has to look again. */
    void victimStays(String uid, Instant now) {
        nominations.keeps(uid);
        state.placed(uid).ifPresent(placed -> wakeUps.retryNominated(placed.node(), now));
    }

    private void place(PodInfo pod, Instant now) {
        Optional<String> claimed = nominations.remove(pod.uid()).filter(node -> !node.equals(pod.nodeName()));
        nominations.shows(pod);
        Optional<PlacedPod> placed = state.placed(pod.uid());
        Optional<PodInfo> before = placed.map(PlacedPod::pod);
        Optional<String> left = placed.map(PlacedPod::node).filter(node -> !node.equals(pod.nodeName()));
        if (state.place(pod, pod.nodeName())) {
            if (before.isPresent() && left.isEmpty()) {
                wakeUps.podChanged(before.get(), pod, pod.nodeName(), now);
            } else {
                wakeUps.podPlaced(pod, pod.nodeName(), now);
            }
        }
        left.or(() -> claimed).ifPresent(node -> wakeUps.roomFreed(before.orElse(pod), node, now));
    }

    private void unclaim(String uid, Instant now) {
        Optional<PodInfo> pod = nominations.waiting(uid);
        nominations.forget(uid).ifPresent(node -> wakeUps.roomFreed(pod.orElseThrow(), node, now));
    }

    private void release(String uid, Instant now) {
        Optional<PlacedPod> placed = state.placed(uid);
        if (state.remove(uid)) {
            wakeUps.roomFreed(placed.orElseThrow().pod(), placed.orElseThrow().node(), now);
        }
    }
}
