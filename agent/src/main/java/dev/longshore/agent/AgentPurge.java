package dev.longshore.agent;

import dev.longshore.agent.cgroups.Cgroups;
import dev.longshore.agent.containerd.Containerd;
import dev.longshore.agent.runtime.ContainerRuntime;
import dev.longshore.agent.runtime.ContainerView;
import dev.longshore.agent.runtime.CriChannel;
import dev.longshore.agent.runtime.CriRuntime;
import dev.longshore.agent.runtime.RuntimeFailure;
import dev.longshore.agent.runtime.SandboxView;
import dev.longshore.agent.volumes.Mounts;
import dev.longshore.common.files.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * Ends all that an agent left on this machine: containers, containerd, mounts, control groups and files. Works
 * without a
 * running agent, and again after it was interrupted; no agent may run meanwhile.
 */
public final class AgentPurge {
    private static final System.Logger LOG = System.getLogger(AgentPurge.class.getName());
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final AgentConfig config;
    private final Executor tasks;

    public AgentPurge(AgentConfig config, Executor tasks) {
        this.config = config;
        this.tasks = tasks;
    }

    /** Stops all pods, then containerd; keeps images and the data directory. */
    public void stopAll() throws IOException, InterruptedException {
        Containerd containerd = new Containerd(Agent.containerd(config));
        if (!Files.exists(containerd.config().configFile())) {
            return;
        }
        // Without containerd its containers could not be ended in order: start it once more for that.
        containerd.ensureRunning();
        try (CriChannel channel = new CriChannel(containerd.config().socket())) {
            stopPods(new CriRuntime(channel.channel()));
        }
        containerd.stop();
    }

    /** Stops all, and removes every trace. */
    public void purge() throws IOException, InterruptedException {
        stopAll();
        for (Path directory : List.of(config.stateDir(), config.dataDir())) {
            Mounts.unmountUnder(directory);
        }
        new Cgroups(Path.of("/sys/fs/cgroup")).remove(config.cgroupRoot());
        for (Path directory : List.of(config.containerdDir(), config.podsDir(), config.dataDir().resolve("images"),
                config.logDir(), config.stateDir())) {
            FileTree.delete(directory);
        }
    }

    private void stopPods(ContainerRuntime runtime) {
        each(runtime.containers().stream().filter(ContainerView::running).toList(),
                container -> runtime.stopContainer(container.id(), GRACE));
        List<SandboxView> sandboxes = runtime.sandboxes();
        each(sandboxes, sandbox -> runtime.stopSandbox(sandbox.id()));
        each(sandboxes, sandbox -> runtime.removeSandbox(sandbox.id()));
    }

    private interface Step<T> {
        void run(T item);
    }

    private <T> void each(List<T> items, Step<T> step) {
        CompletableFuture.allOf(items.stream().map(item -> CompletableFuture.runAsync(() -> {
            try {
                step.run(item);
            } catch (RuntimeFailure e) {
                LOG.log(System.Logger.Level.WARNING, "purge: " + e.getMessage());
            }
        }, tasks)).toArray(CompletableFuture[]::new)).join();
    }
}
