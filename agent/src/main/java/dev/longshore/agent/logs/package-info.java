/**
 * The logs of containers, in the files that CRI runtimes write: {@link dev.longshore.agent.logs.LogReader} serves them,
 * {@link dev.longshore.agent.logs.LogRotation} keeps them small. Nothing here knows the API or the tunnel.
 */
package dev.longshore.agent.logs;
