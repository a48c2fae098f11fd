package dev.longshore.scheduler.cycle;

import dev.longshore.scheduler.state.Amounts;
import dev.longshore.scheduler.state.FreedRoom;
import dev.longshore.scheduler.state.NodePods;
import dev.longshore.scheduler.state.PodInfo;
import dev.longshore.scheduler.state.ResourceColumns;
import java.util.List;

/** Counts the room on a node; where of its pods only that matters, this is all there is to try. */
final class RoomCount implements Supposition {
    private final Amounts wanted;
    private final ResourceColumns resources;
    private final FreedRoom freed = new FreedRoom();
    private NodePods pods = NodePods.NOBODY;
    private int slot;

    RoomCount(Amounts wanted, ResourceColumns resources) {
        this.wanted = wanted;
        this.resources = resources;
    }

    /** Begins with a node whose pods are gone from this number on. */
    void begin(int node, NodePods podsOfNode, int firstGone) {
        slot = node;
        pods = podsOfNode;
        freed.clear();
        freed.addFrom(pods, firstGone);
    }

    /** As if these pods had come too. */
    void take(List<PodInfo> claims) {
        claims.forEach(freed::subtract);
    }

    @Override
    public void restore(int number) {
        freed.subtract(pods, number);
    }

    @Override
    public void remove(int number) {
        freed.add(pods, number);
    }

    @Override
    public boolean fits() {
        return freed.mayDoFor(wanted, resources, slot);
    }
}
