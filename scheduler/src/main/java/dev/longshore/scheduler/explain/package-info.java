/**
 * Why a pod is where it is or nowhere: the verdict of each rule on each node, and the text that Kubernetes' users know.
 * Immutable records, usable on any thread. {@link dev.longshore.scheduler.explain.Diagnosis} is the entry. The package
 * must not know how a verdict was found.
 */
package dev.longshore.scheduler.explain;
