package dev.longshore.agent.pods;

import dev.longshore.agent.cgroups.Cgroups;
import dev.longshore.agent.env.References;
import dev.longshore.agent.pods.PodOperations.Tools;
import dev.longshore.agent.probes.Prober;
import dev.longshore.agent.runtime.ContainerRuntime;
import dev.longshore.agent.runtime.ContainerView;
import dev.longshore.agent.runtime.SandboxView;
import dev.longshore.agent.volumes.PodVolumes;
import dev.longshore.api.core.v1.Pod;
import dev.longshore.api.meta.v1.ObjectMeta;
import dev.longshore.client.ApiClient;
import dev.longshore.client.informer.ChangeListener;
import dev.longshore.common.loop.EventLoop;
import dev.longshore.common.time.Environment;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The workers of all pods of this node, by uid. Changes come from any thread and are handled on the loop, which owns
 * every worker.
 */
public final class PodWorkers implements ChangeListener<Pod> {
    /** How often contents of volumes are compared with the API. */
    private static final Duration REFRESH_PERIOD = Duration.ofSeconds(15);
    /** The bounds of the kubelet's histogram of the same name. */
    private static final Duration[] START_BUCKETS = Stream.of(0.5, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0, 20.0, 30.0,
            45.0, 60.0, 120.0, 180.0, 240.0, 300.0, 360.0, 480.0, 600.0, 900.0, 1200.0, 1800.0, 2700.0, 3600.0)
            .map(seconds -> Duration.ofMillis((long) (seconds * 1000))).toArray(Duration[]::new);

    private final Map<String, PodWorker> workers = new HashMap<>();
    private final Map<String, PodSummary> summaries = new ConcurrentHashMap<>();
    private final Tools tools;
    private final PodOperations operations;
    private final WithdrawalGate gate;
    private final EventLoop loop;
    private volatile Consumer<Duration> startDurations = _ -> {
    };
    private Map<String, SandboxView> inRuntime = Map.of();
    private boolean synced;
    private boolean stopped;

    /** What workers work with. */
    public record Parts(ContainerRuntime runtime, PodVolumes volumes, References references, Prober prober,
            PodEvents events, PodFiles files, NodeFacts node, Cgroups cgroups, ApiClient client,
            Environment environment) {}

    public PodWorkers(Parts parts, WithdrawalGate gate, EventLoop loop) {
        this.tools = new Tools(parts.runtime(), parts.volumes(), parts.references(), parts.prober(), parts.events(),
                parts.files(), parts.node(), parts.cgroups(), new StatusWriter(parts.client()), parts.environment());
        this.operations = new PodOperations(tools);
        this.gate = gate;
        this.loop = new LenientLoop(loop, parts.environment().timers());
    }

    /** What other threads may read about a pod here. */
    public record PodSummary(Pod pod, List<SandboxView> sandboxes, List<ContainerView> containers) {}

    /** Registers meters under the kubelet's names. */
    public void bind(MeterRegistry registry) {
        Gauge.builder("kubelet_running_pods", summaries, map -> map.values().stream()
                .filter(pod -> pod.sandboxes().stream().anyMatch(SandboxView::ready)).count()).register(registry);
        Gauge.builder("kubelet_running_containers", summaries, map -> map.values().stream()
                .flatMap(pod -> pod.containers().stream()).filter(ContainerView::running).count())
                .tag("container_state", "running").register(registry);
        startDurations = Timer.builder("kubelet_pod_start_duration").serviceLevelObjectives(START_BUCKETS)
                .register(registry)::record;
    }

    /** Begins to refresh volumes from time to time. */
    public void start() {
        loop.postAfter(REFRESH_PERIOD, this::refreshAll);
    }

    /** Leaves all containers as they are and does nothing more. */
    public void stop() {
        loop.post(() -> {
            stopped = true;
            workers.values().forEach(PodWorker::abandon);
        });
    }

    /** The pods of this node as last seen. May be called from any thread. */
    public List<PodSummary> summaries() {
        return List.copyOf(summaries.values());
    }

    public Optional<PodSummary> summary(String uid) {
        return Optional.ofNullable(summaries.get(uid));
    }

    @Override
    public void onChange(Optional<Pod> before, Optional<Pod> after) {
        loop.post(() -> {
            before.filter(old -> after.filter(now -> same(old, now)).isEmpty()).ifPresent(this::removed);
            after.ifPresent(this::changed);
        });
    }

    @Override
    public void onSynced() {
        loop.post(() -> {
            synced = true;
            endOrphans();
        });
    }

    private static boolean same(Pod left, Pod right) {
        return left.getMetadata().getUid().equals(right.getMetadata().getUid());
    }

    /** The runtime's pods with something new; {@code all} are those that it has at all. */
    public void runtimeChanged(Set<String> changed, Map<String, SandboxView> all) {
        loop.post(() -> {
            if (stopped) {
                return;
            }
            inRuntime = all;
            changed.stream().map(workers::get).filter(worker -> worker != null).toList()
                    .forEach(this::runtimeChanged);
            endOrphans();
        });
    }

    /** Only once all pods are known: until then, whatever runs may be wanted. */
    private void endOrphans() {
        if (synced && !stopped) {
            Set<String> unknown = new HashSet<>(inRuntime.keySet());
            unknown.removeAll(workers.keySet());
            unknown.forEach(uid -> adopt(inRuntime.get(uid)));
        }
    }

    private void runtimeChanged(PodWorker worker) {
        worker.runtimeChanged();
        summarize(worker);
    }

    private void changed(Pod pod) {
        if (stopped) {
            return;
        }
        String uid = pod.getMetadata().getUid();
        PodWorker worker = workers.get(uid);
        if (worker == null) {
            worker = create(pod, true);
            worker.advance();
        } else if (PodWorker.version(pod) >= PodWorker.version(worker.pod())) {
            worker.update(pod);
        }
        if (!worker.gone()) {
            summarize(worker);
        }
    }

    private void removed(Pod pod) {
        PodWorker worker = workers.get(pod.getMetadata().getUid());
        if (worker != null && !stopped) {
            worker.removed();
        }
    }

    /** Something runs that the API does not want: end it. */
    private void adopt(SandboxView sandbox) {
        Pod pod = Pod.newBuilder().setMetadata(ObjectMeta.newBuilder().setName(sandbox.podName())
                .setNamespace(sandbox.namespace()).setUid(sandbox.podUid())).build();
        create(pod, false).advance();
    }

    private PodWorker create(Pod pod, boolean present) {
        String uid = pod.getMetadata().getUid();
        PodWorker worker = new PodWorker(new PodWorker.Shared(operations, tools, gate, loop, () -> forget(uid),
                this::summarize, this::started), pod, present);
        workers.put(uid, worker);
        return worker;
    }

    private void started(Duration duration) {
        startDurations.accept(duration);
    }

    private void forget(String uid) {
        workers.remove(uid);
        summaries.remove(uid);
    }

    private void summarize(PodWorker worker) {
        summaries.put(worker.pod().getMetadata().getUid(),
                new PodSummary(worker.pod(), worker.view().sandboxes(), worker.view().containers()));
    }

    private void refreshAll() {
        if (stopped) {
            return;
        }
        for (PodWorker worker : List.copyOf(workers.values())) {
            if (worker.pod().getSpec().getVolumesCount() > 0) {
                worker.refresh();
            }
        }
        loop.postAfter(REFRESH_PERIOD, this::refreshAll);
    }
}
