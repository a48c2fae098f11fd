/**
 * The API server as one component: {@link dev.longshore.apiserver.ApiServer} wires the packages below it, from the store to
 * the edges. Started and stopped by the process's main thread.
 */
package dev.longshore.apiserver;
