package dev.longshore.apiserver.resources;

import dev.longshore.api.core.v1.Service;
import dev.longshore.api.core.v1.ServicePort;
import dev.longshore.api.core.v1.ServiceSpec;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What must hold for a Service (source: Kubernetes API, core/v1 validation). */
final class ServiceRules {
    private static final int MAX_AFFINITY_SECONDS = 86_400;
    private static final String NONE = "None";
    private static final String EXTERNAL_NAME = "ExternalName";
    private static final String LOAD_BALANCER = "LoadBalancer";

    private ServiceRules() {
    }

    static void check(Service service, Causes causes) {
        ServiceSpec spec = service.getSpec();
        boolean headless = spec.getClusterIP().equals(NONE);
        if (spec.getPortsCount() == 0 && !headless && !spec.getType().equals(EXTERNAL_NAME)) {
            causes.required("spec.ports", "");
        }
        checkType(spec, headless, causes);
        checkPorts(spec, causes);
        MetadataRules.labels("spec.selector", spec.getSelectorMap(), causes);
        checkAffinity(spec, causes);
        for (int i = 0; i < spec.getExternalIPsCount(); i++) {
            Addresses.checkReachable("spec.externalIPs[" + i + "]", spec.getExternalIPs(i), causes);
        }
        checkAddresses(spec, causes);
        checkLoadBalancer(spec, causes);
    }

    private static void checkType(ServiceSpec spec, boolean headless, Causes causes) {
        switch (spec.getType()) {
            case EXTERNAL_NAME -> {
                if (!spec.getClusterIP().isEmpty()) {
                    causes.forbidden("spec.clusterIPs", "may not be set for ExternalName services");
                }
                if (spec.getExternalName().isEmpty()) {
                    causes.required("spec.externalName", "");
                } else {
                    String name = spec.getExternalName();
                    Checks.subdomain("spec.externalName",
                            name.endsWith(".") ? name.substring(0, name.length() - 1) : name, causes);
                }
            }
            case "NodePort", LOAD_BALANCER -> {
                if (headless) {
                    causes.invalid("spec.clusterIPs[0]", NONE,
                            "may not be set to 'None' for " + spec.getType() + " services");
                }
            }
            default -> {
            }
        }
    }

    private static void checkPorts(ServiceSpec spec, Causes causes) {
        Set<String> names = new HashSet<>();
        Set<String> numbers = new HashSet<>();
        Set<String> nodePorts = new HashSet<>();
        for (int i = 0; i < spec.getPortsCount(); i++) {
            ServicePort port = spec.getPorts(i);
            String path = "spec.ports[" + i + "]";
            checkName(path, port, spec.getPortsCount() > 1, names, causes);
            Checks.port(path + ".port", port.getPort(), causes);
            Checks.port(path + ".targetPort", port.getTargetPort(), causes);
            if (port.hasAppProtocol()) {
                Checks.qualifiedName(path + ".appProtocol", port.getAppProtocol(), causes);
            }
            if (!numbers.add(port.getProtocol() + port.getPort())) {
                causes.duplicate(path, port.getPort());
            }
            if (port.getNodePort() != 0) {
                if (spec.getType().equals("ClusterIP") || spec.getType().equals(EXTERNAL_NAME)) {
                    causes.forbidden(path + ".nodePort", "may not be used when `type` is '" + spec.getType() + "'");
                } else if (!nodePorts.add(port.getProtocol() + port.getNodePort())) {
                    causes.invalid(path + ".nodePort", port.getNodePort(), "provided port is already allocated");
                }
            }
        }
    }

    private static void checkName(String path, ServicePort port, boolean needed, Set<String> names, Causes causes) {
        if (port.getName().isEmpty()) {
            if (needed) {
                causes.required(path + ".name", "");
            }
            return;
        }
        Checks.label(path + ".name", port.getName(), causes);
        if (!names.add(port.getName())) {
            causes.duplicate(path + ".name", port.getName());
        }
    }

    private static void checkAffinity(ServiceSpec spec, Causes causes) {
        if (spec.getSessionAffinity().equals("ClientIP")) {
            int seconds = spec.getSessionAffinityConfig().getClientIP().getTimeoutSeconds();
            if (seconds < 1 || seconds > MAX_AFFINITY_SECONDS) {
                causes.invalid("spec.sessionAffinityConfig.clientIP.timeoutSeconds", seconds,
                        "must be greater than 0 and less than " + MAX_AFFINITY_SECONDS);
            }
        }
    }

