package dev.longshore.agent.containerd;

import java.nio.file.Path;
import java.util.List;

/**
 * Where the agent's containerd keeps its things.
 *
 * @param dataDir      holds everything of this containerd
 * @param stateDir     holds mounts and sockets of running containers; short, because a socket's path is limited
 * @param binary       the containerd to start
 * @param sandboxImage the image of a pod's first process
 * @param cniBinDirs   searched in order for the first that exists
 * @param cniConfDir   the directory whose first network configuration is used
 */
public record ContainerdConfig(Path dataDir, Path stateDir, String binary, String sandboxImage,
        List<Path> cniBinDirs, Path cniConfDir) {
    /** The bound of sun_path in a unix socket's address (Linux, unix(7)), less its terminating zero. */
    private static final int SOCKET_PATH_LIMIT = 107;

    public ContainerdConfig {
        cniBinDirs = List.copyOf(cniBinDirs);
        String socket = stateDir.resolve("containerd.sock.ttrpc").toString();
        if (socket.length() > SOCKET_PATH_LIMIT) {
            throw new IllegalArgumentException("the path " + socket + " is longer than a socket's may be ("
                    + SOCKET_PATH_LIMIT + " characters): choose a shorter data directory");
        }
    }

    public Path root() {
        return dataDir.resolve("root");
    }

    public Path socket() {
        return stateDir.resolve("containerd.sock");
    }

    public Path configFile() {
        return dataDir.resolve("config.toml");
    }

    public Path pidFile() {
        return dataDir.resolve("containerd.pid");
    }

    public Path logFile() {
        return dataDir.resolve("containerd.log");
    }
}
