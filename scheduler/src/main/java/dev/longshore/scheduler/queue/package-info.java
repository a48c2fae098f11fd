/**
 * Which pod is tried next, and when one that failed is tried again. {@link dev.longshore.scheduler.queue.SchedulingQueue}
 * is the entry; it belongs to the scheduler's owner thread and is told the time. It must not know nodes or resources.
 */
package dev.longshore.scheduler.queue;
