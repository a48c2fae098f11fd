package dev.longshore.sim;

import dev.longshore.api.ApiException;
import dev.longshore.api.ObjectKey;
import dev.longshore.api.Reason;
import dev.longshore.api.ResourceTypes;
import dev.longshore.api.core.v1.Pod;
import dev.longshore.client.ApiClient;
import dev.longshore.client.DeleteQuery;
import dev.longshore.client.Query;
import dev.longshore.client.informer.ChangeListener;
import dev.longshore.client.informer.Informer;
import dev.longshore.common.time.Environment;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * A node agent that runs no containers: it watches its pods and lets them start, become ready and stop after random
 * times. Level-driven like the real one, so it may die at any moment and begin anew.
 */
final class SimAgent {
    private static final Duration RETRY = Duration.ofMillis(500);

    private final SimNode node;
    private final ApiClient client;
    private final SimProcess process;
    private final Environment environment;
    private final Informer<Pod> pods;
    private final SimHeartbeat heartbeat;
    private final Set<String> stopping = new HashSet<>();

    SimAgent(SimNode node, ApiClient client, SimProcess process) {
        this.node = node;
        this.client = client;
        this.process = process;
        this.environment = process.environment();
        this.pods = new Informer<>(ResourceTypes.PODS, Query.fields("spec.nodeName=" + node.name()), client,
                environment);
        this.heartbeat = new SimHeartbeat(node, client, process);
    }

    void start() {
        pods.onChange(new ChangeListener<>() {
            @Override
            public void onChange(Optional<Pod> before, Optional<Pod> after) {
                after.ifPresent(pod -> syncAfter(Duration.ZERO, ResourceTypes.PODS.key(pod)));
                before.filter(_ -> after.isEmpty()).ifPresent(pod -> node.pods().remove(pod.getMetadata().getUid()));
            }

            @Override
            public void onSynced() {
                forgetPodsThatAreGone();
            }
        });
        pods.start();
        heartbeat.start();
    }

    /** A container of some pod ended by itself and is started again. */
    void restartSomePod(SimRandom random) {
        if (!node.pods().isEmpty()) {
            String uid = node.pods().keySet().stream().skip(random.below(node.pods().size())).findFirst().orElseThrow();
            node.pods().computeIfPresent(uid, (_, running) -> new SimNode.Running(running.podIp(),
                    nowMillis() + random.between(500, 3_000), running.restarts() + 1));
            pods.list().stream().filter(pod -> pod.getMetadata().getUid().equals(uid))
                    .forEach(pod -> syncAfter(Duration.ZERO, ResourceTypes.PODS.key(pod)));
        }
    }

    private void forgetPodsThatAreGone() {
        Set<String> known = new HashSet<>();
        pods.list().forEach(pod -> known.add(pod.getMetadata().getUid()));
        node.pods().keySet().retainAll(known);
    }

    private void syncAfter(Duration delay, ObjectKey key) {
        process.after(delay, () -> environment.tasks().execute(() -> sync(key)));
    }

    private void sync(ObjectKey key) {
        Optional<Pod> pod = pods.get(key);
        try {
            pod.ifPresent(this::sync);
        } catch (ApiException e) {
            if (!e.is(Reason.NOT_FOUND)) {
                syncAfter(RETRY, key);
            }
        }
    }

    private void sync(Pod pod) {
        if (pod.getMetadata().hasDeletionTimestamp()) {
            stop(pod);
            return;
        }
        SimNode.Running running = node.pods().computeIfAbsent(pod.getMetadata().getUid(),
                _ -> new SimNode.Running(node.nextPodIp(), nowMillis() + delayMillis(400, 4_000), 0));
        boolean ready = running.readySinceMillis() <= nowMillis();
        if (!ready) {
            syncAfter(Duration.ofMillis(running.readySinceMillis() - nowMillis()), ResourceTypes.PODS.key(pod));
        }
        if (!SimPodStatus.shows(pod, running, ready)) {
            client.updateStatus(ResourceTypes.PODS,
                    SimPodStatus.with(pod, running, ready, node, environment.clock().now()));
        }
    }

    private void stop(Pod pod) {
        String uid = pod.getMetadata().getUid();
        if (stopping.add(uid)) {
            syncAfter(Duration.ofMillis(delayMillis(200, 2_500)), ResourceTypes.PODS.key(pod));
            return;
        }
        node.pods().remove(uid);
        client.delete(ResourceTypes.PODS, ResourceTypes.PODS.key(pod), DeleteQuery.now(uid));
    }

    private long delayMillis(int low, int high) {
        return low + environment.randomness().below(high - low);
    }

    private long nowMillis() {
        return environment.clock().nanos() / 1_000_000;
    }
}
