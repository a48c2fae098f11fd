package dev.longshore.agent;

import dev.longshore.agent.logs.LogOptions;
import dev.longshore.agent.logs.LogReader;
import dev.longshore.agent.pods.PodFiles;
import dev.longshore.agent.pods.PodWorkers;
import dev.longshore.agent.pods.PodWorkers.PodSummary;
import dev.longshore.agent.runtime.ContainerRuntime;
import dev.longshore.agent.runtime.ContainerView;
import dev.longshore.agent.tunnel.ContainerLookup;
import dev.longshore.agent.tunnel.LogSource;
import dev.longshore.agent.tunnel.StreamFailure;
import dev.longshore.api.Reason;
import dev.longshore.api.core.v1.Container;
import dev.longshore.common.time.Timers;
import dev.longshore.grpc.v1.LogsRequest;
import dev.longshore.grpc.v1.PodRef;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Containers and logs of this node's pods by the names that the API uses. */
final class PodStreams implements ContainerLookup, LogSource {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final PodWorkers workers;
    private final ContainerRuntime runtime;
    private final PodFiles files;
    private final List<String> nodeIps;
    private final LogReader reader;

    PodStreams(PodWorkers workers, ContainerRuntime runtime, PodFiles files, List<String> nodeIps, Timers timers) {
        this.workers = workers;
        this.runtime = runtime;
        this.files = files;
        this.nodeIps = List.copyOf(nodeIps);
        this.reader = new LogReader(timers);
    }

    @Override
    public String runningContainer(PodRef ref, String container) throws StreamFailure {
        PodSummary pod = find(ref);
        String name = name(pod, container);
        return instances(pod, name).stream().filter(ContainerView::running).map(ContainerView::id).findFirst()
                .orElseThrow(() -> new StreamFailure(Reason.BAD_REQUEST,
                        "container " + name + " in pod " + ref.getName() + " is not running"));
    }

    @Override
    public String podAddress(PodRef ref) throws StreamFailure {
        PodSummary pod = find(ref);
        if (pod.pod().getSpec().getHostNetwork() && !nodeIps.isEmpty()) {
            return nodeIps.getFirst();
        }
        return pod.sandboxes().stream().filter(sandbox -> sandbox.ready() && !sandbox.ips().isEmpty())
                .map(sandbox -> sandbox.ips().getFirst()).findFirst()
                .orElseThrow(() -> new StreamFailure(Reason.BAD_REQUEST, "pod " + ref.getName() + " has no address"));
    }

    @Override
    public void open(LogsRequest request, OutputStream sink)
            throws IOException, InterruptedException, StreamFailure {
        PodSummary pod = find(request.getPod());
        String name = name(pod, request.getContainer());
        Optional<ContainerView> view = instances(pod, name).stream()
                .filter(item -> item.state() != ContainerView.State.CREATED).skip(request.getPrevious() ? 1 : 0)
                .findFirst();
        if (view.isEmpty()) {
            throw new StreamFailure(Reason.BAD_REQUEST, request.getPrevious()
                    ? "previous terminated container \"" + name + "\" in pod \"" + request.getPod().getName()
                            + "\" not found"
                    : "container \"" + name + "\" in pod \"" + request.getPod().getName()
                            + "\" is waiting to start: ContainerCreating");
        }
        Path file = files.logs(pod.pod()).resolve(name).resolve(view.get().attempt() + ".log");
        if (!Files.exists(file)) {
            throw new StreamFailure(Reason.NOT_FOUND, "no log of container \"" + name + "\" is left");
        }
        String id = view.get().id();
        reader.read(file, options(request), () -> running(id), sink);
    }

    private boolean running(String id) {
        return runtime.container(id).filter(ContainerView::running).isPresent();
    }

    private static LogOptions options(LogsRequest request) {
        return new LogOptions(request.getFollow(), request.getTimestamps(), request.getTailLines(),
                request.getLimitBytes(), Instant.ofEpochSecond(request.getSinceNanos() / NANOS_PER_SECOND,
                        request.getSinceNanos() % NANOS_PER_SECOND));
    }

    private PodSummary find(PodRef ref) throws StreamFailure {
        return workers.summaries().stream()
                .filter(pod -> pod.pod().getMetadata().getName().equals(ref.getName())
                        && pod.pod().getMetadata().getNamespace().equals(ref.getNamespace())
                        && (ref.getUid().isEmpty() || pod.pod().getMetadata().getUid().equals(ref.getUid())))
                .findFirst().orElseThrow(() -> new StreamFailure(Reason.NOT_FOUND,
                        "pod \"" + ref.getName() + "\" is not on this node"));
    }

    private static String name(PodSummary pod, String container) throws StreamFailure {
        List<String> names = pod.pod().getSpec().getContainersList().stream().map(Container::getName).toList();
        if (container.isEmpty() && names.size() == 1) {
            return names.getFirst();
        }
        boolean known = names.contains(container) || pod.pod().getSpec().getInitContainersList().stream()
                .anyMatch(item -> item.getName().equals(container));
        if (!known) {
            throw new StreamFailure(Reason.BAD_REQUEST, container.isEmpty()
                    ? "a container name must be specified for pod " + pod.pod().getMetadata().getName()
                            + ", choose one of: " + names
                    : "container " + container + " is not valid for pod " + pod.pod().getMetadata().getName());
        }
        return container;
    }

    private static List<ContainerView> instances(PodSummary pod, String name) {
        return pod.containers().stream().filter(item -> item.name().equals(name))
                .sorted(Comparator.comparingInt(ContainerView::attempt).reversed()).toList();
    }
}
