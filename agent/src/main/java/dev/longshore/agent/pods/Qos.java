package dev.longshore.agent.pods;

import dev.longshore.api.core.v1.Container;
import dev.longshore.api.core.v1.Pod;
import dev.longshore.api.resource.Quantity;
import dev.longshore.api.values.Quantities;
import java.util.List;
import java.util.Map;

/** A pod's quality of service, and how early its containers die when memory runs out (Kubernetes API, QoS classes). */
public enum Qos {
    GUARANTEED("Guaranteed"), BURSTABLE("Burstable"), BEST_EFFORT("BestEffort");

    private static final int GUARANTEED_SCORE = -997;
    private static final int BEST_EFFORT_SCORE = 1000;
    private static final int LOWEST_BURSTABLE = 3;
    private static final int HIGHEST_BURSTABLE = 999;
    /** system-node-critical and above. */
    private static final int NODE_CRITICAL_PRIORITY = 2_000_001_000;
    private static final List<String> RESOURCES = List.of("cpu", "memory");

    private final String text;

    Qos(String text) {
        this.text = text;
    }

    public String text() {
        return text;
    }

    public static Qos of(Pod pod) {
        boolean any = PodSpecs.all(pod).anyMatch(container -> RESOURCES.stream()
                .anyMatch(name -> set(container.getResources().getRequestsMap(), name)
                        || set(container.getResources().getLimitsMap(), name)));
        if (!any) {
            return BEST_EFFORT;
        }
        return PodSpecs.all(pod).allMatch(Qos::guaranteed) ? GUARANTEED : BURSTABLE;
    }

    private static boolean guaranteed(Container container) {
        Map<String, Quantity> limits = container.getResources().getLimitsMap();
        Map<String, Quantity> requests = container.getResources().getRequestsMap();
        return RESOURCES.stream().allMatch(name -> set(limits, name)
                && Quantities.compare(requests.getOrDefault(name, limits.get(name)), limits.get(name)) == 0);
    }

    private static boolean set(Map<String, Quantity> map, String name) {
        return map.containsKey(name) && !Quantities.isZero(map.get(name));
    }

    /** The kernel's oom_score_adj for a container of this pod. */
    public static int oomScore(Pod pod, Container container, long nodeMemoryBytes) {
        if (pod.getSpec().getPriority() >= NODE_CRITICAL_PRIORITY) {
            return GUARANTEED_SCORE;
        }
        return switch (of(pod)) {
            case GUARANTEED -> GUARANTEED_SCORE;
            case BEST_EFFORT -> BEST_EFFORT_SCORE;
            case BURSTABLE -> {
                Quantity request = container.getResources().getRequestsOrDefault("memory", Quantities.ZERO);
                long score = 1000 - 1000 * Quantities.value(request) / Math.max(1, nodeMemoryBytes);
                yield (int) Math.clamp(score, LOWEST_BURSTABLE, HIGHEST_BURSTABLE);
            }
        };
    }
}
