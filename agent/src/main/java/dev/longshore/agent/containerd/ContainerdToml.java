package dev.longshore.agent.containerd;

import java.nio.file.Path;

/**
 * The configuration file of containerd 1.6 and 1.7 (both read version 2). A pure function of its arguments, so that a
 * changed file means a changed wish.
 */
public final class ContainerdToml {
    private ContainerdToml() {
    }

    /** What the machine allows; found out by {@link Machine}. */
    public record Host(boolean maySetOomScore, boolean hasOverlay, Path cniBinDir) {}

    public static String render(ContainerdConfig config, Host host) {
        return """
                version = 2
                root = %s
                state = %s
                disabled_plugins = [
                  "io.containerd.snapshotter.v1.aufs", "io.containerd.snapshotter.v1.btrfs",
                  "io.containerd.snapshotter.v1.devmapper", "io.containerd.snapshotter.v1.zfs",
                  "io.containerd.tracing.processor.v1.otlp", "io.containerd.internal.v1.tracing",
                  "io.containerd.internal.v1.opt", "io.containerd.nri.v1.nri"
                ]

                [grpc]
                  address = %s

                [plugins."io.containerd.grpc.v1.cri"]
                  sandbox_image = %s
                  restrict_oom_score_adj = %s
                  netns_mounts_under_state_dir = true
                  enable_unprivileged_ports = true
                  stream_server_address = "127.0.0.1"
                  stream_server_port = "0"

                  [plugins."io.containerd.grpc.v1.cri".cni]
                    bin_dir = %s
                    conf_dir = %s

                  [plugins."io.containerd.grpc.v1.cri".containerd]
                    snapshotter = %s
                    default_runtime_name = "runc"

                    [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
                      runtime_type = "io.containerd.runc.v2"

                      [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc.options]
                        Root = %s
                        SystemdCgroup = false
                """.formatted(quoted(config.root()), quoted(config.stateDir()), quoted(config.socket()),
                quoted(config.sandboxImage()), !host.maySetOomScore(), quoted(host.cniBinDir()),
                quoted(config.cniConfDir()), quoted(snapshotter(host)),
                quoted(config.stateDir().resolve("runc")));
    }

    static String snapshotter(Host host) {
        return host.hasOverlay() ? "overlayfs" : "native";
    }

    private static String quoted(Object value) {
        return '"' + value.toString().replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
