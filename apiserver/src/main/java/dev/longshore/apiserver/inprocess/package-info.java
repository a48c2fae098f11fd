/**
 * The API for components that run in the API server's process.
 *
 * <p>Entry class: {@link dev.longshore.apiserver.inprocess.LocalApiClient}; for looking at all of it at one moment,
 * {@link dev.longshore.apiserver.inprocess.LocalClusterView}. It has no thread of its own: calls run on
 * the
 * caller's, watch events on the thread that brings the change. It knows the registry, and neither store nor wire.
 */
package dev.longshore.apiserver.inprocess;
