package dev.longshore.agent.pods;

import dev.longshore.agent.probes.ProbeSet;
import dev.longshore.agent.probes.Prober;
import dev.longshore.agent.runtime.ContainerView;
import dev.longshore.api.core.v1.Container;
import dev.longshore.api.core.v1.ContainerStatus;
import dev.longshore.api.core.v1.PodStatus;
import dev.longshore.common.loop.EventLoop;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The probes of one pod: they run for just the containers that run. All methods run on the loop of the worker. */
final class PodProbes {
    private final PodOperations.Tools tools;
    private final EventLoop loop;
    private final Supplier<PodSnapshot> now;
    private final PodStatus inherited;
    private final Runnable onVerdict;
    private final Map<String, ProbeSet> sets = new HashMap<>();
    private final Set<String> condemned = new HashSet<>();

    /** @param inherited what an earlier agent reported: its containers go on from there */
    PodProbes(PodOperations.Tools tools, EventLoop loop, Supplier<PodSnapshot> now, PodStatus inherited,
            Runnable onVerdict) {
        this.tools = tools;
        this.loop = loop;
        this.now = now;
        this.inherited = inherited;
        this.onVerdict = onVerdict;
    }

    /** A container whose postStart hook failed is not alive, whatever its probes say. */
    void condemn(String containerId) {
        condemned.add(containerId);
    }

    /** Starts and stops probes as containers come and go; one with a pending postStart hook is not probed yet. */
    void follow() {
        PodSnapshot snapshot = now.get();
        Set<String> running = new HashSet<>();
        for (ContainerView container : snapshot.containers()) {
            if (container.running() && !snapshot.hooks().contains(container.id())) {
                running.add(container.id());
                if (!sets.containsKey(container.id())) {
                    PodSpecs.container(snapshot.pod(), container.name())
                            .ifPresent(spec -> start(snapshot, container, spec));
                }
            }
        }
        sets.entrySet().removeIf(entry -> {
            if (!running.contains(entry.getKey())) {
                entry.getValue().stop();
            }
            return !running.contains(entry.getKey());
        });
        condemned.retainAll(running);
    }

    private void start(PodSnapshot snapshot, ContainerView container, Container spec) {
        if (!spec.hasStartupProbe() && !spec.hasLivenessProbe() && !spec.hasReadinessProbe()) {
            return;
        }
        String ip = PodStatusBuilder.ips(snapshot, tools.node()).stream().findFirst().orElse("");
        ProbeSet set = new ProbeSet(new Prober.Target(container.id(), spec, ip), tools.prober(), tools.environment(),
                loop, new Probed(container.name()));
        sets.put(container.id(), set);
        Optional<ContainerStatus> known = Stream
                .concat(inherited.getContainerStatusesList().stream(),
                        inherited.getInitContainerStatusesList().stream())
                .filter(status -> status.getContainerID().endsWith("/" + container.id())).findFirst();
        set.start(container.startedAt(), known.isPresent(), known.map(ContainerStatus::getStarted).orElse(false),
                known.map(ContainerStatus::getReady).orElse(false));
    }

    private final class Probed implements ProbeSet.Listener {
        private final String container;

        Probed(String container) {
            this.container = container;
        }

        @Override
        public void onVerdict() {
            onVerdict.run();
        }

        @Override
        public void onFailure(ProbeSet.Kind kind, String message) {
            tools.events().warning(now.get().pod(), container, "Unhealthy",
                    kind.text() + " probe failed: " + message);
        }
    }

    /** By container id. */
    Map<String, Health> health() {
        Map<String, Health> health = new HashMap<>();
        sets.forEach((id, set) -> health.put(id, new Health(set.started(), set.ready(), set.live())));
        condemned.forEach(id -> health.put(id, new Health(false, false, false)));
        return health;
    }

    void stop() {
        sets.values().forEach(ProbeSet::stop);
        sets.clear();
    }
}
