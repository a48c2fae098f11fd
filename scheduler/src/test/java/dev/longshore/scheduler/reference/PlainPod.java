package dev.longshore.scheduler.reference;

import dev.longshore.api.core.v1.Container;
import dev.longshore.api.core.v1.Pod;
import dev.longshore.api.core.v1.PodAffinity;
import dev.longshore.api.core.v1.PodAntiAffinity;
import dev.longshore.api.core.v1.PodSpec;
import dev.longshore.api.resource.Quantity;
import dev.longshore.api.values.Quantities;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToLongFunction;

/**
 * A pod.
 *
 * @param node where it is; "" while it waits
 * @param need by resource; cpu in thousandths
 * @param scoredCpuMillis   what the score LeastAllocated counts, with 100m for a container that names no request
 * @param scoredMemoryBytes likewise, with 200 MiB
 */
record PlainPod(Pod pod, String node, Map<String, Long> need, long scoredCpuMillis, long scoredMemoryBytes) {
    private static final long ASSUMED_CPU_MILLIS = 100;
    private static final long ASSUMED_MEMORY_BYTES = 200L * 1024 * 1024;

    static PlainPod of(Pod pod, String node) {
        PodSpec spec = pod.getSpec();
        Set<String> resources = new TreeSet<>(spec.getOverheadMap().keySet());
        spec.getContainersList().forEach(each -> resources.addAll(each.getResources().getRequestsMap().keySet()));
        spec.getInitContainersList().forEach(each -> resources.addAll(each.getResources().getRequestsMap().keySet()));
        Map<String, Long> need = new TreeMap<>();
        resources.forEach(name -> need.put(name, need(spec, name, container -> request(container, name, 0))));
        return new PlainPod(pod, node, need,
                need(spec, "cpu", container -> request(container, "cpu", ASSUMED_CPU_MILLIS)),
                need(spec, "memory", container -> request(container, "memory", ASSUMED_MEMORY_BYTES)));
    }

    private static long request(Container container, String resource, long otherwise) {
        Quantity request = container.getResources().getRequestsMap().get(resource);
        return request == null ? otherwise : amount(resource, request);
    }

    private static long amount(String resource, Quantity quantity) {
        return resource.equals("cpu") ? Quantities.milliValue(quantity) : Quantities.value(quantity);
    }

    /**
     * Either all containers and sidecars run, or one init container does with the sidecars that were started before it;
     * the larger of these, and the overhead.
     */
    private static long need(PodSpec spec, String resource, ToLongFunction<Container> request) {
        long running = 0;
        for (Container container : spec.getContainersList()) {
            running += request.applyAsLong(container);
        }
        for (Container container : spec.getInitContainersList()) {
            running += isSidecar(container) ? request.applyAsLong(container) : 0;
        }
        long most = running;
        for (int i = 0; i < spec.getInitContainersCount(); i++) {
            long starting = request.applyAsLong(spec.getInitContainers(i));
            for (Container earlier : spec.getInitContainersList().subList(0, i)) {
                starting += isSidecar(earlier) ? request.applyAsLong(earlier) : 0;
            }
            most = Math.max(most, starting);
        }
        return most + amount(resource, spec.getOverheadMap().getOrDefault(resource, Quantities.ZERO));
    }

    private static boolean isSidecar(Container container) {
        return container.getRestartPolicy().equals("Always");
    }

    String uid() {
        return pod.getMetadata().getUid();
    }

    String namespace() {
        return pod.getMetadata().getNamespace();
    }

    Map<String, String> labels() {
        return pod.getMetadata().getLabelsMap();
    }

    long need(String resource) {
        return need.getOrDefault(resource, 0L);
    }

    boolean isLeaving() {
        return pod.getMetadata().hasDeletionTimestamp();
    }

    /** Attraction to other pods. */
    PodAffinity affinity() {
        return pod.getSpec().getAffinity().getPodAffinity();
    }

    /** Aversion to other pods. */
    PodAntiAffinity antiAffinity() {
        return pod.getSpec().getAffinity().getPodAntiAffinity();
    }
}
