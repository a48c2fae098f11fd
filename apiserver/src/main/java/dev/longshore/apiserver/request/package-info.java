/**
 * What a request is about: verb, resource, name. Entry class: {@link dev.longshore.apiserver.request.RequestInfo}.
 *
 * <p>Pure functions of method, path and query; any thread. The package does not know which resources are served.
 */
package dev.longshore.apiserver.request;
