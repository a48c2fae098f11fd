/**
 * The control groups that the runtime leaves behind, in either version of the kernel's interface; start with
 * {@link dev.longshore.agent.cgroups.Cgroups}. Limits are the runtime's business, not this package's.
 */
package dev.longshore.agent.cgroups;
