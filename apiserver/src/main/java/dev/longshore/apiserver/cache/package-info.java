/**
 * The API server's memory of one resource: decoded objects, and the newest changes for watchers.
 *
 * <p>Entry: {@link dev.longshore.apiserver.cache.WatchCache}, one for each resource.
 *
 * <p>Threads: the store's feeding thread applies changes; each watcher is called by a task of its own; reads come from
 * any thread.
 *
 * <p>Must not know: HTTP, selectors, admission, or what an object is beyond what its decoder does with it.
 */
package dev.longshore.apiserver.cache;
