package dev.longshore.agent.volumes;

import dev.longshore.api.core.v1.Pod;
import dev.longshore.api.core.v1.Volume;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Gives a volume to the pod's group: group and read-write for it, and new files inherit it
 * (PodSecurityContext.fsGroup).
 */
final class FsGroup {
    private static final int SET_GID = 02000;
    private static final int GROUP_READ_WRITE = 0060;
    private static final int GROUP_SEARCH = 0010;
    private static final int MODE_BITS = 07777;

    private FsGroup() {
    }

    static void apply(Pod pod, Volume volume, Path path) throws IOException {
        // A hostPath belongs to the node, not to the pod.
        if (!pod.getSpec().getSecurityContext().hasFsGroup() || volume.getVolumeSource().hasHostPath()) {
            return;
        }
        int group = (int) pod.getSpec().getSecurityContext().getFsGroup();
        try (Stream<Path> files = Files.walk(path)) {
            for (Path file : files.filter(item -> !Files.isSymbolicLink(item)).toList()) {
                boolean directory = Files.isDirectory(file);
                int mode = (int) Files.getAttribute(file, "unix:mode") & MODE_BITS | GROUP_READ_WRITE
                        | (directory ? SET_GID | GROUP_SEARCH : 0);
                Files.setAttribute(file, "unix:gid", group);
                Files.setAttribute(file, "unix:mode", mode);
            }
        }
    }
}
