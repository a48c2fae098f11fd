package dev.longshore.agent.pods;

import dev.longshore.agent.cgroups.Cgroups;
import dev.longshore.agent.env.DownwardFields;
import dev.longshore.agent.env.EnvBuilder;
import dev.longshore.agent.env.MissingReference;
import dev.longshore.agent.env.References;
import dev.longshore.agent.probes.Prober;
import dev.longshore.agent.runtime.ContainerRuntime;
import dev.longshore.agent.runtime.RuntimeFailure;
import dev.longshore.agent.runtime.SandboxView;
import dev.longshore.agent.volumes.PodVolumes;
import dev.longshore.api.ApiException;
import dev.longshore.api.core.v1.Container;
import dev.longshore.api.core.v1.Pod;
import dev.longshore.common.files.FileTree;
import dev.longshore.common.time.Environment;
import dev.longshore.cri.v1.ContainerConfig;
import dev.longshore.cri.v1.Mount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Carries out the steps that {@link PodPlan} decides. Calls block and run on task threads, one at a time for each pod.
 */
final class PodOperations {
    /** What all operations work with. */
    record Tools(ContainerRuntime runtime, PodVolumes volumes, References references, Prober prober, PodEvents events,
            PodFiles files, NodeFacts node, Cgroups cgroups, StatusWriter statuses, Environment environment) {}

    /** How a step ended. */
    sealed interface Outcome {
        /** @param id of what was made, "" for nothing */
        record Done(String id) implements Outcome {}

        /**
         * @param key     the container it concerns, "" for the pod
         * @param retryAt not before; EPOCH for the worker's own back-off
         */
        record Failed(String key, String reason, String message, Instant retryAt) implements Outcome {}
    }

    private static final Outcome DONE = new Outcome.Done("");

    private final Tools tools;
    private final ImagePuller images;
    private final ContainerStopper stopper;
    private final EnvBuilder env;

    PodOperations(Tools tools) {
        this.tools = tools;
        this.images = new ImagePuller(tools.runtime(), tools.events(), tools.environment().clock(),
                tools.references());
        this.stopper = new ContainerStopper(tools);
        this.env = new EnvBuilder(tools.references());
    }

