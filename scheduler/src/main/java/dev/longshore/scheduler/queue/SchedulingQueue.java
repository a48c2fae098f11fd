package dev.longshore.scheduler.queue;

import dev.longshore.scheduler.plugins.ClusterChange;
import dev.longshore.scheduler.plugins.Refusal;
import dev.longshore.scheduler.state.PodInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * The pods without a node. Each is in exactly one of four places: active (may be tried now, by priority, then time, then
 * arrival), backing off (until a moment), unschedulable (until something changes that may help it, or
 * {@link #LONGEST_WAIT}), or gated.
 *
 * <p>Owner: the scheduler's thread. A pod that is being placed is in none of them; who took it gives it back with
 * {@link #failed} or not at all.
 */
public final class SchedulingQueue {
    /** After so long an unschedulable pod is tried again whatever happened (Kubernetes scheduler). */
    public static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

    private static final Comparator<QueuedPod> BY_TURN = Comparator
            .comparingInt((QueuedPod queued) -> queued.pod().priority()).reversed()
            .thenComparing(QueuedPod::since).thenComparingLong(QueuedPod::sequence);

    private final BackOff backOff;
    private final TreeSet<QueuedPod> active = new TreeSet<>(BY_TURN);
    private final TreeSet<QueuedPod> backingOff = new TreeSet<>(
            Comparator.comparing(this::backOffEnd).thenComparingLong(QueuedPod::sequence));
    private final WaitingPods unschedulable = new WaitingPods();
    private final Map<String, QueuedPod> gated = new HashMap<>();
    private final Map<String, QueuedPod> waiting = new HashMap<>();
    private final QueueCounts counts = new QueueCounts();
    private long sequence;

    public SchedulingQueue(BackOff backOff) {
        this.backOff = backOff;
    }

    /** How many pods are where; a snapshot for metrics. */
    public record Depth(int active, int backOff, int unschedulable, int gated) {}

    /**
     * Takes in a pod as it is now. One that waits keeps its turn; if its requirements changed, an earlier verdict means
     * nothing any more and it is tried again.
     */
    public void put(PodInfo pod, Instant now) {
        QueuedPod before = waiting.get(pod.uid());
        if (before == null) {
            insert(QueuedPod.arrived(pod, now, sequence++), QueueEvent.POD_ADDED, now);
            return;
        }
        QueueCounts.Place was = place(before);
        boolean changed = !before.pod().requirements().equals(pod.requirements());
        take(before);
        QueuedPod after = before.with(pod);
        if (was == QueueCounts.Place.UNSCHEDULABLE && !changed && !pod.gated()) {
            enter(after);
            unschedulable.add(after);
        } else {
            QueueCounts.Place is = insert(after, now);
            if (is != was) {
                counts.came(QueueEvent.POD_UPDATED, is);
            }
        }
    }

    /** Forgets a pod; false if it did not wait. */
    public boolean remove(String uid) {
        QueuedPod queued = waiting.get(uid);
        if (queued == null) {
            return false;
        }
        take(queued);
        return true;
    }

    /** Takes out the pod whose turn it is. */
    public Optional<QueuedPod> next(Instant now) {
        wake(now);
        if (active.isEmpty()) {
            return Optional.empty();
        }
        QueuedPod first = active.first();
        take(first);
        return Optional.of(first);
    }

    /** Puts back a pod that fits nowhere; it waits for something that may help it. */
    public void unschedulable(QueuedPod tried, Refusal why, Instant now) {
        QueuedPod queued = tried.failed(now, sequence++, why);
        enter(queued);
        unschedulable.add(queued);
        counts.came(QueueEvent.ATTEMPT_FAILED, QueueCounts.Place.UNSCHEDULABLE);
    }

    /** Puts back a pod whose placement did not come true; it is tried again after its back-off. */
    public void failed(QueuedPod tried, Instant now) {
        insert(tried.failed(now, sequence++, tried.refusal()), QueueEvent.ATTEMPT_FAILED, now);
    }

    /**
     * Moves the unschedulable pods that the change may help.
     *
     * @param hint says of each kind of pods waiting for such a change whether this one may help them
     */
    public void changed(ClusterChange change, Predicate<Refusal> hint, Instant now) {
        if (hasUnschedulable()) {
            unschedulable.helpedBy(change, hint).forEach(queued -> retry(queued, QueueEvent.of(change), now));
        }
    }

    /** Whether {@link #changed} may have a pod to move. */
    public boolean hasUnschedulable() {
        return !unschedulable.isEmpty();
    }

    /** Has a pod tried again that is unschedulable, whatever it waits for. */
    public void retry(String uid, Instant now) {
        QueuedPod queued = waiting.get(uid);
        if (queued != null && unschedulable.contains(queued)) {
            retry(queued, QueueEvent.ACTIVATED, now);
        }
    }

    private void retry(QueuedPod queued, QueueEvent event, Instant now) {
        take(queued);
        insert(queued, event, now);
    }

    /** When {@link #next} may answer a pod that it does not answer now; empty: not before something changes. */
    public Optional<Instant> wakeAt() {
        Optional<Instant> backOffEnd = backingOff.isEmpty()
                ? Optional.empty()
                : Optional.of(backOffEnd(backingOff.first()));
        Optional<Instant> waitEnd = unschedulable.isEmpty()
                ? Optional.empty()
                : Optional.of(unschedulable.first().since().plus(LONGEST_WAIT));
        return backOffEnd.filter(end -> waitEnd.isEmpty() || end.isBefore(waitEnd.get())).or(() -> waitEnd);
    }

    /** Whether {@link #next} has a pod to look at; a question that changes nothing, so that recordings need not tell. */
    public boolean hasActive(Instant now) {
        return !active.isEmpty() || wakeAt().filter(end -> !end.isAfter(now)).isPresent();
    }

    public Depth depth() {
        return new Depth(active.size(), backingOff.size(), unschedulable.size(), gated.size());
    }

    /** What has been counted until now. */
    public QueueCounts.Snapshot counts() {
        return counts.snapshot();
    }

    private void wake(Instant now) {
        while (!unschedulable.isEmpty() && !unschedulable.first().since().plus(LONGEST_WAIT).isAfter(now)) {
            QueuedPod first = unschedulable.first();
            take(first);
            insert(first, QueueEvent.WAITED_LONG, now);
        }
        while (!backingOff.isEmpty() && !backOffEnd(backingOff.first()).isAfter(now)) {
            active.add(backingOff.pollFirst());
            counts.came(QueueEvent.BACK_OFF_ENDED, QueueCounts.Place.ACTIVE);
        }
    }

    private void insert(QueuedPod queued, QueueEvent event, Instant now) {
        counts.came(event, insert(queued, now));
    }

    private QueueCounts.Place insert(QueuedPod queued, Instant now) {
        enter(queued);
        if (queued.pod().gated()) {
            gated.put(queued.pod().uid(), queued);
            return QueueCounts.Place.GATED;
        }
        if (backOffEnd(queued).isAfter(now)) {
            backingOff.add(queued);
            return QueueCounts.Place.BACK_OFF;
        }
        active.add(queued);
        return QueueCounts.Place.ACTIVE;
    }

    private QueueCounts.Place place(QueuedPod queued) {
        if (gated.containsKey(queued.pod().uid())) {
            return QueueCounts.Place.GATED;
        }
        if (unschedulable.contains(queued)) {
            return QueueCounts.Place.UNSCHEDULABLE;
        }
        return active.contains(queued) ? QueueCounts.Place.ACTIVE : QueueCounts.Place.BACK_OFF;
    }

    private void enter(QueuedPod queued) {
        waiting.put(queued.pod().uid(), queued);
        counts.waits(queued);
    }

    private void take(QueuedPod queued) {
        waiting.remove(queued.pod().uid());
        counts.left(queued);
        if (gated.remove(queued.pod().uid()) == null && !active.remove(queued) && !backingOff.remove(queued)) {
            unschedulable.remove(queued);
        }
    }

    private Instant backOffEnd(QueuedPod queued) {
        return queued.attempts() == 0 ? queued.since() : queued.since().plus(backOff.after(queued.attempts()));
    }
}
