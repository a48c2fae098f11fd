package dev.longshore.common.lifecycle;

/**
 * What happens when an invariant is broken: the process ends, loudly, because going on would write the damage down.
 * Tests inject one that records instead.
 */
public interface FaultHandler {
    void fault(String component, Throwable cause);
}