    Outcome run(PodSnapshot now, PodAction action) {
        try {
            return attempt(now, action);
        } catch (StepFailure e) {
            return failed(now, action, e.reason(), e.getMessage());
        } catch (MissingReference e) {
            return failed(now, action, "CreateContainerConfigError", e.getMessage());
        } catch (RuntimeFailure | ApiException | IOException e) {
            return failed(now, action, word(action), String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return failed(now, action, word(action), "interrupted");
        }
    }

    void refresh(PodSnapshot now) throws IOException, InterruptedException {
        tools.volumes().refresh(fields(now));
    }

    RuntimeView view(PodSnapshot now, RuntimeView before) {
        return RuntimeView.fetch(tools.runtime(), now.pod(), before, tools.files());
    }

    private Outcome attempt(PodSnapshot now, PodAction action) throws IOException, InterruptedException {
        ContainerRuntime runtime = tools.runtime();
        return switch (action) {
            case PodAction.Nothing _,PodAction.AwaitWithdrawal _ -> DONE;
            case PodAction.MountVolumes _ -> {
                Files.createDirectories(tools.files().logs(now.pod()));
                tools.volumes().prepare(fields(now));
                yield DONE;
            }
            case PodAction.RunSandbox(int attempt) -> new Outcome.Done(
                    runtime.runSandbox(SandboxSpec.of(now.pod(), attempt, tools.node(), tools.files())));
            case PodAction.StopSandbox(String id) -> {
                runtime.stopSandbox(id);
                yield DONE;
            }
            case PodAction.RemoveSandbox(String id) -> {
                runtime.removeSandbox(id);
                yield DONE;
            }
            case PodAction.PullImage(String name) -> {
                images.ensure(now.pod(), container(now, name));
                yield DONE;
            }
            case PodAction.StartContainer(String name, int attempt) -> new Outcome.Done(start(now, name, attempt));
            case PodAction.PostStart(String name, String id) -> {
                stopper.postStart(now, container(now, name), id);
                yield DONE;
            }
            case PodAction.StopContainers(List<PodAction.Kill> kills, Instant deadline) -> {
                stopper.stop(now, kills, deadline);
                yield DONE;
            }
            case PodAction.RemoveContainer(String id) -> {
                runtime.removeContainer(id);
                yield DONE;
            }
            case PodAction.CleanUp _ -> {
                cleanUp(now);
                yield DONE;
            }
            case PodAction.ConfirmDeleted _ -> {
                if (now.present()) {
                    tools.statuses().writeAndDelete(now.pod(), PodStatusBuilder.build(now, tools.node()));
                }
                yield DONE;
            }
        };
    }

    private String start(PodSnapshot now, String name, int attempt) throws IOException, InterruptedException {
        Pod pod = now.pod();
        Container container = container(now, name);
        SandboxView sandbox = now.sandbox().orElseThrow();
        DownwardFields fields = fields(now);
        Map<String, Path> volumes = tools.volumes().prepare(fields);
        Map<String, String> values = env.build(fields, container);
        List<Mount> mounts = new ContainerMounts(tools.files(), tools.node()).of(pod, container, attempt, volumes,
                new ContainerMounts.Context(values, fields.podIps()));
        ContainerConfig config = ContainerSpec.of(new ContainerSpec.Input(pod, container, attempt,
                images.image(container), values, mounts, tools.node()));
        var sandboxConfig = SandboxSpec.of(pod, sandbox.attempt(), tools.node(), tools.files());
        Files.createDirectories(tools.files().logs(pod).resolve(name));
        String id = create(sandbox, config, sandboxConfig);
        tools.events().normal(pod, name, "Created", "Created container: " + name);
        try {
            tools.runtime().startContainer(id);
        } catch (RuntimeFailure e) {
            throw new StepFailure("RunContainerError", e.getMessage());
        }
        tools.events().normal(pod, name, "Started", "Started container " + name);
        return id;
    }

    private String create(SandboxView sandbox, ContainerConfig config, dev.longshore.cri.v1.PodSandboxConfig pod) {
        try {
            return tools.runtime().createContainer(sandbox.id(), config, pod);
        } catch (RuntimeFailure e) {
            throw new StepFailure("CreateContainerError", e.getMessage());
        }
    }

    private void cleanUp(PodSnapshot now) throws IOException, InterruptedException {
        for (SandboxView sandbox : now.sandboxes()) {
            tools.runtime().stopSandbox(sandbox.id());
            tools.runtime().removeSandbox(sandbox.id());
        }
        tools.volumes().remove(now.pod().getMetadata().getUid());
        FileTree.delete(tools.files().logs(now.pod()));
        tools.cgroups().remove(SandboxSpec.cgroup(now.pod(), tools.node()));
    }

    private DownwardFields fields(PodSnapshot now) {
        return new DownwardFields(now.pod(), PodStatusBuilder.ips(now, tools.node()), tools.node().ips(),
                tools.node().allocatable());
    }

    private static Container container(PodSnapshot now, String name) {
        return PodSpecs.container(now.pod(), name)
                .orElseThrow(() -> new StepFailure("CreateContainerConfigError", "no container " + name));
    }

    private Outcome failed(PodSnapshot now, PodAction action, String reason, String message) {
        String key = switch (action) {
            case PodAction.PullImage(String name) -> name;
            case PodAction.StartContainer(String name, int _) -> name;
            case PodAction.PostStart(String name, String _) -> name;
            case PodAction.Nothing _,PodAction.AwaitWithdrawal _,PodAction.MountVolumes _,PodAction.RunSandbox _,PodAction.StopSandbox _,PodAction.RemoveSandbox _,PodAction.StopContainers _,PodAction.RemoveContainer _,PodAction.CleanUp _,PodAction.ConfirmDeleted _ ->
                PodSnapshot.POD;
        };
        // A failed pull shows as such for a moment; the attempt after it finds the back-off and waits it out.
        Instant retryAt = action instanceof PodAction.PullImage && reason.equals("ImagePullBackOff")
                ? images.retryAt(container(now, key))
                : Instant.EPOCH;
        report(now.pod(), key, action, message);
        return new Outcome.Failed(key, reason, message, retryAt);
    }

    private void report(Pod pod, String key, PodAction action, String message) {
        switch (action) {
            case PodAction.MountVolumes _ -> tools.events().warning(pod, key, "FailedMount",
                    "MountVolume.SetUp failed: " + message);
            case PodAction.RunSandbox _ -> tools.events().warning(pod, key, "FailedCreatePodSandBox",
                    "Failed to create pod sandbox: " + message);
            case PodAction.StartContainer _ -> tools.events().warning(pod, key, "Failed", "Error: " + message);
            case PodAction.StopContainers _,PodAction.StopSandbox _,PodAction.CleanUp _ ->
                tools.events().warning(pod, key, "FailedKillPod", "error killing pod: " + message);
            case PodAction.Nothing _,PodAction.AwaitWithdrawal _,PodAction.RemoveSandbox _,PodAction.PullImage _,PodAction.PostStart _,PodAction.RemoveContainer _,PodAction.ConfirmDeleted _ ->
                {
                }
        }
    }

    private static String word(PodAction action) {
        return switch (action) {
            case PodAction.PullImage _ -> "ImageInspectError";
            case PodAction.StartContainer _ -> "CreateContainerError";
            case PodAction.RunSandbox _,PodAction.MountVolumes _ -> "ContainerCreating";
            case PodAction.PostStart _ -> "PostStartHookError";
            case PodAction.Nothing _,PodAction.AwaitWithdrawal _,PodAction.StopSandbox _,PodAction.RemoveSandbox _,PodAction.StopContainers _,PodAction.RemoveContainer _,PodAction.CleanUp _,PodAction.ConfirmDeleted _ ->
                "KillContainerError";
        };
    }
}
