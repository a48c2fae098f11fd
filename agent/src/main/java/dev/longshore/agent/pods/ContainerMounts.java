package dev.longshore.agent.pods;

import dev.longshore.agent.env.EnvExpander;
import dev.longshore.api.core.v1.Container;
import dev.longshore.api.core.v1.Pod;
import dev.longshore.api.core.v1.VolumeMount;
import dev.longshore.cri.v1.Mount;
import dev.longshore.cri.v1.MountPropagation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a container mounts: its volumes, the hosts file and the file of its last words. */
final class ContainerMounts {
    private static final String HOSTS = "/etc/hosts";
    private static final String DEFAULT_MESSAGE_PATH = "/dev/termination-log";
    private static final String ALL_MAY_WRITE = "rw-rw-rw-";

    private final PodFiles files;
    private final NodeFacts node;

    ContainerMounts(PodFiles files, NodeFacts node) {
        this.files = files;
        this.node = node;
    }

    List<Mount> of(Pod pod, Container container, int attempt, Map<String, Path> volumes, Context context)
            throws IOException {
        List<Mount> mounts = new ArrayList<>();
        for (VolumeMount mount : container.getVolumeMountsList()) {
            mounts.add(volume(mount, volumes, context.env()));
        }
        boolean ownHosts = container.getVolumeMountsList().stream().anyMatch(item -> item.getMountPath().equals(HOSTS));
        if (!ownHosts && !pod.getSpec().getHostNetwork()) {
            Files.createDirectories(files.hosts(pod).getParent());
            Files.writeString(files.hosts(pod), PodIdentity.hosts(pod, context.ips(), node.dns().clusterDomain()));
            mounts.add(bind(HOSTS, files.hosts(pod)).build());
        }
        Path message = files.terminationMessage(pod, container.getName(), attempt);
        Files.createDirectories(message.getParent());
        if (!Files.exists(message)) {
            Files.createFile(message);
        }
        Files.setPosixFilePermissions(message, java.nio.file.attribute.PosixFilePermissions.fromString(ALL_MAY_WRITE));
        String inside = container.getTerminationMessagePath();
        mounts.add(bind(inside.isEmpty() ? DEFAULT_MESSAGE_PATH : inside, message).build());
        return mounts;
    }

    /** What is known when a container is made. */
    record Context(Map<String, String> env, List<String> ips) {}

    private static Mount volume(VolumeMount mount, Map<String, Path> volumes, Map<String, String> env)
            throws IOException {
        Path source = volumes.get(mount.getName());
        if (source == null) {
            throw new StepFailure("CreateContainerConfigError", "volume \"" + mount.getName() + "\" not found");
        }
        String below = mount.getSubPathExpr().isEmpty()
                ? mount.getSubPath()
                : EnvExpander.expand(mount.getSubPathExpr(), env);
        Path path = source.resolve(below).normalize();
        if (!path.startsWith(source)) {
            throw new StepFailure("CreateContainerConfigError", "subPath \"" + below + "\" leaves the volume");
        }
        if (!Files.exists(path)) {
            Files.createDirectories(path);
        }
        if (!below.isEmpty() && !path.toRealPath().startsWith(source.toRealPath())) {
            throw new StepFailure("CreateContainerConfigError", "subPath \"" + below + "\" leaves the volume");
        }
        MountPropagation propagation = switch (mount.getMountPropagation()) {
            case "Bidirectional" -> MountPropagation.PROPAGATION_BIDIRECTIONAL;
            case "HostToContainer" -> MountPropagation.PROPAGATION_HOST_TO_CONTAINER;
            default -> MountPropagation.PROPAGATION_PRIVATE;
        };
        return bind(mount.getMountPath(), below.isEmpty() ? path : path.toRealPath()).setReadonly(mount.getReadOnly())
                .setPropagation(propagation).build();
    }

    private static Mount.Builder bind(String inside, Path outside) {
        return Mount.newBuilder().setContainerPath(inside).setHostPath(outside.toString());
    }
}
