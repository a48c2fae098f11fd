package dev.longshore.scheduler.state;

/** Hears of pods that come to nodes and leave them. */
public interface UsageChange {
    /** @param by 1: a pod of the group has come to the node in the slot; -1: one has left it */
    void changed(int slot, PodGroup group, int by);
}
