package dev.longshore.agent.runtime;

import dev.longshore.cri.v1.Container;
import dev.longshore.cri.v1.ContainerState;
import dev.longshore.cri.v1.ContainerStats;
import dev.longshore.cri.v1.ContainerStatus;
import dev.longshore.cri.v1.Image;
import dev.longshore.cri.v1.PodIP;
import dev.longshore.cri.v1.PodSandbox;
import dev.longshore.cri.v1.PodSandboxMetadata;
import dev.longshore.cri.v1.PodSandboxState;
import dev.longshore.cri.v1.PodSandboxStatus;
import dev.longshore.cri.v1.RuntimeStatus;
import io.grpc.StatusRuntimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Turns CRI's answers into our records. */
final class CriViews {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final int NO_USER = -1;

    private CriViews() {
    }

    static RuntimeCondition condition(RuntimeStatus status) {
        boolean runtime = isTrue(status, "RuntimeReady");
        boolean network = isTrue(status, "NetworkReady");
        String message = status.getConditionsList().stream().filter(item -> !item.getStatus())
                .map(item -> item.getType() + " is false: " + item.getReason() + ": " + item.getMessage())
                .collect(Collectors.joining("; "));
        return new RuntimeCondition(runtime, network, message);
    }

    private static boolean isTrue(RuntimeStatus status, String type) {
        return status.getConditionsList().stream().anyMatch(item -> item.getType().equals(type) && item.getStatus());
    }

    static SandboxView sandbox(PodSandbox item) {
        return sandbox(item.getId(), item.getMetadata(), item.getState(), item.getCreatedAt(), List.of());
    }

    static SandboxView sandbox(PodSandboxStatus status) {
        List<String> ips = new ArrayList<>();
        if (!status.getNetwork().getIp().isEmpty()) {
            ips.add(status.getNetwork().getIp());
        }
        status.getNetwork().getAdditionalIpsList().stream().map(PodIP::getIp).forEach(ips::add);
        return sandbox(status.getId(), status.getMetadata(), status.getState(), status.getCreatedAt(), ips);
    }

    private static SandboxView sandbox(String id, PodSandboxMetadata metadata, PodSandboxState state, long createdAt,
            List<String> ips) {
        return new SandboxView(id, metadata.getUid(), metadata.getNamespace(), metadata.getName(),
                metadata.getAttempt(), state == PodSandboxState.SANDBOX_READY, instant(createdAt), ips);
    }

    static ContainerView container(Container item) {
        return new ContainerView(item.getId(), item.getPodSandboxId(), item.getLabelsOrDefault(Labels.POD_UID, ""),
                item.getMetadata().getName(), item.getMetadata().getAttempt(), state(item.getState()),
                instant(item.getCreatedAt()), Instant.EPOCH, Instant.EPOCH, 0, "", "", item.getImage().getImage(),
                item.getImageRef(), "");
    }

    static ContainerView container(Container item, ContainerStatus status) {
        return new ContainerView(item.getId(), item.getPodSandboxId(), item.getLabelsOrDefault(Labels.POD_UID, ""),
                item.getMetadata().getName(), item.getMetadata().getAttempt(), state(status.getState()),
                instant(status.getCreatedAt()), instant(status.getStartedAt()), instant(status.getFinishedAt()),
                status.getExitCode(), status.getReason(), status.getMessage(), status.getImage().getImage(),
                status.getImageRef(), status.getLogPath());
    }

    private static ContainerView.State state(ContainerState state) {
        return switch (state) {
            case CONTAINER_CREATED -> ContainerView.State.CREATED;
            case CONTAINER_RUNNING -> ContainerView.State.RUNNING;
            case CONTAINER_EXITED -> ContainerView.State.EXITED;
            case CONTAINER_UNKNOWN, UNRECOGNIZED -> ContainerView.State.UNKNOWN;
        };
    }

    static ImageView image(Image image) {
        return new ImageView(image.getId(), image.getRepoTagsList(), image.getRepoDigestsList(), image.getSize(),
                image.hasUid() ? image.getUid().getValue() : NO_USER, image.getUsername());
    }

    static ContainerUsage usage(ContainerStats stats) {
        return new ContainerUsage(stats.getAttributes().getId(),
                stats.getCpu().getUsageCoreNanoSeconds().getValue(),
                stats.getMemory().getWorkingSetBytes().getValue());
    }

    static RuntimeFailure failure(StatusRuntimeException cause) {
        RuntimeFailure.Kind kind = switch (cause.getStatus().getCode()) {
            case NOT_FOUND -> RuntimeFailure.Kind.NOT_FOUND;
            case ALREADY_EXISTS -> RuntimeFailure.Kind.ALREADY_EXISTS;
            case INVALID_ARGUMENT, FAILED_PRECONDITION, OUT_OF_RANGE -> RuntimeFailure.Kind.INVALID;
            case UNIMPLEMENTED -> RuntimeFailure.Kind.UNIMPLEMENTED;
            case UNAVAILABLE, CANCELLED -> RuntimeFailure.Kind.UNAVAILABLE;
            case DEADLINE_EXCEEDED -> RuntimeFailure.Kind.DEADLINE;
            case OK, UNKNOWN, PERMISSION_DENIED, RESOURCE_EXHAUSTED, ABORTED, INTERNAL, DATA_LOSS,
                    UNAUTHENTICATED ->
                RuntimeFailure.Kind.OTHER;
        };
        String text = cause.getStatus().getDescription();
        return new RuntimeFailure(kind, text == null ? cause.getStatus().getCode().name() : text);
    }

    private static Instant instant(long nanos) {
        return Instant.ofEpochSecond(nanos / NANOS_PER_SECOND, nanos % NANOS_PER_SECOND);
    }
}
