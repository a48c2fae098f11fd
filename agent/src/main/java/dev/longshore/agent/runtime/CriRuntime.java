package dev.longshore.agent.runtime;

import dev.longshore.containerd.events.v1.EventsGrpc;
import dev.longshore.containerd.events.v1.Envelope;
import dev.longshore.containerd.events.v1.SubscribeRequest;
import dev.longshore.cri.v1.AttachRequest;
import dev.longshore.cri.v1.AuthConfig;
import dev.longshore.cri.v1.ContainerConfig;
import dev.longshore.cri.v1.ContainerStatusRequest;
import dev.longshore.cri.v1.CreateContainerRequest;
import dev.longshore.cri.v1.ExecRequest;
import dev.longshore.cri.v1.ExecSyncRequest;
import dev.longshore.cri.v1.ExecSyncResponse;
import dev.longshore.cri.v1.ImageServiceGrpc;
import dev.longshore.cri.v1.ImageSpec;
import dev.longshore.cri.v1.ImageStatusRequest;
import dev.longshore.cri.v1.ImageStatusResponse;
import dev.longshore.cri.v1.ListContainerStatsRequest;
import dev.longshore.cri.v1.ListContainersRequest;
import dev.longshore.cri.v1.ListImagesRequest;
import dev.longshore.cri.v1.ListPodSandboxRequest;
import dev.longshore.cri.v1.PodSandboxConfig;
import dev.longshore.cri.v1.PodSandboxStatusRequest;
import dev.longshore.cri.v1.PortForwardRequest;
import dev.longshore.cri.v1.PullImageRequest;
import dev.longshore.cri.v1.RemoveContainerRequest;
import dev.longshore.cri.v1.RemoveImageRequest;
import dev.longshore.cri.v1.RemovePodSandboxRequest;
import dev.longshore.cri.v1.ReopenContainerLogRequest;
import dev.longshore.cri.v1.RunPodSandboxRequest;
import dev.longshore.cri.v1.RuntimeServiceGrpc;
import dev.longshore.cri.v1.StartContainerRequest;
import dev.longshore.cri.v1.StatusRequest;
import dev.longshore.cri.v1.StopContainerRequest;
import dev.longshore.cri.v1.StopPodSandboxRequest;
import dev.longshore.cri.v1.VersionRequest;
import dev.longshore.cri.v1.VersionResponse;
import io.grpc.Context;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The runtime behind a CRI socket. Changes are heard from containerd's own event stream, because CRI's exists only
 * since
 * containerd 1.7; on another runtime the subscription ends at once and the lists remain.
 */
public final class CriRuntime implements ContainerRuntime {
    private static final Duration CALL_LIMIT = Duration.ofSeconds(30);
    private static final Duration SANDBOX_LIMIT = Duration.ofMinutes(4);
    private static final Duration PULL_LIMIT = Duration.ofMinutes(30);
    private static final String TASK_EVENTS = "topic~=\"^/tasks/(exit|oom|start|create|delete)\",namespace==\"k8s.io\"";

    private final ManagedChannel channel;

    public CriRuntime(ManagedChannel channel) {
        this.channel = channel;
    }

    @Override
    public RuntimeVersion version() {
        VersionResponse answer = call(() -> runtime(CALL_LIMIT).version(VersionRequest.getDefaultInstance()));
        return new RuntimeVersion(answer.getRuntimeName(), answer.getRuntimeVersion().replaceFirst("~.*", ""));
    }

    @Override
    public RuntimeCondition condition() {
        var status = call(() -> runtime(CALL_LIMIT).status(StatusRequest.getDefaultInstance())).getStatus();
        return CriViews.condition(status);
    }

    @Override
    public String runSandbox(PodSandboxConfig config) {
        var request = RunPodSandboxRequest.newBuilder().setConfig(config).build();
        return call(() -> runtime(SANDBOX_LIMIT).runPodSandbox(request)).getPodSandboxId();
    }

