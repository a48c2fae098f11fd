package dev.longshore.scheduler.state;

/** A pod and the node whose room it takes. Owner: the scheduler's thread. */
public final class PlacedPod {
    /** Of a node that is not known. */
    static final int NOWHERE = -1;

    private PodInfo pod;
    private final String node;
    private final PodGroup group;
    /** Where the group keeps it; the group's own. */
    int indexInGroup;
    private int slot = NOWHERE;

    PlacedPod(PodInfo pod, String node, PodGroup group) {
        this.pod = pod;
        this.node = node;
        this.group = group;
    }

    public PodInfo pod() {
        return pod;
    }

    /** The pod as it is now; it counts like before. */
    void pod(PodInfo now) {
        pod = now;
    }

    public String node() {
        return node;
    }

    public PodGroup group() {
        return group;
    }

    /** The slot of its node, or -1 while that node is not known. */
    public int slot() {
        return slot;
    }

    void slot(int now) {
        slot = now;
    }
}
