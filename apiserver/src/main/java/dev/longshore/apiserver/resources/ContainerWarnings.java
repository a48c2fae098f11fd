package dev.longshore.apiserver.resources;

import dev.longshore.api.core.v1.Container;
import dev.longshore.api.core.v1.SecurityContext;
import java.util.List;

/** The container's part of {@link PodWarnings}. */
final class ContainerWarnings {
    private static final String NO_EFFECT = " is accepted but has no effect in this cluster yet";
    private static final String NO_GRPC = ".grpc is not supported yet; the probe always fails";

    private ContainerWarnings() {
    }

    static void add(String path, Container container, List<String> found) {
        SecurityContext context = container.getSecurityContext();
        say(found, container.getVolumeDevicesCount() > 0, path, ".volumeDevices" + NO_EFFECT);
        say(found, context.hasSeLinuxOptions(), path, ".securityContext.seLinuxOptions" + NO_EFFECT);
        say(found, context.hasWindowsOptions(), path, ".securityContext.windowsOptions" + NO_EFFECT);
        // RuntimeDefault is what the runtime does when nothing is said.
        say(found, context.hasAppArmorProfile() && !context.getAppArmorProfile().getType().equals("RuntimeDefault"),
                path, ".securityContext.appArmorProfile" + NO_EFFECT);
        for (int i = 0; i < container.getVolumeMountsCount(); i++) {
            // IfPossible asks for nothing where it is not possible.
            say(found, container.getVolumeMounts(i).getRecursiveReadOnly().equals("Enabled"),
                    path, ".volumeMounts[" + i + "].recursiveReadOnly" + NO_EFFECT);
        }
        say(found, container.getResources().containsLimits("ephemeral-storage"),
                path, ".resources.limits[ephemeral-storage]" + NO_EFFECT);
        say(found, container.getResources().getClaimsCount() > 0,
                path, ".resources.claims is dropped: dynamic resource allocation is not supported");
        say(found, container.getResizePolicyCount() > 0,
                path, ".resizePolicy is dropped: resources of a running container cannot change");
        say(found, container.getStartupProbe().getHandler().hasGrpc(), path, ".startupProbe" + NO_GRPC);
        say(found, container.getReadinessProbe().getHandler().hasGrpc(), path, ".readinessProbe" + NO_GRPC);
        say(found, container.getLivenessProbe().getHandler().hasGrpc(), path, ".livenessProbe" + NO_GRPC);
        say(found, container.getLifecycle().getPostStart().hasTcpSocket(),
                path, ".lifecycle.postStart.tcpSocket" + NO_EFFECT);
        say(found, container.getLifecycle().getPreStop().hasTcpSocket(),
                path, ".lifecycle.preStop.tcpSocket" + NO_EFFECT);
    }

    private static void say(List<String> found, boolean concerns, String path, String rest) {
        if (concerns) {
            found.add(path + rest);
        }
    }
}
