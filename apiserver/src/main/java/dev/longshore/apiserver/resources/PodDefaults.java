package dev.longshore.apiserver.resources;

import dev.longshore.api.core.v1.Container;
import dev.longshore.api.core.v1.ContainerPort;
import dev.longshore.api.core.v1.PodSecurityContext;
import dev.longshore.api.core.v1.PodSpec;

/** Fills in what a pod leaves out (source: Kubernetes API, core/v1 defaults). */
final class PodDefaults {
    static final long GRACE_PERIOD_SECONDS = 30;

    private PodDefaults() {
    }

    /** Limits stand for requests that are missing; only in pods, not in templates of them. */
    static void fillRequests(PodSpec.Builder spec) {
        spec.getInitContainersBuilderList().forEach(ContainerDefaults::fillRequests);
        spec.getContainersBuilderList().forEach(ContainerDefaults::fillRequests);
    }

    /** For pods and for templates of them. What this server cannot give at all is dropped; a warning says so. */
    static void fill(PodSpec.Builder spec) {
        spec.clearHostUsers().clearResources();
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
        boolean host = spec.getHostNetwork();
        spec.getInitContainersBuilderList().forEach(container -> fill(container, host));
        spec.getContainersBuilderList().forEach(container -> fill(container, host));
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

    private static void fill(Container.Builder container, boolean hostNetwork) {
        ContainerDefaults.fill(container);
        if (hostNetwork) {
            container.getPortsBuilderList().stream().filter(port -> port.getHostPort() == 0)
                    .forEach(PodDefaults::openOnHost);
        }
    }

    private static void openOnHost(ContainerPort.Builder port) {
        port.setHostPort(port.getContainerPort());
    }
}
