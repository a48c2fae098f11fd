package dev.longshore.scheduler;

import dev.longshore.api.ApiException;
import dev.longshore.api.Reason;
import dev.longshore.api.ResourceTypes;
import dev.longshore.api.core.v1.Pod;
import dev.longshore.api.core.v1.PodCondition;
import dev.longshore.api.core.v1.PodStatus;
import dev.longshore.api.values.Times;
import dev.longshore.client.ApiClient;
import dev.longshore.common.time.Environment;
import dev.longshore.scheduler.cycle.Intent;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Tells people why a pod has no node: event FailedScheduling, condition PodScheduled=False and
 * status.nominatedNodeName. Of several texts for one pod only the newest is written. A text that could not be written
 * is not lost for good: the next attempt sees that the pod does not show it.
 */
final class ConditionWriter {
    /** How many writes may be under way. */
    static final int IN_FLIGHT_LIMIT = 32;
    private static final int CONFLICT_LIMIT = 5;

    private static final System.Logger LOG = System.getLogger(ConditionWriter.class.getName());

    private final ApiClient client;
    private final Environment environment;
    private final ProfileEvents events;
    private final Consumer<String> written;
    /** By uid, at most one for each pod. */
    private final Map<String, Intent.MarkUnschedulable> waiting = new LinkedHashMap<>();
    /** The pods being written: for each, one write at a time, or an older text might come last. */
    private final Set<String> inFlight = new HashSet<>();

    /** @param written called on a task thread with the pod's uid when a write has ended */
    ConditionWriter(ApiClient client, Environment environment, ProfileEvents events,
            Consumer<String> written) {
        this.client = client;
        this.environment = environment;
        this.events = events;
        this.written = written;
    }

    /** Owner thread only. */
    void write(Intent.MarkUnschedulable intent) {
        events.of(intent).record(ProfileEvents.reference(intent), "Warning", "FailedScheduling", "Scheduling",
                intent.message());
        if (!intent.current()) {
            waiting.put(intent.uid(), intent);
            startWrites();
        }
    }

    /** A write has ended. Owner thread only. */
    void finished(String uid) {
        inFlight.remove(uid);
        startWrites();
    }

    private void startWrites() {
        Iterator<Intent.MarkUnschedulable> next = waiting.values().iterator();
        while (inFlight.size() < IN_FLIGHT_LIMIT && next.hasNext()) {
            Intent.MarkUnschedulable intent = next.next();
            if (!inFlight.add(intent.uid())) {
                continue;
            }
            next.remove();
            environment.tasks().execute(() -> {
                try {
                    update(intent);
                } finally {
                    written.accept(intent.uid());
                }
            });
        }
    }

    private void update(Intent.MarkUnschedulable intent) {
        for (int attempt = 0; attempt < CONFLICT_LIMIT; attempt++) {
            try {
                Pod pod = client.get(ResourceTypes.PODS, intent.pod());
                if (pod.getMetadata().getUid().equals(intent.uid()) && pod.getSpec().getNodeName().isEmpty()) {
                    client.updateStatus(ResourceTypes.PODS, pod.toBuilder()
                            .setStatus(withCondition(pod.getStatus(), intent, environment.clock().now())).build());
                }
                return;
            } catch (ApiException e) {
                if (!e.is(Reason.CONFLICT)) {
                    LOG.log(Level.DEBUG, () -> "pod=" + intent.pod() + " condition not written cause=" + e.reason());
                    return;
                }
            }
        }
    }

    /** The status with condition PodScheduled=False; its time of transition changes only with its status. */
    static PodStatus withCondition(PodStatus status, Intent.MarkUnschedulable intent, Instant now) {
        PodCondition condition = PodCondition.newBuilder().setType("PodScheduled").setStatus("False")
                .setReason(intent.reason()).setMessage(intent.message()).setLastTransitionTime(Times.time(now)).build();
        PodStatus.Builder changed = status.toBuilder().setNominatedNodeName(intent.nominated());
        for (int i = 0; i < status.getConditionsCount(); i++) {
            PodCondition before = status.getConditions(i);
            if (before.getType().equals("PodScheduled")) {
                PodCondition.Builder after = condition.toBuilder();
                if (before.getStatus().equals("False")) {
                    after.setLastTransitionTime(before.getLastTransitionTime());
                }
                return changed.setConditions(i, after).build();
            }
        }
        return changed.addConditions(condition).build();
    }
}
