package dev.longshore.controllers.simulated;

import dev.longshore.api.ApiException;
import dev.longshore.api.ObjectKey;
import dev.longshore.api.ResourceTypes;
import dev.longshore.api.core.v1.Node;
import dev.longshore.api.core.v1.NodeCondition;
import dev.longshore.api.core.v1.Pod;
import dev.longshore.api.core.v1.PodCondition;
import dev.longshore.api.meta.v1.ObjectMeta;
import dev.longshore.api.values.Times;
import dev.longshore.client.DeleteQuery;
import dev.longshore.client.LeaderTerm;
import dev.longshore.client.PodPlacement;
import dev.longshore.client.Query;
import dev.longshore.client.WatchEvent;
import dev.longshore.client.WatchListener;
import dev.longshore.client.fake.FakeApiClient;
import dev.longshore.client.fake.SimulatedTime;
import dev.longshore.controllers.ControllerConfig;
import dev.longshore.controllers.ControllerManager;
import dev.longshore.controllers.Election;
import dev.longshore.controllers.objects.Pods;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** The controllers, the API, and one thing that places, starts and stops pods. */
public final class SimulatedCluster {
    private static final int STEP_LIMIT_MILLIS = 500;
    private static final Duration HEARTBEAT = Duration.ofSeconds(10);

    public final SimulatedTime time;
    public final FakeApiClient api;
    private ControllerManager manager;
    private ShakyClient client;
    private boolean broken;
    private boolean silent;

    public SimulatedCluster(long seed) {
        time = new SimulatedTime(seed);
        api = new FakeApiClient(time.environment().clock(), time.environment().randomness());
        api.create(ResourceTypes.NODES, Node.newBuilder().setMetadata(ObjectMeta.newBuilder().setName("node-0"))
                .build());
        beat();
        api.watch(ResourceTypes.PODS, Query.all(), "", new Kubelet());
        boot(Integer.MAX_VALUE);
    }

    /** Starts the controllers anew; what ran before is dead. */
    public void boot(int writesLeft) {
        if (manager != null) {
            client.kill();
            manager.beginStop();
        }
        client = new ShakyClient(api, time, writesLeft);
        manager = new ControllerManager(ControllerConfig.defaults("ca"), client, time.environment(),
                new SimpleMeterRegistry(), Election.none());
        try {
            manager.start();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    public boolean dead() {
        return client.dead();
    }

    /** New pods never become ready. */
    public void breakImages(boolean value) {
        broken = value;
    }

    public void silenceNode() {
        silent = true;
    }

    public List<Pod> pods() {
        return api.list(ResourceTypes.PODS, Query.all()).items();
    }

    public List<Pod> activePods() {
        return pods().stream().filter(Pods::active).toList();
    }

    private void beat() {
        if (!silent) {
            Node.Builder node = api.get(ResourceTypes.NODES, ObjectKey.cluster("node-0")).toBuilder();
            node.getStatusBuilder().clearConditions().addConditions(NodeCondition.newBuilder().setType("Ready")
                    .setStatus("True").setLastHeartbeatTime(Times.time(time.now())));
            api.updateStatus(ResourceTypes.NODES, node.build());
            time.after(HEARTBEAT, this::beat);
        }
    }

    private void later(Pod pod, Consumer<Pod> step) {
        ObjectKey key = ResourceTypes.PODS.key(pod);
        time.after(Duration.ofMillis(time.below(STEP_LIMIT_MILLIS)), () -> {
            try {
                Pod now = api.get(ResourceTypes.PODS, key);
                if (now.getMetadata().getUid().equals(pod.getMetadata().getUid())) {
                    step.accept(now);
                }
            } catch (ApiException e) {
                // The pod is gone, which is the other way for a step to be done.
            }
        });
    }

    private void start(Pod pod) {
        if (silent || pod.getMetadata().hasDeletionTimestamp()) {
            return;
        }
        Pod running = Pods.withCondition(pod, PodCondition.newBuilder().setType("Ready")
                .setStatus(broken ? "False" : "True").build(), time.now());
        Pod.Builder builder = running.toBuilder();
        builder.getStatusBuilder().setPhase("Running").setPodIP("10.244.0." + (1 + time.below(250)));
        api.updateStatus(ResourceTypes.PODS, builder.build());
    }

    private final class Kubelet implements WatchListener<Pod> {
        @Override
        public void onEvent(WatchEvent<Pod> event) {
            switch (event) {
                case WatchEvent.Added<Pod>(Pod pod) -> later(pod,
                        p -> api.bind(
                                List.of(new PodPlacement(ResourceTypes.PODS.key(p), p.getMetadata().getUid(),
                                        "node-0")),
                                LeaderTerm.ALWAYS));
                case WatchEvent.Modified<Pod>(Pod pod) -> {
                    if (pod.getMetadata().hasDeletionTimestamp()) {
                        if (!silent) {
                            later(pod, p -> api.delete(ResourceTypes.PODS, ResourceTypes.PODS.key(p),
                                    DeleteQuery.now(p.getMetadata().getUid())));
                        }
                    } else if (pod.getStatus().getPhase().equals("Pending")) {
                        later(pod, SimulatedCluster.this::start);
                    }
                }
                case WatchEvent.Deleted<Pod> _ -> {
                }
                case WatchEvent.Bookmark<Pod> _ -> {
                }
            }
        }

        @Override
        public void onEnd(ApiException cause) {
            throw new IllegalStateException("the pod watch of the simulated node ended");
        }
    }
}
