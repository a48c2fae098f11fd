package dev.longshore.scheduler.cycle;

import dev.longshore.api.ObjectKey;
import dev.longshore.scheduler.plugins.NodeReach;
import dev.longshore.scheduler.state.ClusterState;
import dev.longshore.scheduler.volumes.ClaimFacts;
import dev.longshore.scheduler.volumes.StorageFacts;
import dev.longshore.scheduler.volumes.VolumeFacts;
import dev.longshore.scheduler.volumes.VolumePlan;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The pods that have a node while their claims do not have volumes yet. They are bound when all claims are; others
 * write what they see of that into claims and volumes.
 *
 * <p>Example: the plan gives volume {@code disk-7} to claim {@code data}. It is written that {@code disk-7} is
 * for {@code data}, some controller completes the binding, the claim is seen bound, and the pod may be bound.
 *
 * <p>Owner: the scheduler's thread. While a pod is here, its plan is promised in the state.
 */
final class VolumeWaits {
    private final ClusterState state;
    private final Map<String, Waiting> waiting = new LinkedHashMap<>();
    private final SortedSet<Waiting> byDeadline = new TreeSet<>(
            Comparator.comparing((Waiting pod) -> pod.deadline).thenComparing(pod -> pod.binding.uid()));
    private final Map<ObjectKey, Set<String>> byClaim = new HashMap<>();
    private final SequencedSet<String> toLookAt = new LinkedHashSet<>();

    /** One that waits no longer. */
    sealed interface End {
        /** All claims have volumes. */
        record Ready(Intent.Bind binding) implements End {}

        /** Some claim will not get one by this plan. */
        record Failed(String uid, String cause) implements End {}
    }

    private static final class Waiting {
        final Intent.Bind binding;
        final VolumePlan plan;
        final Instant deadline;
        /** What has been written as planned, and been seen so. */
        final Set<ObjectKey> seen = new HashSet<>();
        boolean written;

        Waiting(Intent.Bind binding, VolumePlan plan, Instant deadline) {
            this.binding = binding;
            this.plan = plan;
            this.deadline = deadline;
        }
    }

    private enum Progress {
        DONE, UNDER_WAY, VOID
    }

    VolumeWaits(ClusterState state) {
        this.state = state;
    }

    /** Lets the binding wait for what the plan says, and promises it. */
    void add(Intent.Bind binding, VolumePlan plan, Instant deadline) {
        String uid = binding.uid();
        state.volumes().promise(uid, plan);
        Waiting pod = new Waiting(binding, plan, deadline);
        waiting.put(uid, pod);
        byDeadline.add(pod);
        plan.claims().forEach(claim -> byClaim.computeIfAbsent(claim, _ -> new LinkedHashSet<>()).add(uid));
    }

    /** Forgets a pod and what it was promised; empty if it did not wait. */
    Optional<VolumePlan> remove(String uid) {
        Waiting gone = waiting.remove(uid);
        if (gone == null) {
            return Optional.empty();
        }
        byDeadline.remove(gone);
        toLookAt.remove(uid);
        gone.plan.claims().forEach(claim -> byClaim.computeIfPresent(claim, (_, uids) -> {
            uids.remove(uid);
            return uids.isEmpty() ? null : uids;
        }));
        state.volumes().release(uid);
        return Optional.of(gone.plan);
    }

    /** All of the plan has been written. */
    void written(String uid) {
        Waiting pod = waiting.get(uid);
        if (pod != null) {
            pod.written = true;
            toLookAt.add(uid);
        }
    }

    /** The object is other than before, or gone. */
    void changed(StorageFacts facts) {
        if (waiting.isEmpty()) {
            return;
        }
        if (facts instanceof ClaimFacts claim) {
            toLookAt.addAll(byClaim.getOrDefault(claim.key(), Set.of()));
        } else if (facts instanceof VolumeFacts volume) {
            volume.holder().ifPresent(holder -> toLookAt.addAll(byClaim.getOrDefault(holder.claim(), Set.of())));
            waiting.forEach((uid, pod) -> {
                if (pod.plan.pairings().stream().anyMatch(each -> each.volume().equals(volume.name()))) {
                    toLookAt.add(uid);
                }
            });
        }
    }

