package dev.longshore.bench;

import dev.longshore.api.core.v1.Node;
import dev.longshore.api.core.v1.Pod;
import dev.longshore.api.core.v1.PodAffinityTerm;
import dev.longshore.api.core.v1.TopologySpreadConstraint;
import dev.longshore.api.meta.v1.LabelSelector;
import dev.longshore.api.values.LabelSelectors;
import dev.longshore.api.values.Quantities;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The reference: the rules as one would write them without a second thought. For each pod it looks at every node as an
 * object, and where pods count for other pods, at every pod.
 */
final class NaiveScheduler {
    private final List<Place> places = new ArrayList<>();

    private static final class Place {
        private final Map<String, String> labels;
        private final long cpu;
        private final long memory;
        private final List<Pod> pods = new ArrayList<>();
        private long cpuTaken;
        private long memoryTaken;

        Place(Node node) {
            this.labels = new HashMap<>(node.getMetadata().getLabelsMap());
            this.cpu = Quantities.milliValue(node.getStatus().getAllocatableOrThrow("cpu"));
            this.memory = Quantities.value(node.getStatus().getAllocatableOrThrow("memory"));
        }

        boolean fits(long cpuWanted, long memoryWanted) {
            return cpuTaken + cpuWanted <= cpu && memoryTaken + memoryWanted <= memory;
        }

        long score(long cpuWanted, long memoryWanted) {
            long least = ((cpu - cpuTaken - cpuWanted) * 100 / cpu
                    + (memory - memoryTaken - memoryWanted) * 100 / memory)
                    / 2;
            double deviation = Math.abs((double) (cpuTaken + cpuWanted) / cpu
                    - (double) (memoryTaken + memoryWanted) / memory) / 2;
            return least + (long) ((1 - deviation) * 100);
        }
    }

    void add(Node node) {
        places.add(new Place(node));
    }

    /** Places the pod on the best node; fails when there is none. */
    void place(Pod pod) {
        var requests = pod.getSpec().getContainers(0).getResources().getRequestsMap();
        long cpu = Quantities.milliValue(requests.get("cpu"));
        long memory = Quantities.value(requests.get("memory"));
        Map<String, Long> preferences = preferences(pod);
        Place best = null;
        long highest = Long.MIN_VALUE;
        for (Place place : allowed(pod)) {
            if (place.fits(cpu, memory)) {
                long score = place.score(cpu, memory) + preferences.getOrDefault(zone(place), 0L);
                if (score > highest) {
                    highest = score;
                    best = place;
                }
            }
        }
        if (best == null) {
            throw new IllegalStateException("no node for " + pod.getMetadata().getName());
        }
        best.pods.add(pod);
        best.cpuTaken += cpu;
        best.memoryTaken += memory;
    }

    private static String zone(Place place) {
        return place.labels.getOrDefault("topology.kubernetes.io/zone", "");
    }

    private List<Place> allowed(Pod pod) {
        List<Place> allowed = new ArrayList<>(places);
        for (TopologySpreadConstraint spread : pod.getSpec().getTopologySpreadConstraintsList()) {
            Map<String, Long> counts = counts(spread.getTopologyKey(), spread.getLabelSelector());
            long fewest = counts.values().stream().mapToLong(Long::longValue).min().orElse(0);
            allowed.removeIf(place -> counts.get(place.labels.get(spread.getTopologyKey())) + 1 - fewest > spread
                    .getMaxSkew());
        }
        var affinity = pod.getSpec().getAffinity();
        for (PodAffinityTerm term : affinity.getPodAntiAffinity()
                .getRequiredDuringSchedulingIgnoredDuringExecutionList()) {
            Map<String, Long> counts = counts(term.getTopologyKey(), term.getLabelSelector());
            allowed.removeIf(place -> counts.get(place.labels.get(term.getTopologyKey())) > 0);
        }
        for (PodAffinityTerm term : affinity.getPodAffinity().getRequiredDuringSchedulingIgnoredDuringExecutionList()) {
            Map<String, Long> counts = counts(term.getTopologyKey(), term.getLabelSelector());
            if (counts.values().stream().anyMatch(count -> count > 0)) {
                allowed.removeIf(place -> counts.get(place.labels.get(term.getTopologyKey())) == 0);
            }
        }
        return allowed;
    }

    private Map<String, Long> preferences(Pod pod) {
        Map<String, Long> sums = new HashMap<>();
        pod.getSpec().getAffinity().getPodAntiAffinity().getPreferredDuringSchedulingIgnoredDuringExecutionList()
                .forEach(term -> counts(term.getPodAffinityTerm().getTopologyKey(),
                        term.getPodAffinityTerm().getLabelSelector())
                        .forEach((domain, count) -> sums.merge(domain, -2 * term.getWeight() * count, Long::sum)));
        return sums;
    }

    private Map<String, Long> counts(String key, LabelSelector labelSelector) {
        LabelSelectors.Selector selector = LabelSelectors.of(labelSelector);
        Map<String, Long> counts = new HashMap<>();
        for (Place place : places) {
            long matching = 0;
            for (Pod pod : place.pods) {
                matching += selector.matches(pod.getMetadata().getLabelsMap()) ? 1 : 0;
            }
            counts.merge(place.labels.get(key), matching, Long::sum);
        }
        return counts;
    }
}
