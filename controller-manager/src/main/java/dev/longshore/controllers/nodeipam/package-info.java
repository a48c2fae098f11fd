/**
 * Gives every node its range of pod addresses. {@link dev.longshore.controllers.nodeipam.CidrPool} decides,
 * {@link dev.longshore.controllers.nodeipam.NodeIpamReconciler} does, one node at a time: two must not choose at once.
 */
package dev.longshore.controllers.nodeipam;
