package dev.longshore.scheduler.queue;

import dev.longshore.scheduler.plugins.ClusterChange;
import dev.longshore.scheduler.state.PodInfo;
import java.time.Instant;
import java.util.Set;

/**
 * A pod that waits for a node.
 *
 * @param attempts how often it was tried without success
 * @param since    when it was queued, or last failed
 * @param sequence the order of arrival among pods of one moment
 * @param helpedBy the changes that may help it; empty before the first attempt
 */
public record QueuedPod(PodInfo pod, int attempts, Instant since, long sequence, Set<ClusterChange> helpedBy) {
    QueuedPod with(PodInfo newer) {
        return new QueuedPod(newer, attempts, since, sequence, helpedBy);
    }

    QueuedPod failed(Instant now, long newSequence, Set<ClusterChange> changes) {
        return new QueuedPod(pod, attempts + 1, now, newSequence, Set.copyOf(changes));
    }
}
