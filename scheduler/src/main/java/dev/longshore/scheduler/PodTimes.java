package dev.longshore.scheduler;

import dev.longshore.scheduler.cycle.SchedulerEvent;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Since when pods wait for a node, and how often they were tried. Owner: the scheduler's thread. */
final class PodTimes {
    private final Predicate<String> ours;
    private final Map<String, Waiting> pods = new HashMap<>();

    /** One pod that is not bound. */
    static final class Waiting {
        final long sinceNanos;
        final String profile;
        int attempts;
        long attemptNanos;

        private Waiting(long sinceNanos, String profile) {
            this.sinceNanos = sinceNanos;
            this.profile = profile;
        }
    }

    /** @param ours whether this scheduler places the pods of a name */
    PodTimes(Predicate<String> ours) {
        this.ours = ours;
    }

    /** Takes in who comes and who is gone. A pod waits from when it may be tried, so not while it is gated. */
    void happened(SchedulerEvent event, long nowNanos) {
        if (event instanceof SchedulerEvent.PodSeen(var pod)) {
            if (pod.bound() || pod.finished() || pod.leaving()) {
                // Of its own binding it is heard later, maybe; then the result still belongs to it.
                pods.computeIfPresent(pod.uid(), (_, waiting) -> waiting.attempts > 0 ? waiting : null);
            } else if (!pod.gated() && ours.test(pod.schedulerName())) {
                pods.computeIfAbsent(pod.uid(), _ -> new Waiting(nowNanos, pod.schedulerName()));
            }
        } else if (event instanceof SchedulerEvent.PodGone(var uid)) {
            pods.remove(uid);
        }
    }

    /** An attempt has begun at that time. */
    void tried(String uid, long beginNanos) {
        pods.computeIfPresent(uid, (_, waiting) -> {
            waiting.attempts++;
            waiting.attemptNanos = beginNanos;
            return waiting;
        });
    }

    Optional<Waiting> of(String uid) {
        return Optional.ofNullable(pods.get(uid));
    }

    /** The pod has its node. */
    Optional<Waiting> remove(String uid) {
        return Optional.ofNullable(pods.remove(uid));
    }
}
