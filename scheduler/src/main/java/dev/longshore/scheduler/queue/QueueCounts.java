package dev.longshore.scheduler.queue;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Counts who comes to which place of the queue, and who waits because of which plug-in. Owner: the scheduler's
 * thread.
 */
public final class QueueCounts {
    private final long[] incoming = new long[QueueEvent.values().length * Place.values().length];
    private final Map<Snapshot.Refused, Integer> refused = new HashMap<>();
    private Snapshot last = new Snapshot(incoming.clone(), Map.of());
    private boolean changed;

    /** Where a pod waits. */
    public enum Place {
        ACTIVE("active"), BACK_OFF("backoff"), UNSCHEDULABLE("unschedulable"), GATED("gated");

        private final String label;

        Place(String label) {
            this.label = label;
        }

        /** In Kubernetes' metrics. */
        public String label() {
            return label;
        }
    }

    /** What had been counted at some moment; never changes. */
    public static final class Snapshot {
        private final long[] incoming;
        private final Map<Refused, Integer> refused;

        /** A plug-in of a profile. */
        private record Refused(String profile, String plugin) {}

        private Snapshot(long[] incoming, Map<Refused, Integer> refused) {
            this.incoming = incoming;
            this.refused = Map.copyOf(refused);
        }

        /** Pods that ever came to the place for that reason. */
        public long incoming(QueueEvent event, Place place) {
            return incoming[index(event, place)];
        }

        /** Pods that wait and were refused by the plug-in when they were last tried. */
        public int refused(String profile, String plugin) {
            return refused.getOrDefault(new Refused(profile, plugin), 0);
        }
    }

    private static int index(QueueEvent event, Place place) {
        return event.ordinal() * Place.values().length + place.ordinal();
    }

    void came(QueueEvent event, Place place) {
        incoming[index(event, place)]++;
        changed = true;
    }

    /** A pod waits from now on. */
    void waits(QueuedPod pod) {
        count(pod, 1);
    }

    /** It waits no longer. */
    void left(QueuedPod pod) {
        count(pod, -1);
    }

    private void count(QueuedPod pod, int by) {
        for (String plugin : pod.refusal().rules()) {
            refused.merge(new Snapshot.Refused(pod.refusal().profile(), plugin), by, Integer::sum);
            changed = true;
        }
    }

    Snapshot snapshot() {
        if (changed) {
            changed = false;
            last = new Snapshot(Arrays.copyOf(incoming, incoming.length), refused);
        }
        return last;
    }
}
