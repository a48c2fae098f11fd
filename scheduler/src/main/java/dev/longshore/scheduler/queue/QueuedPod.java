package dev.longshore.scheduler.queue;

import dev.longshore.scheduler.plugins.Refusal;
import dev.longshore.scheduler.state.PodInfo;
import java.time.Instant;
import java.util.Set;

/**
 * A pod that waits for a node.
 *
 * @param attempts how often it was tried without success
 * @param since    when it was queued, or last failed
 * @param sequence the order of arrival among pods of one moment
 * @param refusal  why it was refused when it was last tried, and so what may help it
 */
public record QueuedPod(PodInfo pod, int attempts, Instant since, long sequence, Refusal refusal) {
    /** One that was not tried yet. */
    static QueuedPod arrived(PodInfo pod, Instant now, long sequence) {
        return new QueuedPod(pod, 0, now, sequence,
                new Refusal(pod.schedulerName(), pod.requirements(), pod.priority(), Set.of(), Set.of()));
    }

    QueuedPod with(PodInfo newer) {
        return new QueuedPod(newer, attempts, since, sequence, refusal);
    }

    QueuedPod failed(Instant now, long newSequence, Refusal why) {
        return new QueuedPod(pod, attempts + 1, now, newSequence, why);
    }
}
