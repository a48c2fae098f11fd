package dev.longshore.scheduler.state;

/**
 * The controller that a pod belongs to.
 *
 * @param kind ReplicaSet, StatefulSet or ReplicationController
 */
public record OwnerRef(String kind, String namespace, String name) {}
