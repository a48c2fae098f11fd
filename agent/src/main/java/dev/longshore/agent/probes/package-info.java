/**
 * Probes of containers: {@link dev.longshore.agent.probes.ProbeState} decides what a row of results means,
 * {@link dev.longshore.agent.probes.ProbeSet} runs the probes of one container on the owner's loop, and
 * {@link dev.longshore.agent.probes.Prober} carries one out. The package must not know pods' life cycles.
 */
package dev.longshore.agent.probes;
