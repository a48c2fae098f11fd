package dev.longshore.sim;

import java.util.List;

/** Something that must hold once the cluster has come to rest. */
interface Invariant {
    /** What is wrong, one line each; empty when it holds. */
    List<String> violations(SimView view, Scenario scenario);
}
