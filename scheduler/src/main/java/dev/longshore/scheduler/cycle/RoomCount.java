package dev.longshore.scheduler.cycle;

import dev.longshore.scheduler.state.Amounts;
import dev.longshore.scheduler.state.FreedRoom;
import dev.longshore.scheduler.state.PodInfo;
import dev.longshore.scheduler.state.ResourceColumns;

/** Where of the pods on a node only the room matters that they take, trying is counting. */
final class RoomCount implements Supposition {
    private final Amounts wanted;
    private final ResourceColumns resources;
    private final FreedRoom freed;
    private int slot;

    /** @param freed what is counted; shared with the caller, who says what it is at first */
    RoomCount(Amounts wanted, ResourceColumns resources, FreedRoom freed) {
        this.wanted = wanted;
        this.resources = resources;
        this.freed = freed;
    }

    RoomCount at(int node) {
        slot = node;
        return this;
    }

    @Override
    public void add(PodInfo pod) {
        freed.subtract(pod);
    }

    @Override
    public void remove(PodInfo pod) {
        freed.add(pod);
    }

    @Override
    public boolean fits() {
        return freed.mayDoFor(wanted, resources, slot);
    }
}
