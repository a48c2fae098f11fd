/**
 * From a client's create to a bound pod: real processes, real etcd, nodes that run nothing. The entry is
 * {@link dev.longshore.bench.endtoend.ScheduleCommand}; its thread runs it, and each client has one of its own. It knows
 * the components by their commands and their API alone.
 */
package dev.longshore.bench.endtoend;