    @Override
    public void stopSandbox(String id) {
        var request = StopPodSandboxRequest.newBuilder().setPodSandboxId(id).build();
        unlessGone(() -> runtime(SANDBOX_LIMIT).stopPodSandbox(request));
    }

    @Override
    public void removeSandbox(String id) {
        var request = RemovePodSandboxRequest.newBuilder().setPodSandboxId(id).build();
        unlessGone(() -> runtime(SANDBOX_LIMIT).removePodSandbox(request));
    }

    @Override
    public Optional<SandboxView> sandbox(String id) {
        var request = PodSandboxStatusRequest.newBuilder().setPodSandboxId(id).build();
        return found(() -> runtime(CALL_LIMIT).podSandboxStatus(request))
                .map(answer -> CriViews.sandbox(answer.getStatus()));
    }

    @Override
    public List<SandboxView> sandboxes() {
        return call(() -> runtime(CALL_LIMIT).listPodSandbox(ListPodSandboxRequest.getDefaultInstance()))
                .getItemsList().stream().map(CriViews::sandbox).toList();
    }

    @Override
    public String createContainer(String sandboxId, ContainerConfig config, PodSandboxConfig sandboxConfig) {
        var request = CreateContainerRequest.newBuilder().setPodSandboxId(sandboxId).setConfig(config)
                .setSandboxConfig(sandboxConfig).build();
        return call(() -> runtime(SANDBOX_LIMIT).createContainer(request)).getContainerId();
    }

    @Override
    public void startContainer(String id) {
        var request = StartContainerRequest.newBuilder().setContainerId(id).build();
        call(() -> runtime(SANDBOX_LIMIT).startContainer(request));
    }

    @Override
    public void stopContainer(String id, Duration grace) {
        // CRI counts whole seconds; 0 kills at once, so a fraction must not become 0.
        long seconds = grace.plusMillis(999).toSeconds();
        var request = StopContainerRequest.newBuilder().setContainerId(id).setTimeout(seconds).build();
        unlessGone(() -> runtime(SANDBOX_LIMIT.plusSeconds(seconds)).stopContainer(request));
    }

    @Override
    public void removeContainer(String id) {
        var request = RemoveContainerRequest.newBuilder().setContainerId(id).build();
        unlessGone(() -> runtime(SANDBOX_LIMIT).removeContainer(request));
    }

    @Override
    public List<ContainerView> containers() {
        return call(() -> runtime(CALL_LIMIT).listContainers(ListContainersRequest.getDefaultInstance()))
                .getContainersList().stream().map(CriViews::container).toList();
    }

    @Override
    public Optional<ContainerView> container(String id) {
        // The status does not say in which sandbox the container is; the list does.
        var request = ContainerStatusRequest.newBuilder().setContainerId(id).build();
        return found(() -> runtime(CALL_LIMIT).containerStatus(request))
                .flatMap(answer -> listed(id).map(item -> CriViews.container(item, answer.getStatus())));
    }

    private Optional<dev.longshore.cri.v1.Container> listed(String id) {
        var request = ListContainersRequest.newBuilder();
        request.getFilterBuilder().setId(id);
        return call(() -> runtime(CALL_LIMIT).listContainers(request.build())).getContainersList().stream().findFirst();
    }

    @Override
    public ExecResult exec(String containerId, List<String> command, Duration limit) {
        long seconds = Math.max(1, limit.plusMillis(999).toSeconds());
        var request = ExecSyncRequest.newBuilder().setContainerId(containerId).addAllCmd(command).setTimeout(seconds);
        ExecSyncResponse answer = call(() -> runtime(CALL_LIMIT.plus(limit)).execSync(request.build()));
        return new ExecResult(answer.getExitCode(), answer.getStdout(), answer.getStderr());
    }

    @Override
    public String execUrl(String containerId, List<String> command, StreamOptions streams) {
        var request = ExecRequest.newBuilder().setContainerId(containerId).addAllCmd(command)
                .setStdin(streams.stdin()).setStdout(streams.stdout()).setStderr(streams.stderr())
                .setTty(streams.tty()).build();
        return call(() -> runtime(CALL_LIMIT).exec(request)).getUrl();
    }

