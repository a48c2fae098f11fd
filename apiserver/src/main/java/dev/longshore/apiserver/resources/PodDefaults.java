package dev.longshore.apiserver.resources;

import dev.longshore.api.core.v1.Container;
import dev.longshore.api.core.v1.PodSecurityContext;
import dev.longshore.api.core.v1.PodSpec;

/** Fills in what a pod leaves out (source: Kubernetes API, core/v1 defaults). */
final class PodDefaults {
    static final long GRACE_PERIOD_SECONDS = 30;

    private PodDefaults() {
    }

    /** What holds in pods and not in templates: limits stand for missing requests, the node's ports are open. */
    static void fillPod(PodSpec.Builder spec) {
        if (spec.getTerminationGracePeriodSeconds() < 0) {
            spec.setTerminationGracePeriodSeconds(1);
        }
        spec.getInitContainersBuilderList().forEach(ContainerDefaults::fillRequests);
        spec.getContainersBuilderList().forEach(ContainerDefaults::fillRequests);
        if (spec.getHostNetwork()) {
            spec.getInitContainersBuilderList().forEach(PodDefaults::openOnHost);
            spec.getContainersBuilderList().forEach(PodDefaults::openOnHost);
        }
    }

    /** For pods and for templates of them. What this server cannot give at all is dropped; a warning says so. */
    static void fill(PodSpec.Builder spec) {
        spec.clearHostUsers().clearResources().clearResourceClaims();
        if (spec.getRestartPolicy().isEmpty()) {
            spec.setRestartPolicy("Always");
        }
        if (spec.getDnsPolicy().isEmpty()) {
            spec.setDnsPolicy("ClusterFirst");
        }
        if (spec.getSchedulerName().isEmpty()) {
            spec.setSchedulerName("default-scheduler");
        }
        if (!spec.hasTerminationGracePeriodSeconds()) {
            spec.setTerminationGracePeriodSeconds(GRACE_PERIOD_SECONDS);
        }
        if (!spec.hasSecurityContext()) {
            spec.setSecurityContext(PodSecurityContext.getDefaultInstance());
        }
        fillServiceAccount(spec);
        spec.getInitContainersBuilderList().forEach(ContainerDefaults::fill);
        spec.getContainersBuilderList().forEach(ContainerDefaults::fill);
        spec.getVolumesBuilderList().forEach(VolumeDefaults::fill);
    }

    /** The old name of the field follows the new one. */
    private static void fillServiceAccount(PodSpec.Builder spec) {
        if (spec.getServiceAccountName().isEmpty() && !spec.getServiceAccount().isEmpty()) {
            spec.setServiceAccountName(spec.getServiceAccount());
        }
        if (!spec.getServiceAccountName().isEmpty()) {
            spec.setServiceAccount(spec.getServiceAccountName());
        }
    }

    private static void openOnHost(Container.Builder container) {
        container.getPortsBuilderList().stream().filter(port -> port.getHostPort() == 0)
                .forEach(port -> port.setHostPort(port.getContainerPort()));
    }
}
