package dev.longshore.client;

import dev.longshore.api.ObjectKey;

/**
 * Where a pod is to run.
 *
 * @param uid  the pod's; another pod of the same name is not bound
 * @param node the node's name
 */
public record PodPlacement(ObjectKey pod, String uid, String node) {}
