package dev.longshore.scheduler.cycle;

import dev.longshore.scheduler.explain.Diagnosis;
import dev.longshore.scheduler.plugins.ClusterChange;
import dev.longshore.scheduler.plugins.Plugins;
import dev.longshore.scheduler.plugins.Profile;
import dev.longshore.scheduler.plugins.Profiles;
import dev.longshore.scheduler.queue.BackOff;
import dev.longshore.scheduler.queue.QueueCounts;
import dev.longshore.scheduler.queue.QueuedPod;
import dev.longshore.scheduler.queue.SchedulingQueue;
import dev.longshore.scheduler.state.ClusterObject;
import dev.longshore.scheduler.state.ClusterState;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The scheduler without its surroundings: events in, intents out.
 *
 * <p>A placed pod is assumed on its node at once, so the next decision counts it. The assumption ends when the pod is
 * seen bound, or when its binding failed: then its room is free again and it is queued behind its back-off.
 *
 * <p>Owner: the scheduler's thread; nothing here waits, locks or does I/O. Invariant: a pod without a node is queued or
 * assumed, never both.
 */
public final class SchedulingMachine {
    private final ClusterState state;
    private final SchedulingQueue queue;
    private final WakeUps wakeUps;
    private final Assumptions assumptions;
    private final Attempts attempts;
    private final PodMoves pods;
    private boolean leading;

    /**
     * @param profiles the pods that name one of them are its own
     * @param leading  whether it places pods from the start, or waits for LeadershipChanged
     */
    public SchedulingMachine(Profiles profiles, BackOff backOff, ClusterState state, TieBreaker ties,
            boolean leading) {
        CycleState shared = CycleState.of(profiles, backOff, state);
        this.state = state;
        this.queue = shared.queue();
        this.wakeUps = shared.wakeUps();
        this.assumptions = new Assumptions(shared);
        this.attempts = new Attempts(shared, new Decider(state, profiles, ties, shared.nominations()), assumptions);
        this.pods = new PodMoves(shared, assumptions, attempts);
        this.leading = leading;
    }

    /** With one profile. */
    public SchedulingMachine(String schedulerName, Plugins plugins, ClusterState state, TieBreaker ties,
            boolean leading) {
        this(new Profiles(List.of(new Profile(schedulerName, plugins))), BackOff.STANDARD, state, ties, leading);
    }

    /**
     * Takes in one event. Only a failed binding has an intent as its consequence; all others come from {@link #step} and
     * {@link #settle}.
     */
    public Optional<Intent> handle(SchedulerEvent event, Instant now) {
        return switch (event) {
            case SchedulerEvent.NodeSeen(var node) -> {
                state.putNode(node).forEach(change -> wakeUps.nodeChanged(ClusterChange.of(change), node.name(), now));
                yield Optional.empty();
            }
            case SchedulerEvent.NodeGone(var name) -> {
                state.removeNode(name);
                wakeUps.nodeChanged(ClusterChange.NODE_REMOVED, name, now);
                yield Optional.empty();
            }
            case SchedulerEvent.ObjectSeen(var object) -> {
                if (state.put(object)) {
                    objectChanged(object, now);
                }
                yield Optional.empty();
            }
            case SchedulerEvent.ObjectGone(var object) -> {
                if (state.remove(object)) {
                    objectChanged(object, now);
                }
                yield Optional.empty();
            }
            case SchedulerEvent.PodSeen(var pod) -> {
                pods.seen(pod, now);
                yield Optional.empty();
            }
            case SchedulerEvent.PodGone(var uid) -> {
                pods.gone(uid, now);
                yield Optional.empty();
            }
            // The room stays taken; that the pod is seen bound ends the assumption.
            case SchedulerEvent.BindSucceeded _ -> Optional.empty();
            case SchedulerEvent.BindFailed(var uid, var cause) -> pods.bindFailed(uid, cause, now);
            case SchedulerEvent.VolumesWritten(var uid) -> {
                assumptions.volumesWritten(uid);
                yield Optional.empty();
            }
            case SchedulerEvent.VolumesFailed(var uid, var cause) -> pods.volumesFailed(uid, cause, now);
            case SchedulerEvent.EvictionEnded(var uid, var evicted) -> {
                if (!evicted) {
                    pods.victimStays(uid, now);
                }
                yield Optional.empty();
            }
            case SchedulerEvent.LeadershipChanged(var nowLeading) -> {
                leading = nowLeading;
                yield Optional.empty();
            }
        };
    }

    /** Tries the pod whose turn it is; empty: none is due. */
    public Optional<Intent> step(Instant now) {
        if (!leading) {
            return Optional.empty();
        }
        Optional<QueuedPod> next = queue.next(now);
        return next.isPresent() ? Optional.of(attempts.attempt(next.get(), now)) : Optional.empty();
    }

    /** Goes on with a placed pod that waited for its volumes; empty: none has an end. */
    public Optional<Intent> settle(Instant now) {
        while (leading) {
            Optional<VolumeWaits.End> end = assumptions.nextSettled(now);
            if (end.isEmpty()) {
                return Optional.empty();
            }
            Optional<Intent> intent = switch (end.get()) {
                case VolumeWaits.End.Ready(var binding) -> Optional.of(binding);
                case VolumeWaits.End.Failed(var uid, var cause) ->
                    pods.volumesFailed(uid, "binding volumes: " + cause, now);
            };
            if (intent.isPresent()) {
                return intent;
            }
        }
        return Optional.empty();
    }

    /** When a pod becomes due without any event. */
    public Optional<Instant> wakeAt() {
        return leading
                ? Stream.of(queue.wakeAt(), assumptions.deadline()).flatMap(Optional::stream)
                        .min(Comparator.naturalOrder())
                : Optional.empty();
    }

    /** Whether {@link #step} or {@link #settle} has something to do now. */
    public boolean due(Instant now) {
        return leading && (assumptions.maySettle(now) || queue.hasActive(now));
    }

    /**
     * How much it has to do with, for metrics.
     *
     * @param pods    on nodes, the assumed ones included
     * @param assumed pods that are placed but not seen bound
     */
    public record Load(SchedulingQueue.Depth depth, QueueCounts.Snapshot queue, int nodes, int pods, int assumed) {}

    public Load load() {
        return new Load(queue.depth(), queue.counts(), state.nodes(), state.pods(), assumptions.count());
    }

    /** Why the pod of this uid was refused when it was last tried. */
    public Optional<Diagnosis> diagnosis(String uid) {
        return attempts.diagnosis(uid);
    }

    private void objectChanged(ClusterObject object, Instant now) {
        if (object instanceof ClusterObject.StorageObject storage) {
            assumptions.storageChanged(storage.facts());
        }
        wakeUps.objectChanged(object, now);
    }
}
