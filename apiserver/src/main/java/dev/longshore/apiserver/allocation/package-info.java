/**
 * The cluster IPs and node ports of Services: who has which.
 *
 * <p>Entry class: {@link dev.longshore.apiserver.allocation.ServiceAllocator}. It runs on the thread of the request and
 * keeps its state in the store alone, so any number of API servers agree. It knows nothing of other kinds.
 */
package dev.longshore.apiserver.allocation;
