package dev.longshore.agent.runtime;

import com.google.protobuf.ByteString;
import dev.longshore.common.time.Clock;
import dev.longshore.cri.v1.AuthConfig;
import dev.longshore.cri.v1.ContainerConfig;
import dev.longshore.cri.v1.PodSandboxConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A runtime in memory: containers run until they are stopped or {@link #exit} ends them. Every image that was added is
 * here, every other one cannot be pulled. Calls never wait; listeners are called before a call returns.
 */
public final class FakeRuntime implements ContainerRuntime {
    private static final int TERMINATED_BY_SIGTERM = 143;
    private static final int KILLED = 137;
    private static final int ADDRESSES_PER_BYTE = 250;

    private final Clock clock;
    private final String addressPrefix;
    private final Map<String, SandboxView> sandboxes = new LinkedHashMap<>();
    private final Map<String, ContainerView> containers = new LinkedHashMap<>();
    private final Set<String> images = new LinkedHashSet<>();
    private final Set<Runnable> listeners = new LinkedHashSet<>();
    private RuntimeCondition condition = RuntimeCondition.READY;
    private long made;

    /** @param addressPrefix of pods' addresses, two bytes: {@code 10.1} */
    public FakeRuntime(Clock clock, String addressPrefix) {
        this.clock = clock;
        this.addressPrefix = addressPrefix;
    }

    public synchronized void addImage(String name) {
        images.add(name);
    }

    public synchronized void setCondition(RuntimeCondition condition) {
        this.condition = condition;
    }

    /** Ends a container's process. */
    public void exit(String containerId, int code) {
        synchronized (this) {
            ContainerView view = requireContainer(containerId);
            if (view.running()) {
                end(view, code);
            }
        }
        changed();
    }

    /** Ends everything, as a reboot does; what was made is still listed. */
    public void reboot() {
        synchronized (this) {
            List.copyOf(containers.values()).stream().filter(ContainerView::running).forEach(view -> end(view, KILLED));
            sandboxes.replaceAll((_, view) -> unready(view));
        }
        changed();
    }

    @Override
    public RuntimeVersion version() {
        return new RuntimeVersion("fake", "1.0.0");
    }

    @Override
    public synchronized RuntimeCondition condition() {
        return condition;
    }

    @Override
    public String runSandbox(PodSandboxConfig config) {
        String id;
        synchronized (this) {
            var metadata = config.getMetadata();
            id = "sandbox-" + ++made;
            String ip = addressPrefix + "." + made / ADDRESSES_PER_BYTE + "." + (made % ADDRESSES_PER_BYTE + 1);
            sandboxes.put(id, new SandboxView(id, metadata.getUid(), metadata.getNamespace(), metadata.getName(),
                    metadata.getAttempt(), true, clock.now(), List.of(ip)));
        }
        changed();
        return id;
    }

    @Override
    public void stopSandbox(String id) {
        synchronized (this) {
            List.copyOf(containers.values()).stream().filter(view -> view.sandboxId().equals(id) && view.running())
                    .forEach(view -> end(view, KILLED));
            sandboxes.computeIfPresent(id, (_, view) -> unready(view));
        }
        changed();
    }

    private static SandboxView unready(SandboxView view) {
        return new SandboxView(view.id(), view.podUid(), view.namespace(), view.podName(), view.attempt(), false,
                view.createdAt(), List.of());
    }

    @Override
    public void removeSandbox(String id) {
        stopSandbox(id);
        synchronized (this) {
            containers.values().removeIf(view -> view.sandboxId().equals(id));
            sandboxes.remove(id);
        }
        changed();
    }

    @Override
    public synchronized Optional<SandboxView> sandbox(String id) {
        return Optional.ofNullable(sandboxes.get(id));
    }

    @Override
    public synchronized List<SandboxView> sandboxes() {
        return List.copyOf(sandboxes.values());
    }

    @Override
    public String createContainer(String sandboxId, ContainerConfig config, PodSandboxConfig sandboxConfig) {
        String id;
        synchronized (this) {
            if (!sandboxes.containsKey(sandboxId)) {
                throw new RuntimeFailure(RuntimeFailure.Kind.NOT_FOUND, "no sandbox " + sandboxId);
            }
            String image = config.getImage().getImage();
            if (!images.contains(image)) {
                throw new RuntimeFailure(RuntimeFailure.Kind.NOT_FOUND, "no image " + image);
            }
            id = "container-" + ++made;
            containers.put(id, new ContainerView(id, sandboxId, config.getLabelsOrDefault(Labels.POD_UID, ""),
                    config.getMetadata().getName(), config.getMetadata().getAttempt(), ContainerView.State.CREATED,
                    clock.now(), Instant.EPOCH, Instant.EPOCH, 0, "", "", image, image, ""));
        }
        changed();
        return id;
    }

    @Override
    public void startContainer(String id) {
        synchronized (this) {
            containers.put(id, requireContainer(id).started(clock.now()));
        }
        changed();
    }

    @Override
    public void stopContainer(String id, Duration grace) {
        synchronized (this) {
            ContainerView view = containers.get(id);
            if (view != null && view.running()) {
                end(view, grace.isZero() ? KILLED : TERMINATED_BY_SIGTERM);
            }
        }
        changed();
    }

    private void end(ContainerView view, int code) {
        containers.put(view.id(), view.ended(clock.now(), code, code == 0 ? "Completed" : "Error"));
    }

    private ContainerView requireContainer(String id) {
        ContainerView view = containers.get(id);
        if (view == null) {
            throw new RuntimeFailure(RuntimeFailure.Kind.NOT_FOUND, "no container " + id);
        }
        return view;
    }

    @Override
    public void removeContainer(String id) {
        stopContainer(id, Duration.ZERO);
        synchronized (this) {
            containers.remove(id);
        }
        changed();
    }

    @Override
    public synchronized List<ContainerView> containers() {
        return List.copyOf(containers.values());
    }

    @Override
    public synchronized Optional<ContainerView> container(String id) {
        return Optional.ofNullable(containers.get(id));
    }

    @Override
    public synchronized ExecResult exec(String containerId, List<String> command, Duration limit) {
        if (!requireContainer(containerId).running()) {
            throw new RuntimeFailure(RuntimeFailure.Kind.OTHER, "container " + containerId + " does not run");
        }
        return new ExecResult(0, ByteString.EMPTY, ByteString.EMPTY);
    }

    @Override
    public String execUrl(String containerId, List<String> command, StreamOptions streams) {
        throw new RuntimeFailure(RuntimeFailure.Kind.UNIMPLEMENTED, "a fake has no streams");
    }

    @Override
    public String attachUrl(String containerId, StreamOptions streams) {
        throw new RuntimeFailure(RuntimeFailure.Kind.UNIMPLEMENTED, "a fake has no streams");
    }

    @Override
    public String portForwardUrl(String sandboxId, int port) {
        throw new RuntimeFailure(RuntimeFailure.Kind.UNIMPLEMENTED, "a fake has no streams");
    }

    @Override
    public void reopenLog(String containerId) {
        requireContainer(containerId);
    }

    @Override
    public synchronized Optional<ImageView> image(String reference) {
        return images.contains(reference) ? Optional.of(view(reference)) : Optional.empty();
    }

    private static ImageView view(String name) {
        return new ImageView(name, List.of(name), List.of(), 1, -1, "");
    }

    @Override
    public synchronized List<ImageView> images() {
        return images.stream().map(FakeRuntime::view).toList();
    }

    @Override
    public synchronized String pullImage(String reference, AuthConfig auth) {
        if (!images.contains(reference)) {
            throw new RuntimeFailure(RuntimeFailure.Kind.NOT_FOUND, "no registry has " + reference);
        }
        return reference;
    }

    @Override
    public synchronized void removeImage(String reference) {
        images.remove(reference);
    }

    @Override
    public synchronized List<ContainerUsage> usage() {
        return containers.values().stream().filter(ContainerView::running)
                .map(view -> new ContainerUsage(view.id(), 0, 0)).toList();
    }

    @Override
    public synchronized Subscription onChange(Runnable listener) {
        listeners.add(listener);
        return () -> forget(listener);
    }

    private synchronized void forget(Runnable listener) {
        listeners.remove(listener);
    }

    private void changed() {
        List<Runnable> told;
        synchronized (this) {
            told = new ArrayList<>(listeners);
        }
        told.forEach(Runnable::run);
    }
}
