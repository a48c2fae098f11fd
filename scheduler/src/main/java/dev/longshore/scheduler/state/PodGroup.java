package dev.longshore.scheduler.state;

import java.util.Arrays;
import java.util.function.IntConsumer;

/**
 * The placed pods that have the same traits. What is counted of one of them is counted of all, so rules ask once for the
 * group. Equal by identity. Owner: the scheduler's thread.
 */
public final class PodGroup {
    private final PodTraits traits;
    private final boolean leaving;
    private PlacedPod[] members = new PlacedPod[2];
    private int size;

    PodGroup(PodTraits traits, boolean leaving) {
        this.traits = traits;
        this.leaving = leaving;
    }

    public PodTraits traits() {
        return traits;
    }

    /** Whether its pods are being deleted. */
    public boolean leaving() {
        return leaving;
    }

    /** Calls back with the slot of each member whose node is known; a slot as often as it has members. */
    public void eachSlot(IntConsumer visitor) {
        for (int i = 0; i < size; i++) {
            if (members[i].slot() >= 0) {
                visitor.accept(members[i].slot());
            }
        }
    }

    boolean isEmpty() {
        return size == 0;
    }

    void add(PlacedPod pod) {
        if (size == members.length) {
            members = Arrays.copyOf(members, size * 2);
        }
        pod.indexInGroup = size;
        members[size++] = pod;
    }

    void remove(PlacedPod pod) {
        PlacedPod last = members[--size];
        members[pod.indexInGroup] = last;
        last.indexInGroup = pod.indexInGroup;
        members[size] = null;
    }
}
