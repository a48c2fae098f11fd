/**
 * What the scheduler knows about storage: claims, volumes, storage classes, the drivers of nodes, what drivers still
 * have room for, what pods hold, and which volumes are promised to claims of pods on their way.
 * {@link dev.longshore.scheduler.volumes.VolumeState} is the entry.
 *
 * <p>Everything mutable here belongs to the scheduler's owner thread. The records are immutable and made on the threads
 * that receive objects. The package must not know nodes beyond their names, rules, queues, clocks or the API client.
 */
package dev.longshore.scheduler.volumes;
