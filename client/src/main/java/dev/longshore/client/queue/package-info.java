/**
 * Keys that wait for work: {@link dev.longshore.client.queue.WorkQueue} de-duplicates them, spaces out retries and
 * never works on one key twice at once. Its state is guarded by its own lock; work runs on tasks of the environment.
 * It knows nothing of objects, informers or the API.
 */
package dev.longshore.client.queue;
