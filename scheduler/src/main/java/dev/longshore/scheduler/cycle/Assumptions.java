package dev.longshore.scheduler.cycle;

import dev.longshore.scheduler.plugins.Plugins;
import dev.longshore.scheduler.plugins.Profiles;
import dev.longshore.scheduler.plugins.VolumeBinding;
import dev.longshore.scheduler.queue.QueuedPod;
import dev.longshore.scheduler.state.ClusterState;
import dev.longshore.scheduler.state.PodInfo;
import dev.longshore.scheduler.volumes.StorageFacts;
import dev.longshore.scheduler.volumes.VolumePlan;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The pods that were given a node and are not seen bound. Each takes its room from the moment of the decision, so the
 * next one counts it; some wait for volumes before they may be bound. Owner: the scheduler's thread.
 *
 * <p>An assumption that ends leaves the pod on its node: who ends it because the pod will not be bound has to give the
 * room back.
 */
final class Assumptions {
    private final Profiles profiles;
    private final ClusterState state;
    private final Nominations nominations;
    private final WakeUps wakeUps;
    private final VolumeWaits volumeWaits;
    private final Map<String, Assumed> assumed = new HashMap<>();

    /**
     * @param queued as it was when its turn came
     * @param newest as it was seen last
     */
    record Assumed(QueuedPod queued, PodInfo newest) {}

    Assumptions(CycleState shared) {
        this.profiles = shared.profiles();
        this.state = shared.cluster();
        this.nominations = shared.nominations();
        this.wakeUps = shared.wakeUps();
        this.volumeWaits = new VolumeWaits(state);
    }

    /** Places the pod, and says what is to be done so that it comes true. */
    Intent assume(QueuedPod next, String node, Instant now) {
        PodInfo pod = next.pod();
        assumed.put(pod.uid(), new Assumed(next, pod));
        Optional<String> claimed = nominations.remove(pod.uid());
        Plugins plugins = profiles.plugins(pod.schedulerName());
        VolumePlan plan = plugins.bindVolumes()
                ? VolumeBinding.plan(pod.requirements(), state, state.slot(node))
                : VolumePlan.none(node);
        state.place(pod, node);
        wakeUps.podPlaced(pod, node, now);
        claimed.filter(other -> !other.equals(node)).ifPresent(other -> wakeUps.roomFreed(pod, other, now));
        Intent.Bind binding = new Intent.Bind(pod.key(), pod.uid(), pod.schedulerName(), node);
        if (plan.isEmpty()) {
            return binding;
        }
        volumeWaits.add(binding, plan, now.plus(plugins.volumeLimit()));
        return new Intent.BindVolumes(pod.key(), pod.uid(), pod.schedulerName(), plan);
    }

    /** Takes in an assumed pod as it is now; false if it is not assumed. */
    boolean seen(PodInfo pod) {
        return assumed.computeIfPresent(pod.uid(), (_, before) -> new Assumed(before.queued, pod)) != null;
    }

    /** Forgets an assumption, whether it came true or not, and what was promised to the pod. */
    Optional<Assumed> end(String uid, Instant now) {
        volumeWaits.remove(uid).ifPresent(plan -> wakeUps.volumesFreed(plan, now));
        return Optional.ofNullable(assumed.remove(uid));
    }

    int count() {
        return assumed.size();
    }

    /** All that was planned for the pod's claims has been written. */
    void volumesWritten(String uid) {
        volumeWaits.written(uid);
    }

    /** The object is other than before, or gone. */
    void storageChanged(StorageFacts facts) {
        volumeWaits.changed(facts);
    }

    /** One that no longer waits for volumes; the assumption goes on until {@link #end}. */
    Optional<VolumeWaits.End> nextSettled(Instant now) {
        return volumeWaits.next(now);
    }

    /** Whether {@link #nextSettled} may have something to tell. */
    boolean maySettle(Instant now) {
        return volumeWaits.due(now);
    }

    /** When someone will have waited too long for volumes. */
    Optional<Instant> deadline() {
        return volumeWaits.deadline();
    }
}