    private static void checkAddresses(ServiceSpec spec, Causes causes) {
        if (spec.getClusterIPsCount() > 2) {
            causes.invalid("spec.clusterIPs", spec.getClusterIPsList().toString(), "may only hold up to 2 values");
        }
        if (spec.getClusterIP().isEmpty() && spec.getClusterIPsCount() > 0) {
            causes.invalid("spec.clusterIPs", spec.getClusterIPsList().toString(),
                    "must be empty when `clusterIP` is not specified");
        }
        for (int i = 0; i < spec.getClusterIPsCount(); i++) {
            String address = spec.getClusterIPs(i);
            if (!address.equals(NONE) && !Addresses.isIp(address)) {
                causes.invalid("spec.clusterIPs[" + i + "]", address,
                        Addresses.IP_TEXT);
            }
        }
        List<String> addresses = spec.getClusterIPsList();
        if (addresses.size() > addresses.stream().map(address -> address.contains(":")).distinct().count()) {
            causes.invalid("spec.clusterIPs", addresses.toString(),
                    "may specify no more than one IP for each IP family");
        }
        // Without a selector the addresses are the user's own, of whatever family.
        boolean ownAddresses = spec.getClusterIP().equals(NONE) && spec.getSelectorCount() == 0;
        if (spec.getIpFamilyPolicy().equals("RequireDualStack") && !ownAddresses) {
            causes.invalid("spec.ipFamilyPolicy", spec.getIpFamilyPolicy(),
                    "this cluster is not configured for dual-stack services");
        }
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < spec.getIpFamiliesCount(); i++) {
            String family = spec.getIpFamilies(i);
            if (!List.of("IPv4", "IPv6").contains(family)) {
                causes.notSupported("spec.ipFamilies[" + i + "]", family, List.of("IPv4", "IPv6"));
            } else if (!seen.add(family)) {
                causes.duplicate("spec.ipFamilies[" + i + "]", family);
            } else if (family.equals("IPv6") && !spec.getClusterIP().equals(NONE)) {
                causes.invalid("spec.ipFamilies[" + i + "]", family, "not configured on this cluster");
            }
        }
    }

    private static void checkLoadBalancer(ServiceSpec spec, Causes causes) {
        boolean balanced = spec.getType().equals(LOAD_BALANCER);
        boolean external = balanced || spec.getType().equals("NodePort") || spec.getExternalIPsCount() > 0;
        if (!external && !spec.getExternalTrafficPolicy().isEmpty()) {
            causes.invalid("spec.externalTrafficPolicy", spec.getExternalTrafficPolicy(),
                    "may only be set for externally-accessible services");
        }
        if (!balanced && spec.hasAllocateLoadBalancerNodePorts()) {
            causes.forbidden("spec.allocateLoadBalancerNodePorts",
                    "may only be used when `type` is 'LoadBalancer'");
        }
        if (!balanced && spec.hasLoadBalancerClass()) {
            causes.forbidden("spec.loadBalancerClass", "may only be used when `type` is 'LoadBalancer'");
        } else if (spec.hasLoadBalancerClass()) {
            Checks.qualifiedName("spec.loadBalancerClass", spec.getLoadBalancerClass(), causes);
        }
        for (int i = 0; i < spec.getLoadBalancerSourceRangesCount(); i++) {
            String range = spec.getLoadBalancerSourceRanges(i);
            if (!Addresses.isRange(range.strip())) {
                causes.invalid("spec.LoadBalancerSourceRanges[" + i + "]", range, Addresses.RANGE_TEXT);
            }
        }
        int port = spec.getHealthCheckNodePort();
        if (port < 0) {
            Checks.port("spec.healthCheckNodePort", port, causes);
        } else if (port > 0 && !(balanced && spec.getExternalTrafficPolicy().equals("Local"))) {
            causes.invalid("spec.healthCheckNodePort", port,
                    "may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'");
        }
        if (spec.hasTrafficDistribution() && !spec.getTrafficDistribution().equals("PreferClose")) {
            causes.notSupported("spec.trafficDistribution", spec.getTrafficDistribution(), List.of("PreferClose"));
        }
    }
}
