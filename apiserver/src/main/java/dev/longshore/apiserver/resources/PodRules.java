package dev.longshore.apiserver.resources;

import dev.longshore.api.core.v1.ContainerPort;
import dev.longshore.api.core.v1.PodSpec;
import dev.longshore.api.core.v1.Toleration;
import dev.longshore.api.values.Names;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What must hold in a pod's specification, and in a template's (source: Kubernetes API, core/v1 validation). */
final class PodRules {
    private static final long MAX_SECONDS = Integer.MAX_VALUE;
    private static final List<String> SYSTEMS = List.of("linux", "windows");
    private static final List<String> OPERATORS = List.of("Equal", "Exists");

    private PodRules() {
    }

    /** @param path of the specification: {@code spec} or {@code spec.template.spec} */
    static void check(String path, PodSpec spec, Causes causes) {
        Set<String> volumes = VolumeRules.check(path + ".volumes", spec.getVolumesList(), causes);
        Set<String> names = new HashSet<>();
        ContainerRules rules = new ContainerRules(volumes, spec.getHostNetwork(),
                spec.getTerminationGracePeriodSeconds(), names);
        for (int i = 0; i < spec.getContainersCount(); i++) {
            rules.check(path + ".containers[" + i + "]", spec.getContainers(i), false, causes);
        }
        for (int i = 0; i < spec.getInitContainersCount(); i++) {
            rules.check(path + ".initContainers[" + i + "]", spec.getInitContainers(i), true, causes);
        }
        checkNames(path, spec, causes);
        if (!spec.getOs().getName().isEmpty() && !SYSTEMS.contains(spec.getOs().getName())) {
            causes.notSupported(path + ".os", spec.getOs().getName(), SYSTEMS);
        }
        AffinityRules.check(path + ".affinity", spec.getAffinity(), causes);
        PlacementRules.check(path, spec, causes);
        DnsRules.check(path + ".dnsConfig", spec, causes);
        PodSecurityRules.check(path + ".securityContext", spec, causes);
        if (spec.hasActiveDeadlineSeconds()
                && (spec.getActiveDeadlineSeconds() < 1 || spec.getActiveDeadlineSeconds() > MAX_SECONDS)) {
            causes.invalid(path + ".activeDeadlineSeconds", spec.getActiveDeadlineSeconds(),
                    "must be between 1 and 2147483647, inclusive");
        }
        MetadataRules.labels(path + ".nodeSelector", spec.getNodeSelectorMap(), causes);
        for (int i = 0; i < spec.getTolerationsCount(); i++) {
            check(path + ".tolerations[" + i + "]", spec.getTolerations(i), causes);
        }
        for (int i = 0; i < spec.getHostAliasesCount(); i++) {
            String place = path + ".hostAliases[" + i + "].hostnames[";
            if (!Addresses.isIp(spec.getHostAliases(i).getIp())) {
                causes.invalid(path + ".hostAliases[" + i + "].ip", spec.getHostAliases(i).getIp(),
                        "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)");
            }
            for (int j = 0; j < spec.getHostAliases(i).getHostnamesCount(); j++) {
                Checks.subdomain(place + j + "]", spec.getHostAliases(i).getHostnames(j), causes);
            }
        }
    }

    private static void checkNames(String path, PodSpec spec, Causes causes) {
        if (!spec.getNodeName().isEmpty()) {
            Checks.subdomain(path + ".nodeName", spec.getNodeName(), causes);
        }
        if (!spec.getServiceAccountName().isEmpty()) {
            Checks.subdomain(path + ".serviceAccountName", spec.getServiceAccountName(), causes);
        }
        if (!spec.getPriorityClassName().isEmpty()) {
            Checks.subdomain(path + ".priorityClassName", spec.getPriorityClassName(), causes);
        }
        if (spec.hasRuntimeClassName()) {
            Checks.subdomain(path + ".runtimeClassName", spec.getRuntimeClassName(), causes);
        }
        if (!spec.getHostname().isEmpty()) {
            Checks.label(path + ".hostname", spec.getHostname(), causes);
        }
        if (!spec.getSubdomain().isEmpty()) {
            Checks.label(path + ".subdomain", spec.getSubdomain(), causes);
        }
    }

    private static void check(String path, Toleration toleration, Causes causes) {
        if (!toleration.getKey().isEmpty()) {
            Checks.labelKey(path + ".key", toleration.getKey(), causes);
        }
        if (toleration.getKey().isEmpty() && !toleration.getOperator().equals("Exists")) {
            causes.invalid(path + ".operator", toleration.getOperator(),
                    "operator must be Exists when `key` is empty, which means \"match all values and all keys\"");
        }
        if (toleration.hasTolerationSeconds() && !toleration.getEffect().equals("NoExecute")) {
            causes.invalid(path + ".effect", toleration.getEffect(),
                    "effect must be 'NoExecute' when `tolerationSeconds` is set");
        }
        switch (toleration.getOperator()) {
            case "", "Equal" -> Names.labelValue(toleration.getValue())
                    .forEach(problem -> causes.invalid(path + ".operator", toleration.getValue(), problem));
            case "Exists" -> {
                if (!toleration.getValue().isEmpty()) {
                    causes.invalid(path + ".operator", toleration.getValue(),
                            "value must be empty when `operator` is 'Exists'");
                }
            }
            default -> causes.notSupported(path + ".operator", toleration.getOperator(), OPERATORS);
        }
    }

    /** Two containers of a pod cannot open one port of the node. Templates are not held to it. */
    static void checkHostPorts(PodSpec spec, Causes causes) {
        Set<String> used = new HashSet<>();
        for (int i = 0; i < spec.getContainersCount(); i++) {
            for (int j = 0; j < spec.getContainers(i).getPortsCount(); j++) {
                ContainerPort port = spec.getContainers(i).getPorts(j);
                String text = port.getProtocol() + "/" + port.getHostIP() + "/" + port.getHostPort();
                if (port.getHostPort() != 0 && !used.add(text)) {
                    causes.duplicate("spec.containers[" + i + "].ports[" + j + "].hostPort", text);
                }
            }
        }
    }
}
