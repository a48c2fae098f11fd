/**
 * The agent's end of the tunnel: the agent dials every API server, and logs, exec, attach and port-forward come back
 * through that connection, so a node needs no open port.
 *
 * <p>Entry class: {@link dev.longshore.agent.tunnel.TunnelClient}. Each stream has a task thread of its own that may
 * block; what the API server sends is handed over through {@link dev.longshore.agent.tunnel.AgentStream}, whose lock is
 * never held across a call to anything slow. Exec and attach speak SPDY/3.1 to the container runtime's streaming
 * server, because its WebSocket form cannot end standard input.
 *
 * <p>Flow control, per stream and direction: the sender may send as many bytes as the receiver has granted by Credit
 * frames, which start at none. The agent grants a window at the start and what it has consumed after that.
 *
 * <p>The package must not know how pods are run or where logs lie: {@link dev.longshore.agent.tunnel.LogSource} and
 * {@link dev.longshore.agent.tunnel.ContainerLookup} say what it needs.
 */
package dev.longshore.agent.tunnel;
