package dev.longshore.apiserver.resources;

import dev.longshore.api.core.v1.LoadBalancerIngress;
import dev.longshore.api.core.v1.Service;
import dev.longshore.api.core.v1.ServicePort;
import dev.longshore.api.core.v1.ServiceSpec;
import java.util.Set;

/**
 * What an update makes of a Service (source: Kubernetes API, core/v1 update of Services): what the client leaves out
 * stays as allocated; what the new type has no use for goes, unless the client has just set it; and what others rely on
 * may not change.
 */
final class ServiceUpdate {
    private static final Set<String> OPEN = Set.of("NodePort", "LoadBalancer");
    private static final String EXTERNAL_NAME = "ExternalName";
    private static final String LOAD_BALANCER = "LoadBalancer";

    private ServiceUpdate() {
    }

    static void carryOver(ServiceSpec.Builder spec, ServiceSpec stored) {
        if (spec.getType().equals(EXTERNAL_NAME)) {
            spec.clearClusterIP().clearClusterIPs();
        } else if (spec.getClusterIP().isEmpty() && !stored.getType().equals(EXTERNAL_NAME)) {
            spec.setClusterIP(stored.getClusterIP()).clearClusterIPs().addAllClusterIPs(stored.getClusterIPsList());
        }
        spec.getPortsBuilderList().forEach(port -> carryOver(port, OPEN.contains(spec.getType()), stored));
        if (isCheckedByBalancer(stored) && isCheckedByBalancer(spec.build())) {
            if (spec.getHealthCheckNodePort() == 0) {
                spec.setHealthCheckNodePort(stored.getHealthCheckNodePort());
            }
        } else if (spec.getHealthCheckNodePort() == stored.getHealthCheckNodePort()) {
            spec.clearHealthCheckNodePort();
        }
        dropForeign(spec, stored);
    }

    private static void carryOver(ServicePort.Builder port, boolean open, ServiceSpec stored) {
        if (port.getNodePort() == 0 && open) {
            stored.getPortsList().stream().filter(old -> old.getPort() == port.getPort()
                    && old.getProtocol().equals(port.getProtocol()) && old.getNodePort() != 0).findFirst()
                    .ifPresent(old -> port.setNodePort(old.getNodePort()));
        } else if (!open && stored.getPortsList().stream().anyMatch(old -> old.getNodePort() == port.getNodePort())) {
            port.clearNodePort();
        }
    }

    private static void dropForeign(ServiceSpec.Builder spec, ServiceSpec stored) {
        if (!OPEN.contains(spec.getType()) && spec.getExternalIPsCount() == 0) {
            spec.clearExternalTrafficPolicy();
        }
        if (!spec.getType().equals(LOAD_BALANCER) && stored.getType().equals(LOAD_BALANCER)) {
            spec.clearAllocateLoadBalancerNodePorts();
            if (spec.getLoadBalancerClass().equals(stored.getLoadBalancerClass())) {
                spec.clearLoadBalancerClass();
            }
        }
    }

    /** Whether a load balancer asks each node for the endpoints that it has. */
    private static boolean isCheckedByBalancer(ServiceSpec spec) {
        return spec.getType().equals(LOAD_BALANCER) && spec.getExternalTrafficPolicy().equals("Local");
    }

    static void check(ServiceSpec spec, ServiceSpec stored, Causes causes) {
        boolean named = spec.getType().equals(EXTERNAL_NAME) || stored.getType().equals(EXTERNAL_NAME);
        if (!named && !spec.getClusterIP().equals(stored.getClusterIP())) {
            causes.invalid("spec.clusterIPs[0]", spec.getClusterIPsList().toString(), "may not change once set");
        }
        boolean balanced = spec.getType().equals(LOAD_BALANCER) && stored.getType().equals(LOAD_BALANCER);
        if (balanced && !spec.getLoadBalancerClass().equals(stored.getLoadBalancerClass())) {
            causes.invalid("spec.loadBalancerClass", spec.getLoadBalancerClass(), "may not change once set");
        }
        if (isCheckedByBalancer(spec) && isCheckedByBalancer(stored)
                && spec.getHealthCheckNodePort() != stored.getHealthCheckNodePort()) {
            causes.forbidden("spec.healthCheckNodePort", "field is immutable");
        }
    }

    /** What the one who provides the load balancer reports. */
    static void checkStatus(Service service, Causes causes) {
        String path = "status.loadBalancer.ingress";
        int count = service.getStatus().getLoadBalancer().getIngressCount();
        if (count > 0 && !service.getSpec().getType().equals(LOAD_BALANCER)) {
            causes.forbidden(path, "may only be used when `spec.type` is 'LoadBalancer'");
            return;
        }
        for (int i = 0; i < count; i++) {
            check(path + "[" + i + "]", service.getStatus().getLoadBalancer().getIngress(i), causes);
        }
    }

    private static void check(String path, LoadBalancerIngress ingress, Causes causes) {
        if (!ingress.getIp().isEmpty() && !Addresses.isIp(ingress.getIp())) {
            causes.invalid(path + ".ip", ingress.getIp(), Addresses.IP_TEXT);
        }
        if (ingress.getIp().isEmpty() && ingress.hasIpMode()) {
            causes.forbidden(path + ".ipMode", "may not be specified when `ip` is not set");
        }
        if (Addresses.isIp(ingress.getHostname())) {
            causes.invalid(path + ".hostname", ingress.getHostname(), "must be a DNS name, not an IP address");
        } else if (!ingress.getHostname().isEmpty()) {
            Checks.subdomain(path + ".hostname", ingress.getHostname(), causes);
        }
    }
}
