/**
 * The rules of scheduling, one class each, listed in order in {@link dev.longshore.scheduler.plugins.Plugins}. A filter
 * narrows a bitset of nodes, a score fills an array. Rules keep no state; they read the cluster's columns on the
 * scheduler's owner thread. The package must not know queues, events or the API client.
 */
package dev.longshore.scheduler.plugins;
