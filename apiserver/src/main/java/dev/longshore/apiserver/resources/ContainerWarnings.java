package dev.longshore.apiserver.resources;

import dev.longshore.api.core.v1.Container;
import dev.longshore.api.core.v1.Probe;
import dev.longshore.api.core.v1.SecurityContext;
import java.util.List;

/** The container's part of {@link PodWarnings}. */
final class ContainerWarnings {
    private static final String NO_EFFECT = " is accepted but has no effect in this cluster yet";

    private ContainerWarnings() {
    }

    static void add(String path, Container container, List<String> found) {
        SecurityContext context = container.getSecurityContext();
        String security = path + ".securityContext";
        say(found, container.getVolumeDevicesCount() > 0, path + ".volumeDevices" + NO_EFFECT);
        say(found, context.hasSeLinuxOptions(), security + ".seLinuxOptions" + NO_EFFECT);
        say(found, context.hasWindowsOptions(), security + ".windowsOptions" + NO_EFFECT);
        // RuntimeDefault is what the runtime does when nothing is said.
        say(found, context.hasAppArmorProfile() && !context.getAppArmorProfile().getType().equals("RuntimeDefault"),
                security + ".appArmorProfile" + NO_EFFECT);
        for (int i = 0; i < container.getVolumeMountsCount(); i++) {
            // IfPossible asks for nothing where it is not possible.
            say(found, container.getVolumeMounts(i).getRecursiveReadOnly().equals("Enabled"),
                    path + ".volumeMounts[" + i + "].recursiveReadOnly" + NO_EFFECT);
        }
        say(found, container.getResources().containsLimits("ephemeral-storage"),
                path + ".resources.limits[ephemeral-storage]" + NO_EFFECT);
        say(found, container.getResources().getClaimsCount() > 0,
                path + ".resources.claims is dropped: dynamic resource allocation is not supported");
        say(found, container.getResizePolicyCount() > 0,
                path + ".resizePolicy is dropped: resources of a running container cannot change");
        probe(found, path + ".startupProbe", container.getStartupProbe());
        probe(found, path + ".readinessProbe", container.getReadinessProbe());
        probe(found, path + ".livenessProbe", container.getLivenessProbe());
        say(found, container.getLifecycle().getPostStart().hasTcpSocket(),
                path + ".lifecycle.postStart.tcpSocket" + NO_EFFECT);
        say(found, container.getLifecycle().getPreStop().hasTcpSocket(),
                path + ".lifecycle.preStop.tcpSocket" + NO_EFFECT);
    }

    private static void probe(List<String> found, String path, Probe probe) {
        say(found, probe.getHandler().hasGrpc(), path + ".grpc is not supported yet; the probe always fails");
    }

    private static void say(List<String> found, boolean concerns, String warning) {
        if (concerns) {
            found.add(warning);
        }
    }
}
