package dev.longshore.apiserver.resources;

import dev.longshore.api.core.v1.Container;
import dev.longshore.api.core.v1.PodSpec;
import dev.longshore.api.core.v1.ResourceRequirements;
import dev.longshore.api.resource.Quantity;
import dev.longshore.api.values.Quantities;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The class that a pod's requests and limits give it (source: Kubernetes API, status.qosClass). */
final class QualityOfService {
    private static final List<String> COUNTED = List.of("cpu", "memory");

    private QualityOfService() {
    }

    static String of(PodSpec spec) {
        List<Container> containers = Stream
                .concat(spec.getContainersList().stream(), spec.getInitContainersList().stream()).toList();
        if (containers.stream().noneMatch(container -> asks(container.getResources()))) {
            return "BestEffort";
        }
        return containers.stream().allMatch(container -> guaranteed(container.getResources()))
                ? "Guaranteed"
                : "Burstable";
    }

    private static boolean asks(ResourceRequirements resources) {
        return COUNTED.stream().anyMatch(name -> positive(resources.getRequestsMap(), name)
                || positive(resources.getLimitsMap(), name));
    }

    private static boolean guaranteed(ResourceRequirements resources) {
        return COUNTED.stream().allMatch(name -> positive(resources.getLimitsMap(), name)
                && Quantities.compare(resources.getLimitsOrDefault(name, Quantities.ZERO),
                        resources.getRequestsOrDefault(name, Quantities.ZERO)) == 0);
    }

    private static boolean positive(Map<String, Quantity> amounts, String name) {
        return Quantities.signum(amounts.getOrDefault(name, Quantities.ZERO)) > 0;
    }
}
