package dev.longshore.scheduler.cycle;

import dev.longshore.scheduler.explain.Diagnosis;
import dev.longshore.scheduler.explain.FitMessage;
import dev.longshore.scheduler.plugins.ClusterChange;
import dev.longshore.scheduler.plugins.Plugins;
import dev.longshore.scheduler.plugins.Profile;
import dev.longshore.scheduler.plugins.Profiles;
import dev.longshore.scheduler.plugins.VolumeBinding;
import dev.longshore.scheduler.queue.BackOff;
import dev.longshore.scheduler.queue.QueueCounts;
import dev.longshore.scheduler.queue.QueuedPod;
import dev.longshore.scheduler.queue.SchedulingQueue;
import dev.longshore.scheduler.state.ClusterObject;
import dev.longshore.scheduler.state.ClusterState;
import dev.longshore.scheduler.state.PlacedPod;
import dev.longshore.scheduler.state.PodInfo;
import dev.longshore.scheduler.volumes.VolumePlan;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
    /** Reason of the condition when no node fits, and when binding failed (Kubernetes scheduler). */
    private static final String UNSCHEDULABLE = "Unschedulable";
    private static final String BINDING_FAILED = "SchedulerError";

    private final Profiles profiles;
    private final ClusterState state;
    private final SchedulingQueue queue;
    private final WakeUps wakeUps;
    private final Decider decider;
    private final Nominations nominations = new Nominations();
    private final VolumeWaits volumeWaits;
    private final Map<String, Assumed> assumed = new HashMap<>();
    private final Map<String, Diagnosis> diagnoses = new HashMap<>();
    private boolean leading;

    private record Assumed(QueuedPod queued, PodInfo newest) {
        Assumed with(PodInfo pod) {
            return new Assumed(queued, pod);
        }
    }

    /**
     * @param profiles the pods that name one of them are its own
     * @param leading  whether it places pods from the start, or waits for LeadershipChanged
     */
    public SchedulingMachine(Profiles profiles, BackOff backOff, ClusterState state, TieBreaker ties,
            boolean leading) {
        this.profiles = profiles;
        this.state = state;
        this.queue = new SchedulingQueue(backOff);
        this.wakeUps = new WakeUps(queue, profiles, state, nominations);
        this.decider = new Decider(state, profiles, ties, nominations);
        this.volumeWaits = new VolumeWaits(state);
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
            case SchedulerEvent.VolumesWritten(var uid) -> {
                volumeWaits.written(uid);
                yield Optional.empty();
            }
            case SchedulerEvent.VolumesFailed(var uid, var cause) -> volumesFailed(uid, cause, now);
            case SchedulerEvent.EvictionEnded(var uid, var evicted) -> {
                if (!evicted) {
                    keepsVictim(uid, now);
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
        return next.isPresent() ? Optional.of(attempt(next.get(), now)) : Optional.empty();
    }

    /** Goes on with a placed pod that waited for its volumes; empty: none has an end. */
    public Optional<Intent> settle(Instant now) {
        while (leading) {
            Optional<VolumeWaits.End> end = volumeWaits.next(now);
            if (end.isEmpty()) {
                return Optional.empty();
            }
            Optional<Intent> intent = switch (end.get()) {
                case VolumeWaits.End.Ready(var binding) -> Optional.of(binding);
                case VolumeWaits.End.Failed(var uid, var cause) ->
                    volumesFailed(uid, "binding volumes: " + cause, now);
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
                ? Stream.of(queue.wakeAt(), volumeWaits.deadline()).flatMap(Optional::stream)
                        .min(Comparator.naturalOrder())
                : Optional.empty();
    }

    /** Whether {@link #step} or {@link #settle} has something to do now. */
    public boolean due(Instant now) {
        return leading && (volumeWaits.due(now) || queue.hasActive(now));
    }

    /**
     * How much it has to do with, for metrics.
     *
     * @param pods    on nodes, the assumed ones included
     * @param assumed pods that are placed but not seen bound
     */
    public record Load(SchedulingQueue.Depth depth, QueueCounts.Snapshot queue, int nodes, int pods, int assumed) {}

    public Load load() {
        return new Load(queue.depth(), queue.counts(), state.nodes(), state.pods(), assumed.size());
    }

    /** Why the pod of this uid was refused when it was last tried. */
    public Optional<Diagnosis> diagnosis(String uid) {
        return Optional.ofNullable(diagnoses.get(uid));
    }

    private Intent attempt(QueuedPod next, Instant now) {
        PodInfo pod = next.pod();
        return switch (decider.decide(pod)) {
            case Decision.Placed(var node) -> assume(next, node, now);
            case Decision.Preempts(var diagnosis, var node, var victims) -> {
                refused(next, diagnosis, now);
                yield preempt(pod, FitMessage.of(diagnosis), node, victims, now);
            }
            case Decision.Nowhere(var diagnosis, var waits) -> {
                refused(next, diagnosis, now);
                if (!waits) {
                    nominations.remove(pod.uid()).ifPresent(node -> wakeUps.roomFreed(pod, node, now));
                }
                yield unschedulable(pod, UNSCHEDULABLE, FitMessage.of(diagnosis));
            }
        };
    }

    private Intent assume(QueuedPod next, String node, Instant now) {
        PodInfo pod = next.pod();
        diagnoses.remove(pod.uid());
        assumed.put(pod.uid(), new Assumed(next, pod));
        Optional<String> claimed = nominations.remove(pod.uid());
        Plugins plugins = profiles.plugins(pod.schedulerName());
        VolumePlan plan = plugins.bindVolumes()
                ? VolumeBinding.plan(pod.requirements(), state, state.slot(node))
                : VolumePlan.none(node);
        state.place(pod, node);
        wakeUps.podPlaced(pod, node, now);
        if (claimed.isPresent() && !claimed.get().equals(node)) {
            wakeUps.roomFreed(pod, claimed.get(), now);
        }
        Intent.Bind binding = new Intent.Bind(pod.key(), pod.uid(), pod.schedulerName(), node);
        if (plan.isEmpty()) {
            return binding;
        }
        volumeWaits.add(binding, plan, now.plus(plugins.volumeLimit()));
        return new Intent.BindVolumes(pod.key(), pod.uid(), pod.schedulerName(), plan);
    }

    private void objectChanged(ClusterObject object, Instant now) {
        if (object instanceof ClusterObject.StorageObject storage) {
            volumeWaits.changed(storage.facts());
        }
        wakeUps.objectChanged(object, now);
    }

    private Optional<Intent> volumesFailed(String uid, String cause, Instant now) {
        return bindFailed(uid, "running PreBind plugin \"VolumeBinding\": " + cause, now);
    }

    private Optional<Assumed> endAssumption(String uid, Instant now) {
        volumeWaits.remove(uid).ifPresent(plan -> wakeUps.volumesFreed(plan, now));
        return Optional.ofNullable(assumed.remove(uid));
    }

    private void refused(QueuedPod next, Diagnosis diagnosis, Instant now) {
        diagnoses.put(next.pod().uid(), diagnosis);
        Plugins plugins = profiles.plugins(next.pod().schedulerName());
        queue.unschedulable(next, plugins.refusal(next.pod(), diagnosis.rules()), now);
    }

    private Intent preempt(PodInfo pod, String message, String node, List<PodInfo> victims, Instant now) {
        List<PodInfo> outranked = nominations.below(pod, node);
        for (PodInfo other : outranked) {
            nominations.remove(other.uid());
            queue.retry(other.uid(), now);
        }
        nominations.put(pod, node);
        List<PodInfo> staying = victims.stream().filter(victim -> !victim.leaving() && !nominations.leaves(victim))
                .toList();
        staying.forEach(victim -> nominations.evicts(victim.uid()));
        return new Intent.Preempt(unschedulable(pod, UNSCHEDULABLE, message), node, targets(staying),
                targets(outranked));
    }

    private static List<Intent.Target> targets(List<PodInfo> pods) {
        return pods.stream().map(pod -> new Intent.Target(pod.key(), pod.uid())).toList();
    }

    /** Whoever waits for the room of a pod that stays has to look again. */
    private void keepsVictim(String uid, Instant now) {
        nominations.keeps(uid);
        state.placed(uid).ifPresent(placed -> wakeUps.retryNominated(placed.node(), now));
    }

    private void podSeen(PodInfo pod, Instant now) {
        if (pod.finished()) {
            forget(pod.uid(), now);
        } else if (pod.bound()) {
            endAssumption(pod.uid(), now);
            queue.remove(pod.uid());
            diagnoses.remove(pod.uid());
            placeBound(pod, now);
        } else if (!profiles.has(pod.schedulerName())) {
            queue.remove(pod.uid());
        } else if (assumed.containsKey(pod.uid())) {
            nominations.shows(pod);
            assumed.computeIfPresent(pod.uid(), (_, assumption) -> assumption.with(pod));
        } else if (pod.leaving()) {
            queue.remove(pod.uid());
            diagnoses.remove(pod.uid());
            unclaim(pod.uid(), now);
        } else {
            nominations.seen(pod).ifPresent(node -> wakeUps.roomFreed(pod, node, now));
            queue.put(pod, now);
        }
    }

    private void placeBound(PodInfo pod, Instant now) {
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

    private void forget(String uid, Instant now) {
        queue.remove(uid);
        endAssumption(uid, now);
        diagnoses.remove(uid);
        unclaim(uid, now);
        release(uid, now);
    }

    private void unclaim(String uid, Instant now) {
        Optional<PodInfo> pod = nominations.waiting(uid);
        nominations.forget(uid).ifPresent(node -> wakeUps.roomFreed(pod.orElseThrow(), node, now));
    }

    private Optional<Intent> bindFailed(String uid, String cause, Instant now) {
        Optional<Assumed> ended = endAssumption(uid, now);
        if (ended.isEmpty()) {
            return Optional.empty();
        }
        Assumed failed = ended.get();
        release(uid, now);
        if (failed.newest.leaving()) {
            return Optional.empty();
        }
        queue.failed(failed.queued, now);
        queue.put(failed.newest, now);
        return Optional.of(unschedulable(failed.newest, BINDING_FAILED, cause));
    }

    private void release(String uid, Instant now) {
        Optional<PlacedPod> placed = state.placed(uid);
        if (state.remove(uid)) {
            wakeUps.roomFreed(placed.orElseThrow().pod(), placed.orElseThrow().node(), now);
        }
    }

    private Intent.MarkUnschedulable unschedulable(PodInfo pod, String reason, String message) {
        String nominated = nominations.nodeOf(pod.uid()).orElse("");
        return new Intent.MarkUnschedulable(pod.key(), pod.uid(), pod.schedulerName(), reason, message, nominated,
                pod.condition().equals(message) && pod.nominated().equals(nominated));
    }
}
