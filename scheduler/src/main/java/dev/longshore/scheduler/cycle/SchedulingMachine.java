package dev.longshore.scheduler.cycle;

import dev.longshore.scheduler.explain.Diagnosis;
import dev.longshore.scheduler.explain.FitMessage;
import dev.longshore.scheduler.plugins.ClusterChange;
import dev.longshore.scheduler.plugins.Plugins;
import dev.longshore.scheduler.queue.BackOff;
import dev.longshore.scheduler.queue.QueuedPod;
import dev.longshore.scheduler.queue.SchedulingQueue;
import dev.longshore.scheduler.state.ClusterState;
import dev.longshore.scheduler.state.PlacedPod;
import dev.longshore.scheduler.state.PodInfo;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

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
    /** Reason of the condition when no node fits, and when binding failed (Kubernetes scheduler). */
    private static final String UNSCHEDULABLE = "Unschedulable";
    private static final String BINDING_FAILED = "SchedulerError";

    private final String schedulerName;
    private final Plugins plugins;
    private final ClusterState state;
    private final SchedulingQueue queue;
    private final Decider decider;
    private final Nominations nominations = new Nominations();
    private final Map<String, Assumed> assumed = new HashMap<>();
    private final Map<String, Diagnosis> diagnoses = new HashMap<>();
    private boolean leading;

    private record Assumed(QueuedPod queued, PodInfo newest) {
        Assumed with(PodInfo pod) {
            return new Assumed(queued, pod);
        }
    }

    /**
     * @param schedulerName the pods that name it are its own
     * @param leading       whether it places pods from the start, or waits for LeadershipChanged
     */
    public SchedulingMachine(String schedulerName, Plugins plugins, ClusterState state, TieBreaker ties,
            boolean leading) {
        this.schedulerName = schedulerName;
        this.plugins = plugins;
        this.state = state;
        this.queue = new SchedulingQueue(BackOff.STANDARD);
        this.decider = new Decider(state, plugins, ties, nominations);
        this.leading = leading;
    }

    /** Takes in one event. Only a failed binding has an intent as its consequence; all others come from {@link #step}. */
    public Optional<Intent> handle(SchedulerEvent event, Instant now) {
        return switch (event) {
            case SchedulerEvent.NodeSeen(var node) -> {
                state.putNode(node).forEach(change -> queue.changed(ClusterChange.of(change), now));
                yield Optional.empty();
            }
            case SchedulerEvent.NodeGone(var name) -> {
                state.removeNode(name);
                queue.changed(ClusterChange.NODE_REMOVED, now);
                yield Optional.empty();
            }
            case SchedulerEvent.ObjectSeen(var object) -> {
                state.put(object);
                yield Optional.empty();
            }
            case SchedulerEvent.ObjectGone(var object) -> {
                state.remove(object);
                yield Optional.empty();
            }
            case SchedulerEvent.PodSeen(var pod) -> {
                podSeen(pod, now);
                yield Optional.empty();
            }
            case SchedulerEvent.PodGone(var uid) -> {
                forget(uid, now);
                yield Optional.empty();
            }
            // The room stays taken; that the pod is seen bound ends the assumption.
            case SchedulerEvent.BindSucceeded _ -> Optional.empty();
            case SchedulerEvent.BindFailed(var uid, var cause) -> bindFailed(uid, cause, now);
            case SchedulerEvent.LeadershipChanged(var nowLeading) -> {
                leading = nowLeading;
                yield Optional.empty();
            }
        };
    }

    /** Tries the pod whose turn it is; empty: none is due. */
    public Optional<Intent> step(Instant now) {
        return leading ? queue.next(now).map(next -> attempt(next, now)) : Optional.empty();
    }

    /** When a pod becomes due without any event. */
    public Optional<Instant> wakeAt() {
        return leading ? queue.wakeAt() : Optional.empty();
    }

    /** Whether {@link #step} has something to do now. */
    public boolean due(Instant now) {
        return leading && queue.hasActive(now);
    }

    public SchedulingQueue.Depth depth() {
        return queue.depth();
    }

    /** Why the pod of this uid was refused when it was last tried. */
    public Optional<Diagnosis> diagnosis(String uid) {
        return Optional.ofNullable(diagnoses.get(uid));
    }

    private Intent attempt(QueuedPod next, Instant now) {
        PodInfo pod = next.pod();
        return switch (decider.decide(pod)) {
            case Decision.Placed(var node) -> {
                diagnoses.remove(pod.uid());
                assumed.put(pod.uid(), new Assumed(next, pod));
                state.place(pod, node);
                queue.changed(ClusterChange.POD_PLACED, now);
                yield new Intent.Bind(pod.key(), pod.uid(), node);
            }
            case Decision.Nowhere(var diagnosis) -> {
                diagnoses.put(pod.uid(), diagnosis);
                queue.unschedulable(next, plugins.helpedBy(diagnosis.rules()), now);
                yield unschedulable(pod, UNSCHEDULABLE, FitMessage.of(diagnosis));
            }
        };
    }

    private void podSeen(PodInfo pod, Instant now) {
        if (pod.finished()) {
            forget(pod.uid(), now);
        } else if (pod.bound()) {
            assumed.remove(pod.uid());
            queue.remove(pod.uid());
            diagnoses.remove(pod.uid());
            placeBound(pod, now);
        } else if (!pod.schedulerName().equals(schedulerName)) {
            queue.remove(pod.uid());
        } else if (assumed.containsKey(pod.uid())) {
            assumed.computeIfPresent(pod.uid(), (_, assumption) -> assumption.with(pod));
        } else if (pod.leaving()) {
            queue.remove(pod.uid());
            diagnoses.remove(pod.uid());
        } else {
            queue.put(pod, now);
        }
    }

    private void placeBound(PodInfo pod, Instant now) {
        Optional<PlacedPod> before = state.placed(pod.uid());
        boolean moves = before.filter(placed -> !placed.node().equals(pod.nodeName())).isPresent();
        if (state.place(pod, pod.nodeName())) {
            queue.changed(ClusterChange.POD_PLACED, now);
        }
        if (moves) {
            queue.changed(ClusterChange.ROOM_FREED, now);
        }
    }

    private void forget(String uid, Instant now) {
        queue.remove(uid);
        assumed.remove(uid);
        diagnoses.remove(uid);
        if (state.remove(uid)) {
            queue.changed(ClusterChange.ROOM_FREED, now);
        }
    }

    private Optional<Intent> bindFailed(String uid, String cause, Instant now) {
        Assumed failed = assumed.remove(uid);
        if (failed == null) {
            return Optional.empty();
        }
        release(uid);
        queue.changed(ClusterChange.ROOM_FREED, now);
        if (failed.newest.leaving()) {
            return Optional.empty();
        }
        queue.failed(failed.queued, now);
        queue.put(failed.newest, now);
        return Optional.of(unschedulable(failed.newest, BINDING_FAILED, cause));
    }

    private void release(String uid) {
        state.remove(uid);
    }

    private static Intent unschedulable(PodInfo pod, String reason, String message) {
        return new Intent.MarkUnschedulable(pod.key(), pod.uid(), reason, message, pod.condition().equals(message));
    }
}
