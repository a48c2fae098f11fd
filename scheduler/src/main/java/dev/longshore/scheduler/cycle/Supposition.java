package dev.longshore.scheduler.cycle;

/** A node as if some of its pods were gone. Pods go by their numbers in the order of importance. */
interface Supposition {
    /** As if the pod were there again. */
    void restore(int number);

    /** As if the pod were gone. */
    void remove(int number);

    /** Whether the pod that looks for room would fit. */
    boolean fits();
}
