/**
 * What the API does with objects, whichever edge a request came by.
 *
 * <p>Start with {@link dev.longshore.apiserver.registry.Registry}; {@link
 * dev.longshore.apiserver.registry.StoreRegistry}
 * is its implementation over a store, {@link dev.longshore.apiserver.registry.Bootstrap} creates what every cluster
 * has.
 * Requests run on the caller's thread and block on the store. Lists and watches come from the caches of {@code cache};
 * watchers are called on tasks. The package knows no HTTP, and of kinds only what their strategies in {@code resources}
 * say.
 */
package dev.longshore.apiserver.registry;
