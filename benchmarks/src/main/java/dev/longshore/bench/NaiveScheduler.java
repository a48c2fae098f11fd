package dev.longshore.bench;

import dev.longshore.api.core.v1.Node;
import dev.longshore.api.core.v1.Pod;
import dev.longshore.api.core.v1.PodAffinityTerm;
import dev.longshore.api.core.v1.TopologySpreadConstraint;
import dev.longshore.api.meta.v1.LabelSelector;
import dev.longshore.api.values.LabelSelectors;
import dev.longshore.api.values.Quantities;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The reference: the rules as one would write them without a second thought. For each pod it looks at every node as an
 * object, and where pods count for other pods, at every pod.
 */
final class NaiveScheduler {
    private final List<Place> places = new ArrayList<>();

    private record Request(Pod pod, int priority, long cpu, long memory) {
        static Request of(Pod pod) {
            var requests = pod.getSpec().getContainers(0).getResources().getRequestsMap();
            return new Request(pod, pod.getSpec().getPriority(), Quantities.milliValue(requests.get("cpu")),
                    Quantities.value(requests.get("memory")));
        }
    }

    private static final class Place {
        private final Map<String, String> labels;
        private final long cpu;
        private final long memory;
        private final List<Request> pods = new ArrayList<>();
        private long cpuTaken;
        private long memoryTaken;

        Place(Node node) {
            this.labels = new HashMap<>(node.getMetadata().getLabelsMap());
            this.cpu = Quantities.milliValue(node.getStatus().getAllocatableOrThrow("cpu"));
            this.memory = Quantities.value(node.getStatus().getAllocatableOrThrow("memory"));
        }

        boolean fits(Request request) {
            return cpuTaken + request.cpu() <= cpu && memoryTaken + request.memory() <= memory;
        }

        void add(Request request) {
            pods.add(request);
            cpuTaken += request.cpu();
            memoryTaken += request.memory();
        }

        void remove(Request request) {
            pods.remove(request);
            cpuTaken -= request.cpu();
            memoryTaken -= request.memory();
        }

        long score(Request request) {
            long cpuLeft = cpu - cpuTaken - request.cpu();
            long memoryLeft = memory - memoryTaken - request.memory();
            long least = (cpuLeft * 100 / cpu + memoryLeft * 100 / memory) / 2;
            double deviation = Math.abs((double) (cpu - cpuLeft) / cpu - (double) (memory - memoryLeft) / memory) / 2;
            return least + (long) ((1 - deviation) * 100);
        }
    }

    void add(Node node) {
        places.add(new Place(node));
    }

    /** Puts the pod on a node, without a question. */
    void put(Pod pod, int node) {
        places.get(node).add(Request.of(pod));
    }

    /** Takes the node where the least important pods have to leave, and puts the pod there; fails when there is none. */
    void preempt(Pod pod) {
        Request request = Request.of(pod);
        Place best = null;
        List<Request> fewest = List.of();
        for (Place place : places) {
            List<Request> victims = victims(place, request);
            if (!victims.isEmpty() && (best == null || harm(victims).compareTo(harm(fewest)) < 0)) {
                best = place;
                fewest = victims;
            }
        }
        if (best == null) {
            throw new IllegalStateException("nobody can make room for " + pod.getMetadata().getName());
        }
        fewest.forEach(best::remove);
        best.add(request);
    }

    private static List<Request> victims(Place place, Request request) {
        List<Request> lower = place.pods.stream().filter(other -> other.priority() < request.priority())
                .sorted(Comparator.comparingInt(Request::priority).reversed()).toList();
        lower.forEach(place::remove);
        List<Request> victims = new ArrayList<>();
        boolean enough = place.fits(request);
        for (Request other : lower) {
            place.add(other);
            if (enough && !place.fits(request)) {
                place.remove(other);
                victims.add(other);
            }
        }
        victims.forEach(place::add);
        return victims;
    }

    /** The highest priority, then the sum, then how many. */
    private static BigInteger harm(List<Request> victims) {
        long sum = victims.stream().mapToLong(victim -> victim.priority() + (1L << 31)).sum();
        return BigInteger.valueOf(victims.getFirst().priority()).shiftLeft(64).add(BigInteger.valueOf(sum))
                .shiftLeft(16).add(BigInteger.valueOf(victims.size()));
    }

    /** Places the pod on the best node; fails when there is none. */
    void place(Pod pod) {
        Request request = Request.of(pod);
        Map<String, Long> preferences = preferences(pod);
        Place best = null;
        long highest = Long.MIN_VALUE;
        for (Place place : allowed(pod)) {
            if (place.fits(request)) {
                long score = place.score(request) + preferences.getOrDefault(zone(place), 0L);
                if (score > highest) {
                    highest = score;
                    best = place;
                }
            }
        }
        if (best == null) {
            throw new IllegalStateException("no node for " + pod.getMetadata().getName());
        }
        best.add(request);
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
            for (Request other : place.pods) {
                matching += selector.matches(other.pod().getMetadata().getLabelsMap()) ? 1 : 0;
            }
            counts.merge(place.labels.get(key), matching, Long::sum);
        }
        return counts;
    }
}
