package dev.longshore.agent.tunnel;

import dev.longshore.grpc.v1.PodRef;

/** Finds what a stream is about on this node. Called on task threads. */
public interface ContainerLookup {
    /**
     * The runtime's id of the running container with this name; with "" the pod's only container.
     *
     * @throws StreamFailure when the pod or the container is not here, or does not run
     */
    String runningContainer(PodRef pod, String container) throws StreamFailure;

    /**
     * The address at which the pod's ports answer from this node: its own, or the node's for a pod on the host's
     * network.
     *
     * @throws StreamFailure when the pod is not here or has no address yet
     */
    String podAddress(PodRef pod) throws StreamFailure;
}
