package dev.longshore.agent.env;

import dev.longshore.api.core.v1.Container;
import dev.longshore.api.core.v1.Pod;
import dev.longshore.api.core.v1.ResourceFieldSelector;
import dev.longshore.api.resource.Quantity;
import dev.longshore.api.values.Quantities;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a pod may learn about itself (Kubernetes API, downward API).
 *
 * @param podIps      "" where the pod has no address yet
 * @param allocatable of the node: what a limit that is not set stands for
 */
public record DownwardFields(Pod pod, List<String> podIps, List<String> hostIps, Map<String, Quantity> allocatable) {
    /** The value of a fieldRef. */
    public String field(String path) {
        int bracket = path.indexOf("['");
        if (bracket > 0 && path.endsWith("']")) {
            String key = path.substring(bracket + 2, path.length() - 2);
            return map(path.substring(0, bracket)).getOrDefault(key, "");
        }
        return switch (path) {
            case "metadata.name" -> pod.getMetadata().getName();
            case "metadata.namespace" -> pod.getMetadata().getNamespace();
            case "metadata.uid" -> pod.getMetadata().getUid();
            case "metadata.labels", "metadata.annotations" -> lines(map(path));
            case "spec.nodeName" -> pod.getSpec().getNodeName();
            case "spec.serviceAccountName" -> pod.getSpec().getServiceAccountName();
            case "status.hostIP" -> hostIps.isEmpty() ? "" : hostIps.getFirst();
            case "status.hostIPs" -> String.join(",", hostIps);
            case "status.podIP" -> podIps.isEmpty() ? "" : podIps.getFirst();
            case "status.podIPs" -> String.join(",", podIps);
            default -> throw new MissingReference("unsupported fieldPath: " + path);
        };
    }

    private Map<String, String> map(String path) {
        return switch (path) {
            case "metadata.labels" -> pod.getMetadata().getLabelsMap();
            case "metadata.annotations" -> pod.getMetadata().getAnnotationsMap();
            default -> throw new MissingReference("unsupported fieldPath: " + path);
        };
    }

    private static String lines(Map<String, String> map) {
        return new TreeMap<>(map).entrySet().stream()
                .map(entry -> entry.getKey() + "=\"" + escaped(entry.getValue()) + "\"")
                .collect(Collectors.joining("\n"));
    }

    private static String escaped(String value) {
        return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }

    /** The value of a resourceFieldRef, in units of its divisor, rounded up. {@code container} is the default one. */
    public String resource(Container container, ResourceFieldSelector selector) {
        Container about = selector.getContainerName().isEmpty() ? container : named(selector.getContainerName());
        String name = selector.getResource().substring(selector.getResource().indexOf('.') + 1);
        Map<String, Quantity> limits = about.getResources().getLimitsMap();
        Quantity fallback = allocatable.getOrDefault(name, Quantities.ZERO);
        Quantity value = selector.getResource().startsWith("limits.")
                ? limits.getOrDefault(name, fallback)
                : about.getResources().getRequestsMap().getOrDefault(name, Quantities.ZERO);
        BigDecimal divisor = Quantities.isZero(selector.getDivisor())
                ? BigDecimal.ONE
                : Quantities.decimal(selector.getDivisor());
        return Quantities.decimal(value).divide(divisor, 0, RoundingMode.CEILING).toPlainString();
    }

    private Container named(String name) {
        return Stream.concat(pod.getSpec().getInitContainersList().stream(), pod.getSpec().getContainersList().stream())
                .filter(item -> item.getName().equals(name)).findFirst()
                .orElseThrow(() -> new MissingReference("container " + name + " not found"));
    }
}
