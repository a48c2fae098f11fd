/**
 * What every namespace has from the start: the {@code default} ServiceAccount and the ConfigMap with the cluster's CA.
 * Entry: {@link dev.longshore.controllers.serviceaccount.NamespaceDefaultsReconciler}. Runs on tasks.
 */
package dev.longshore.controllers.serviceaccount;