    /** Whether {@link #next} may have something to tell. */
    boolean due(Instant now) {
        return !toLookAt.isEmpty() || deadline().filter(end -> !end.isAfter(now)).isPresent();
    }

    /** When someone will have waited too long. */
    Optional<Instant> deadline() {
        return byDeadline.isEmpty() ? Optional.empty() : Optional.of(byDeadline.first().deadline);
    }

    /** Takes out one that waits no longer. What it was promised stays so until {@link #remove}, unless it is ready. */
    Optional<End> next(Instant now) {
        while (!toLookAt.isEmpty()) {
            String uid = toLookAt.removeFirst();
            Optional<End> end = end(waiting.get(uid));
            if (end.isPresent()) {
                return end;
            }
        }
        return deadline().filter(end -> !end.isAfter(now))
                .map(_ -> new End.Failed(byDeadline.first().binding.uid(), "context deadline exceeded"));
    }

    private Optional<End> end(Waiting pod) {
        boolean done = pod.written;
        for (VolumePlan.Pairing pairing : pod.plan.pairings()) {
            Progress progress = progress(pairing, pod);
            if (progress == Progress.VOID) {
                return failed(pod, "volume \"" + pairing.volume() + "\" is no longer for claim \""
                        + pairing.claim() + "\"");
            }
            done &= progress == Progress.DONE;
        }
        for (VolumePlan.Provision provision : pod.plan.provisions()) {
            Progress progress = progress(provision, pod);
            if (progress == Progress.VOID) {
                return failed(pod, "provisioning failed for PVC \"" + provision.claim().name() + "\"");
            }
            done &= progress == Progress.DONE;
        }
        if (!done) {
            return Optional.empty();
        }
        remove(pod.binding.uid());
        return Optional.of(new End.Ready(pod.binding));
    }

    private static Optional<End> failed(Waiting pod, String cause) {
        return Optional.of(new End.Failed(pod.binding.uid(), cause));
    }

    private Progress progress(VolumePlan.Pairing pairing, Waiting pod) {
        Optional<ClaimFacts> claim = claim(pairing.claim(), pairing.claimUid());
        Optional<VolumeFacts> volume = state.volumes().volume(pairing.volume());
        if (claim.isEmpty() || volume.isEmpty() || !NodeReach.reaches(volume.get(), pod.plan.node(), state)) {
            return Progress.VOID;
        }
        Optional<VolumeFacts.Holder> holder = volume.get().holder();
        if (holder.filter(found -> found.is(claim.get())).isPresent()) {
            pod.seen.add(pairing.claim());
            return claim.get().bound() ? Progress.DONE : Progress.UNDER_WAY;
        }
        // Until our own writing is seen, the volume is as it was when it was chosen.
        return holder.isPresent() || pod.seen.contains(pairing.claim()) ? Progress.VOID : Progress.UNDER_WAY;
    }

    private Progress progress(VolumePlan.Provision provision, Waiting pod) {
        Optional<ClaimFacts> claim = claim(provision.claim(), provision.claimUid());
        if (claim.isEmpty()) {
            return Progress.VOID;
        }
        if (claim.get().bound()) {
            return progress(claim.get().volume(), pod.plan.node());
        }
        String node = claim.get().selectedNode();
        if (node.equals(pod.plan.node())) {
            pod.seen.add(provision.claim());
            return Progress.UNDER_WAY;
        }
        // Who cannot make the volume takes the node away again.
        return !node.isEmpty() || pod.seen.contains(provision.claim()) ? Progress.VOID : Progress.UNDER_WAY;
    }

    /** Of a claim bound to a volume that was made for it, which may be heard of after the claim. */
    private Progress progress(String volume, String node) {
        return state.volumes().volume(volume)
                .map(made -> NodeReach.reaches(made, node, state) ? Progress.DONE : Progress.VOID)
                .orElse(Progress.UNDER_WAY);
    }

    private Optional<ClaimFacts> claim(ObjectKey key, String uid) {
        return state.volumes().claim(key).filter(found -> found.uid().equals(uid));
    }
}
