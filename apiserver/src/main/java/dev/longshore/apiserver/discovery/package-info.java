/**
 * What this server serves, told to clients. Entry class: {@link dev.longshore.apiserver.discovery.Discovery}.
 *
 * <p>Documents are made once from the list of resources; any thread. The package does not know HTTP beyond media types.
 */
package dev.longshore.apiserver.discovery;
