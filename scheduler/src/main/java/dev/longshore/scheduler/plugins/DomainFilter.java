package dev.longshore.scheduler.plugins;

import java.util.BitSet;

/** Decides by its tally which nodes pods may not go to. */
public interface DomainFilter extends Tally {
    /** Takes out of {@code candidates} the nodes that will not do, and tells {@code rejections} why. */
    void filter(BitSet candidates, Rejections rejections);

    /** Whether the node in the slot will do. */
    boolean accepts(int slot);
}
