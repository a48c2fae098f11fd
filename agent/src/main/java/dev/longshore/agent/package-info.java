/**
 * The agent of one node. {@link dev.longshore.agent.Agent} runs the node's pods, {@link
 * dev.longshore.agent.NodeNetwork}
 * their network, and {@link dev.longshore.agent.AgentPurge} takes everything away again. Each idea is a package below;
 * the classes here only put the parts together, by constructors, and own no thread of their own.
 */
package dev.longshore.agent;
