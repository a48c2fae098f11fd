package dev.longshore.scheduler.replay;

import dev.longshore.api.core.v1.Node;
import dev.longshore.api.core.v1.PersistentVolumeClaim;
import dev.longshore.api.policy.v1.PodDisruptionBudget;
import dev.longshore.scheduler.cycle.Intent;
import dev.longshore.scheduler.cycle.SchedulerEvent;
import dev.longshore.scheduler.cycle.SchedulingMachine;
import dev.longshore.scheduler.cycle.TieBreaker;
import dev.longshore.scheduler.plugins.Plugins;
import dev.longshore.scheduler.state.ClusterObject;
import dev.longshore.scheduler.state.ClusterState;
import dev.longshore.scheduler.state.NodeFacts;
import dev.longshore.scheduler.state.PodInfo;
import dev.longshore.scheduler.volumes.ClaimFacts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A recorded cluster with the scheduling machine in it: what the machine intends is done at once, as an API server and
 * kubelets would do it, and the machine sees it. Pods that have to go go at once if they ask for no time; the others
 * stay until the test takes them away.
 */
final class RecordedWorld {
    private static final Duration TICK = Duration.ofMillis(100);

    private final Map<String, Map<String, Object>> nodes = new TreeMap<>();
    private final Map<String, Map<String, Object>> pods = new TreeMap<>();
    private final Map<String, String> uids = new TreeMap<>();
    private final Map<String, String> wantedNodes = new TreeMap<>();
    private final List<Intent> intents = new ArrayList<>();
    private final SchedulingMachine machine;
    private Instant now = Instant.ofEpochSecond(1_800_000_000);

    RecordedWorld(RecordedCase recorded) {
        ClusterState state = recorded.cluster();
        machine = new SchedulingMachine("default-scheduler", Plugins.standard(), state, new TieBreaker(3), true);
        for (Object other : recorded.list("other")) {
            if (RecordedCase.object(other).get("kind").equals("PodDisruptionBudget")) {
                machine.handle(new SchedulerEvent.ObjectSeen(ClusterObject.of(
                        RecordedCase.read(other, PodDisruptionBudget.getDefaultInstance()))), now);
            }
        }
        for (Object node : recorded.list("nodes")) {
            nodes.put(name(RecordedCase.object(node)), RecordedCase.object(node));
        }
        int number = 0;
        for (Object bound : recorded.list("pods")) {
            uids.put(key(RecordedCase.object(bound)), "bound-" + number++);
            pods.put(key(RecordedCase.object(bound)), RecordedCase.object(bound));
        }
    }

    /** Creates or changes a pod. */
    void put(Map<String, Object> pod) {
        pods.put(key(pod), pod);
        machine.handle(new SchedulerEvent.PodSeen(info(key(pod))), now);
    }

    void remove(String key) {
        pods.remove(key);
        machine.handle(new SchedulerEvent.PodGone(uid(key)), now);
    }

    void patchPod(String key, Map<String, Object> patch) {
        put(MergePatch.apply(pods.get(key), patch));
    }

    void patchNode(String name, Map<String, Object> patch) {
        Map<String, Object> node = MergePatch.apply(nodes.get(name), patch);
        nodes.put(name, node);
        machine.handle(new SchedulerEvent.NodeSeen(
                NodeFacts.of(RecordedCase.read(node, Node.getDefaultInstance()))), now);
    }

    /** Creates or changes a claim. */
    void putClaim(Map<String, Object> claim) {
        machine.handle(new SchedulerEvent.ObjectSeen(new ClusterObject.StorageObject(
                ClaimFacts.of(RecordedCase.read(claim, PersistentVolumeClaim.getDefaultInstance())))), now);
    }

    /** Among equals the recorded scheduler has taken this one, so the pod goes there whatever comes out here. */
    void bindTo(String key, String node) {
        wantedNodes.put(key, node);
    }

    /** Lets time pass until nothing happens any more, or this long. */
    void run(Duration atMost) {
        Instant end = now.plus(atMost);
        while (true) {
            for (Optional<Intent> next = machine.step(now); next.isPresent(); next = machine.step(now)) {
                intents.add(next.get());
                carryOut(next.get());
            }
            if (!now.plus(TICK).isBefore(end)) {
                return;
            }
            now = now.plus(TICK);
        }
    }

    private void carryOut(Intent intent) {
        switch (intent) {
            case Intent.Bind bind -> {
                String key = bind.pod().toString();
                patchPod(key, Map.of("spec", Map.of("nodeName", wantedNodes.getOrDefault(key, bind.node()))));
            }
            // Nobody completed bindings of claims where this was recorded.
            case Intent.BindVolumes _ -> {
            }
            case Intent.MarkUnschedulable mark -> show(mark);
            case Intent.Preempt preempt -> {
                show(preempt.mark());
                preempt.outranked().forEach(other -> patchPod(other.pod().toString(),
                        Map.of("status", Map.of("nominatedNodeName", ""))));
                preempt.victims().forEach(victim -> evict(victim.pod().toString()));
            }
        }
    }

    private void show(Intent.MarkUnschedulable mark) {
        patchPod(mark.pod().toString(), Map.of("status", Map.of("nominatedNodeName", mark.nominated(), "conditions",
                List.of(Map.of("type", "PodScheduled", "status", "False", "reason", mark.reason(), "message",
                        mark.message())))));
    }

    private void evict(String key) {
        patchPod(key, Map.of("metadata", Map.of("deletionTimestamp", "2026-01-01T00:00:00Z"), "status",
                Map.of("conditions", List.of(Map.of("type", "DisruptionTarget", "status", "True", "reason",
                        "PreemptionByScheduler")))));
        if (spec(key).getOrDefault("terminationGracePeriodSeconds", 30L).equals(0L)) {
            remove(key);
        }
    }

    /** All that the machine has intended so far, in order. */
    List<Intent> intents() {
        return List.copyOf(intents);
    }

    /** The pod as the scheduler sees it. */
    PodInfo info(String key) {
        return RecordedCase.pod(pods.get(key), uid(key));
    }

    String nodeOf(String key) {
        return (String) spec(key).getOrDefault("nodeName", "");
    }

    Instant now() {
        return now;
    }

    private Map<String, Object> spec(String key) {
        return RecordedCase.object(pods.get(key).get("spec"));
    }

    private String uid(String key) {
        return uids.getOrDefault(key, key);
    }

    private static String name(Map<String, Object> object) {
        return (String) RecordedCase.object(object.get("metadata")).get("name");
    }

    static String key(Map<String, Object> pod) {
        return RecordedCase.object(pod.get("metadata")).get("namespace") + "/" + name(pod);
    }
}
