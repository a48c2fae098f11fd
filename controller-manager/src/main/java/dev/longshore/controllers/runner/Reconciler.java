package dev.longshore.controllers.runner;

import dev.longshore.client.ApiClient;

/**
 * Brings the cluster closer to what the object behind a key asks for.
 *
 * <p>The contract:
 * <ul>
 * <li>It is told which object to look at, never what happened to it. It reads the caches as they are now, and comes
 * to the same end from any state, one that a crash left between two writes included.
 * <li>The caches it reads contain everything that this key's earlier reconciles wrote. Writes go only through the
 * client it is given, because that is how the runner knows what to wait for.
 * <li>It runs on a task and may block on the client. One key is never reconciled twice at once; different keys are.
 * <li>An object that is gone is no error: there is nothing to do, or only to clean up.
 * <li>It returns {@link Outcome.Done}, or {@link Outcome.After} when time alone may change the answer. It throws when
 * something failed; the key is then tried again after its back-off. A conflict is such a failure: the cache was old.
 * <li>It keeps nothing between calls that a restart could not rebuild.
 * </ul>
 *
 * @param <K> names the object; {@link dev.longshore.api.ObjectKey} for all that watch one resource
 */
@FunctionalInterface
public interface Reconciler<K> {
    Outcome reconcile(K key, ApiClient client);
}
