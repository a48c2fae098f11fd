/**
 * Reads what an operator says about the scheduler: a file of kind KubeSchedulerConfiguration (kubescheduler.config.k8s.io/v1)
 * becomes {@link dev.longshore.scheduler.config.KubeSchedulerConfiguration}, the entry. Strict: a field that is unknown,
 * wrong, or without effect here is refused or warned about, never passed over. Names, defaults and bounds are those of
 * Kubernetes 1.32. Pure, usable on any thread; files are read by the caller. The package must not know the cluster's
 * state, queues or the API client.
 */
package dev.longshore.scheduler.config;
