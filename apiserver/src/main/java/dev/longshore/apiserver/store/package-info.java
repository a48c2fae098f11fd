/**
 * Where the cluster's state lies.
 *
 * <p>Entry: {@link dev.longshore.apiserver.store.Store}, with {@link dev.longshore.apiserver.store.EtcdStore} for
 * clusters, {@link dev.longshore.apiserver.store.EmbeddedStore} for one machine and
 * {@link dev.longshore.apiserver.store.InMemoryStore} for tests and the simulator.
 * {@link dev.longshore.apiserver.store.MeteredStore} measures any of them.
 *
 * <p>Threads: calls may come from any; each implementation says which thread calls the watchers.
 *
 * <p>Must not know: what the values mean. No resource, no object, no JSON; only keys, bytes and revisions.
 */
package dev.longshore.apiserver.store;
