package dev.longshore.scheduler.cycle;

import dev.longshore.scheduler.state.PodInfo;

/** A node as if some of its pods were gone. */
interface Supposition {
    /** As if the pod were there. */
    void add(PodInfo pod);

    /** As if the pod were gone. */
    void remove(PodInfo pod);

    /** Whether the pod that looks for room would fit. */
    boolean fits();
}
