package dev.longshore.agent.pods;

import dev.longshore.api.core.v1.Pod;

/** Tells people what happens to a pod; never blocks. */
public interface PodEvents {
    /** @param container the container it is about, "" for the pod */
    void normal(Pod pod, String container, String reason, String message);

    /** As {@link #normal}, for something that went wrong. */
    void warning(Pod pod, String container, String reason, String message);
}
