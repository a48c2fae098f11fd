/**
 * Tells proxies and DNS where the pods of each Service are. {@link
 * dev.longshore.controllers.endpointslice.EndpointSlicePlan} decides, {@link
 * dev.longshore.controllers.endpointslice.EndpointSliceReconciler} does; {@code EndpointsPlan} makes the core/v1
 * Endpoints that older readers want. Runs on tasks. Services without a selector are left alone.
 */
package dev.longshore.controllers.endpointslice;
