package dev.longshore.agent.pods;

import java.time.Instant;

/** Where a pod is on this node. It only moves down this list. */
public sealed interface PodState {
    /** This agent process has done nothing for the pod yet; an earlier one may have. */
    record New() implements PodState {}

    /** The volumes are there; the sandbox and the containers are kept as the specification wants them. */
    record Active() implements PodState {}

    /**
     * The containers are being stopped.
     *
     * @param deadline  when what still runs is killed
     * @param withdrawn whether traffic to the pod had time to stop
     * @param failure   the reason of a pod that the agent ends by itself, "" for a deleted one
     */
    record Terminating(Instant since, Instant deadline, boolean withdrawn, String failure) implements PodState {}

    /** Nothing runs and nothing will; logs and status stay until the object is deleted. */
    record Finished(String failure) implements PodState {}

    /** Nothing runs; what the pod left on the node is removed, then the object. */
    record Cleaning(boolean removed) implements PodState {}

    /** Nothing is left to do. */
    record Gone() implements PodState {}
}
