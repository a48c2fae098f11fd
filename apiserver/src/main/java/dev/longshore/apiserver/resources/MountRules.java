package dev.longshore.apiserver.resources;

import dev.longshore.api.core.v1.Container;
import dev.longshore.api.core.v1.VolumeMount;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What must hold for the volumes that a container uses (source: Kubernetes API, core/v1 validation).
 *
 * @param volumes names that mounts may refer to
 */
record MountRules(Set<String> volumes) {
    private static final List<String> PROPAGATION = List.of("None", "HostToContainer", "Bidirectional");
    private static final List<String> RECURSIVE = List.of("Disabled", "IfPossible", "Enabled");

    void check(String path, Container container, Causes causes) {
        Set<String> paths = new HashSet<>();
        boolean privileged = container.getSecurityContext().getPrivileged();
        for (int i = 0; i < container.getVolumeMountsCount(); i++) {
            VolumeMount mount = container.getVolumeMounts(i);
            String place = path + ".volumeMounts[" + i + "]";
            if (!volumes.contains(mount.getName())) {
                causes.notFound(place + ".name", mount.getName());
            }
            if (!paths.add(mount.getMountPath())) {
                causes.invalid(place + ".mountPath", mount.getMountPath(), "must be unique");
            }
            if (!mount.getSubPath().isEmpty() && !mount.getSubPathExpr().isEmpty()) {
                causes.invalid(place + ".subPathExpr", mount.getSubPathExpr(),
                        "subPathExpr and subPath are mutually exclusive");
            }
            check(path + ".volumeMounts", mount, privileged, causes);
        }
        for (int i = 0; i < container.getVolumeDevicesCount(); i++) {
            String name = container.getVolumeDevices(i).getName();
            if (!volumes.contains(name)) {
                causes.notFound(path + ".volumeDevices[" + i + "].name", name);
            }
        }
    }

    /** Clients know these by paths without the mount's number. */
    private static void check(String path, VolumeMount mount, boolean privileged, Causes causes) {
        Checks.localPath(path + ".subPath", mount.getSubPath(), causes);
        Checks.localPath(path + ".subPathExpr", mount.getSubPathExpr(), causes);
        if (mount.hasMountPropagation() && !PROPAGATION.contains(mount.getMountPropagation())) {
            causes.notSupported(path + ".mountPropagation", mount.getMountPropagation(), PROPAGATION);
        } else if (mount.getMountPropagation().equals("Bidirectional") && !privileged) {
            causes.forbidden(path + ".mountPropagation",
                    "Bidirectional mount propagation is available only to privileged containers");
        }
        if (mount.hasRecursiveReadOnly()) {
            checkRecursive(path + ".recursiveReadOnly", mount, causes);
        }
    }

    private static void checkRecursive(String field, VolumeMount mount, Causes causes) {
        boolean asked = List.of("IfPossible", "Enabled").contains(mount.getRecursiveReadOnly());
        if (!RECURSIVE.contains(mount.getRecursiveReadOnly())) {
            causes.notSupported(field, mount.getRecursiveReadOnly(), RECURSIVE);
        } else if (asked && !mount.getReadOnly()) {
            causes.forbidden(field, "may only be specified when readOnly is true");
        } else if (asked && !List.of("", "None").contains(mount.getMountPropagation())) {
            causes.forbidden(field, "may only be specified when mountPropagation is None or not specified");
        }
    }
}
