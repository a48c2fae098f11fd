package dev.longshore.agent.runtime;

import dev.longshore.cri.v1.AuthConfig;
import dev.longshore.cri.v1.ContainerConfig;
import dev.longshore.cri.v1.PodSandboxConfig;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What the agent asks of a container runtime. The configurations of sandboxes and containers are CRI's own messages;
 * what comes back are our records.
 *
 * <p>Every call blocks until the runtime has answered and fails with {@link RuntimeFailure}. Stops and removals are
 * idempotent: one of something that is gone succeeds.
 */
public interface ContainerRuntime {
    /** Name and version, as in {@code containerd://1.6.20}. */
    RuntimeVersion version();

    /** Whether the runtime and its network are ready for pods. */
    RuntimeCondition condition();

    /** Creates and starts a sandbox with its network; answers its id. */
    String runSandbox(PodSandboxConfig config);

    /** Kills what runs in the sandbox and takes its network down; the sandbox stays listed, not ready. */
    void stopSandbox(String id);

    /** Removes the sandbox with all its containers. */
    void removeSandbox(String id);

    /** The sandbox with its addresses; empty when there is none of this id. */
    Optional<SandboxView> sandbox(String id);

    /** All sandboxes, without addresses. */
    List<SandboxView> sandboxes();

    /** Creates a container in a sandbox, without starting it; answers its id. */
    String createContainer(String sandboxId, ContainerConfig config, PodSandboxConfig sandboxConfig);

    void startContainer(String id);

    /**
     * Sends SIGTERM (or the image's stop signal), and SIGKILL after {@code grace}; returns once the process is
     * gone.
     */
    void stopContainer(String id, Duration grace);

    void removeContainer(String id);

    /** All containers, without exit codes, times of start and end, and messages. */
    List<ContainerView> containers();

    /** The container in full; empty when there is none of this id. */
    Optional<ContainerView> container(String id);

    /** Runs a command to its end; fails with DEADLINE when it takes longer than {@code limit}. */
    ExecResult exec(String containerId, List<String> command, Duration limit);

    /** Prepares a command with streams; answers the URL on loopback where the runtime serves them once. */
    String execUrl(String containerId, List<String> command, StreamOptions streams);

    String attachUrl(String containerId, StreamOptions streams);

    String portForwardUrl(String sandboxId, int port);

    /** Makes the runtime open the log file anew after a rotation moved it. */
    void reopenLog(String containerId);

    /** The image by name, digest or id; empty when it is not on this machine. */
    Optional<ImageView> image(String reference);

    List<ImageView> images();

    /** Fetches the image from its registry; answers its digest reference. */
    String pullImage(String reference, AuthConfig auth);

    void removeImage(String reference);

    /** Processor and memory use of all running containers. */
    List<ContainerUsage> usage();

    /**
     * Calls {@code listener} after something changed, from a thread of the runtime's, until closed. It may be called
     * too often and, when the connection breaks, not at all: a slow look at the lists remains necessary.
     */
    Subscription onChange(Runnable listener);

    /** A running subscription. */
    interface Subscription extends AutoCloseable {
        @Override
        void close();
    }
}
