/**
 * Empties namespaces that are being deleted, then lets them go. {@link
 * dev.longshore.controllers.namespace.NamespacePlan} decides, {@link
 * dev.longshore.controllers.namespace.NamespaceReconciler} does, over live lists: a cache might miss the object that
 * would be left behind. Runs on tasks.
 */
package dev.longshore.controllers.namespace;
