package dev.longshore.scheduler.plugins;

/** A rule about single nodes. Stateless; the answer for a node depends on that node, and the pods on it, alone. */
public interface NodeRule {
    /** Kubernetes' name of the plug-in. */
    String name();

    /** Whether the pods on a node matter, or only the node; answers of the latter kind are kept longer. */
    default boolean dependsOnPods() {
        return false;
    }
}
