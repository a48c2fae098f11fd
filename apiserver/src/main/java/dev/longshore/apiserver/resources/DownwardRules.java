package dev.longshore.apiserver.resources;

import dev.longshore.api.core.v1.ObjectFieldSelector;
import dev.longshore.api.core.v1.ResourceFieldSelector;
import dev.longshore.api.values.Quantities;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What a pod may learn of itself, by variables and by files (source: Kubernetes API, core/v1 validation). */
final class DownwardRules {
    private static final List<String> IN_VARIABLES = List.of("metadata.name", "metadata.namespace", "metadata.uid",
            "spec.nodeName", "spec.serviceAccountName", "status.hostIP", "status.hostIPs", "status.podIP",
            "status.podIPs");
    private static final List<String> IN_FILES = List.of("metadata.annotations", "metadata.labels", "metadata.name",
            "metadata.namespace", "metadata.uid");

    /** Fields of a pod that have a name, of use here or not. */
    private static final Set<String> KNOWN = Set.copyOf(Stream.concat(
            Stream.of("spec.restartPolicy", "spec.schedulerName", "status.phase"),
            Stream.concat(IN_VARIABLES.stream(), IN_FILES.stream())).distinct().toList());

    private static final List<String> AMOUNTS = List.of("limits.cpu", "limits.ephemeral-storage", "limits.memory",
            "requests.cpu", "requests.ephemeral-storage", "requests.memory");
    private static final Set<String> CPU_UNITS = Set.of("1", "1m");
    private static final Set<String> BYTE_UNITS = Set.of("1", "1k", "1M", "1G", "1T", "1P", "1E", "1Ki", "1Mi", "1Gi",
            "1Ti", "1Pi", "1Ei");

    private DownwardRules() {
    }

    static void checkVariable(String path, ObjectFieldSelector selector, Causes causes) {
        check(path, selector, IN_VARIABLES, causes);
    }

    static void checkFile(String path, ObjectFieldSelector selector, Causes causes) {
        check(path, selector, IN_FILES, causes);
    }

    private static void check(String path, ObjectFieldSelector selector, List<String> supported, Causes causes) {
        String field = selector.getFieldPath();
        boolean oneOfMap = field.matches("metadata\\.(annotations|labels)\\['.+']");
        if (field.isEmpty()) {
            causes.required(path + ".fieldPath", "");
        } else if (!selector.getApiVersion().equals("v1") || !oneOfMap && !KNOWN.contains(field)) {
            causes.invalid(path + ".fieldPath", field, "error converting fieldPath: field label not supported");
        } else if (!oneOfMap && !supported.contains(field)) {
            causes.notSupported(path + ".fieldPath", field, supported);
        }
    }

    /** Files, unlike variables, belong to no container. */
    static void checkFile(String path, ResourceFieldSelector selector, Causes causes) {
        if (selector.getContainerName().isEmpty()) {
            causes.required(path + ".containerName", "");
        } else {
            check(path, selector, causes);
        }
    }

    static void check(String path, ResourceFieldSelector selector, Causes causes) {
        String resource = selector.getResource();
        if (resource.isEmpty()) {
            causes.required(path + ".resource", "");
            return;
        }
        boolean pages = resource.startsWith("limits.hugepages-") || resource.startsWith("requests.hugepages-");
        if (!pages && !AMOUNTS.contains(resource)) {
            causes.notSupported(path + ".resource", resource, AMOUNTS);
        }
        Set<String> units = resource.endsWith(".cpu") ? CPU_UNITS : BYTE_UNITS;
        String divisor = selector.getDivisor().getString();
        if (selector.hasDivisor() && !Quantities.isZero(selector.getDivisor()) && !units.contains(divisor)) {
            causes.invalid(path + ".divisor", divisor, "only divisor's values " + units.stream().sorted().toList()
                    + " are supported with the " + resource + " resource");
        }
    }
}
