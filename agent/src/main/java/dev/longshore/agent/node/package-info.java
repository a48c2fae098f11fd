/**
 * The Node object: {@link dev.longshore.agent.node.NodeFactsReader} reads what this machine has,
 * {@link dev.longshore.agent.node.NodeStatusBuilder} decides what the object says, and
 * {@link dev.longshore.agent.node.NodeReporter} keeps the object and its Lease current. Nothing here knows pods.
 */
package dev.longshore.agent.node;