    @Override
    public String attachUrl(String containerId, StreamOptions streams) {
        var request = AttachRequest.newBuilder().setContainerId(containerId).setStdin(streams.stdin())
                .setStdout(streams.stdout()).setStderr(streams.stderr()).setTty(streams.tty()).build();
        return call(() -> runtime(CALL_LIMIT).attach(request)).getUrl();
    }

    @Override
    public String portForwardUrl(String sandboxId, int port) {
        var request = PortForwardRequest.newBuilder().setPodSandboxId(sandboxId).addPort(port).build();
        return call(() -> runtime(CALL_LIMIT).portForward(request)).getUrl();
    }

    @Override
    public void reopenLog(String containerId) {
        var request = ReopenContainerLogRequest.newBuilder().setContainerId(containerId).build();
        call(() -> runtime(CALL_LIMIT).reopenContainerLog(request));
    }

    @Override
    public Optional<ImageView> image(String reference) {
        var request = ImageStatusRequest.newBuilder().setImage(spec(reference)).build();
        return found(() -> images(CALL_LIMIT).imageStatus(request)).filter(ImageStatusResponse::hasImage)
                .map(answer -> CriViews.image(answer.getImage()));
    }

    @Override
    public List<ImageView> images() {
        return call(() -> images(CALL_LIMIT).listImages(ListImagesRequest.getDefaultInstance())).getImagesList()
                .stream().map(CriViews::image).toList();
    }

    @Override
    public String pullImage(String reference, AuthConfig auth) {
        var request = PullImageRequest.newBuilder().setImage(spec(reference)).setAuth(auth).build();
        return call(() -> images(PULL_LIMIT).pullImage(request)).getImageRef();
    }

    @Override
    public void removeImage(String reference) {
        var request = RemoveImageRequest.newBuilder().setImage(spec(reference)).build();
        unlessGone(() -> images(CALL_LIMIT).removeImage(request));
    }

    @Override
    public List<ContainerUsage> usage() {
        return call(() -> runtime(CALL_LIMIT).listContainerStats(ListContainerStatsRequest.getDefaultInstance()))
                .getStatsList().stream().map(CriViews::usage).toList();
    }

    @Override
    public Subscription onChange(Runnable listener) {
        Context.CancellableContext context = Context.current().withCancellation();
        context.run(() -> EventsGrpc.newStub(channel)
                .subscribe(SubscribeRequest.newBuilder().addFilters(TASK_EVENTS).build(), new Changes(listener)));
        return () -> context.cancel(null);
    }

    private static ImageSpec spec(String reference) {
        return ImageSpec.newBuilder().setImage(reference).build();
    }

    private RuntimeServiceGrpc.RuntimeServiceBlockingStub runtime(Duration limit) {
        return RuntimeServiceGrpc.newBlockingStub(channel).withDeadlineAfter(limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    private ImageServiceGrpc.ImageServiceBlockingStub images(Duration limit) {
        return ImageServiceGrpc.newBlockingStub(channel).withDeadlineAfter(limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static <T> T call(Supplier<T> action) {
        try {
            return action.get();
        } catch (StatusRuntimeException e) {
            throw CriViews.failure(e);
        }
    }

    private static <T> Optional<T> found(Supplier<T> action) {
        try {
            return Optional.of(call(action));
        } catch (RuntimeFailure e) {
            if (e.kind() == RuntimeFailure.Kind.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static void unlessGone(Supplier<?> action) {
        found(action);
    }

    /** Passes every event on as "something changed", and its own end too: that is when changes may be missed. */
    private record Changes(Runnable listener) implements StreamObserver<Envelope> {
        @Override
        public void onNext(Envelope event) {
            listener.run();
        }

        @Override
        public void onError(Throwable cause) {
            listener.run();
        }

        @Override
        public void onCompleted() {
            listener.run();
        }
    }
}
