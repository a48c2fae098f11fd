package dev.longshore.apiserver.resources;

import dev.longshore.api.ResourceTypes;
import dev.longshore.api.core.v1.Service;
import dev.longshore.api.core.v1.ServicePort;
import dev.longshore.api.core.v1.ServiceSpec;
import dev.longshore.api.values.IntOrStrings;
import dev.longshore.api.meta.v1.StatusCause;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Services; their addresses come from the allocator when they are written (defaults: Kubernetes API, core/v1). */
final class ServiceResource extends GenericStrategy<Service> {
    private static final int AFFINITY_SECONDS = 10_800;
    private static final Set<String> OPEN = Set.of("NodePort", "LoadBalancer");
    private static final String NONE = "None";

    ServiceResource() {
        super(ResourceTypes.SERVICES);
    }

    @Override
    public NameRule nameRule() {
        return NameRule.LABEL_1035;
    }

    @Override
    public Service defaults(Service service) {
        Service.Builder filled = super.defaults(service).toBuilder();
        ServiceSpec.Builder spec = filled.getSpecBuilder();
        if (spec.getType().isEmpty()) {
            spec.setType("ClusterIP");
        }
        if (spec.getSessionAffinity().isEmpty()) {
            spec.setSessionAffinity(NONE);
        }
        fillAffinity(spec);
        spec.getPortsBuilderList().forEach(ServiceResource::fill);
        fillTraffic(spec);
        if (spec.getType().equals("LoadBalancer")) {
            filled.getStatusBuilder().getLoadBalancerBuilder().getIngressBuilderList().stream()
                    .filter(ingress -> !ingress.getIp().isEmpty() && !ingress.hasIpMode())
                    .forEach(ingress -> ingress.setIpMode("VIP"));
        }
        return filled.build();
    }

    private static void fillAffinity(ServiceSpec.Builder spec) {
        if (spec.getSessionAffinity().equals(NONE)) {
            spec.clearSessionAffinityConfig();
        } else if (!spec.getSessionAffinityConfig().getClientIP().hasTimeoutSeconds()) {
            spec.getSessionAffinityConfigBuilder().getClientIPBuilder().setTimeoutSeconds(AFFINITY_SECONDS);
        }
    }

    private static void fill(ServicePort.Builder port) {
        if (port.getProtocol().isEmpty()) {
            port.setProtocol("TCP");
        }
        boolean unset = !port.hasTargetPort()
                || IntOrStrings.isInt(port.getTargetPort()) && port.getTargetPort().getIntVal() == 0
                || !IntOrStrings.isInt(port.getTargetPort()) && port.getTargetPort().getStrVal().isEmpty();
        if (unset) {
            port.setTargetPort(IntOrStrings.of(port.getPort()));
        }
    }

    private static void fillTraffic(ServiceSpec.Builder spec) {
        if (spec.getType().equals("ExternalName")) {
            return;
        }
        if (!spec.hasInternalTrafficPolicy()) {
            spec.setInternalTrafficPolicy("Cluster");
        }
        boolean external = OPEN.contains(spec.getType()) || spec.getExternalIPsCount() > 0;
        if (external && spec.getExternalTrafficPolicy().isEmpty()) {
            spec.setExternalTrafficPolicy("Cluster");
        }
        if (spec.getType().equals("LoadBalancer") && !spec.hasAllocateLoadBalancerNodePorts()) {
            spec.setAllocateLoadBalancerNodePorts(true);
        }
        if (!spec.hasIpFamilyPolicy()) {
            spec.setIpFamilyPolicy("SingleStack");
        }
        if (spec.getIpFamiliesCount() == 0) {
            spec.addIpFamilies("IPv4");
            if (spec.getIpFamilyPolicy().endsWith("DualStack") && spec.getClusterIP().equals(NONE)
                    && spec.getSelectorCount() == 0) {
                spec.addIpFamilies("IPv6");
            }
        }
        if (spec.getClusterIPsCount() == 0 && !spec.getClusterIP().isEmpty()) {
            spec.addClusterIPs(spec.getClusterIP());
        }
    }

    @Override
    public Service prepareForUpdate(Service service, Service stored, String subresource) {
        Service changed = super.prepareForUpdate(service, stored, subresource);
        if (!subresource.isEmpty()) {
            return changed;
        }
        Service.Builder kept = changed.toBuilder();
        ServiceUpdate.carryOver(kept.getSpecBuilder(), stored.getSpec());
        return kept.build();
    }

    @Override
    public List<StatusCause> validate(Service service) {
        Causes causes = new Causes();
        causes.addAll(super.validate(service));
        ServiceRules.check(service, causes);
        return causes.list();
    }

    @Override
    public List<StatusCause> validateUpdate(Service service, Service stored, String subresource) {
        Causes causes = new Causes();
        if (subresource.equals("status")) {
            ServiceUpdate.checkStatus(service, causes);
        } else {
            causes.addAll(validate(service));
            ServiceUpdate.check(service.getSpec(), stored.getSpec(), causes);
        }
        return causes.list();
    }

    @Override
    public List<String> warnings(Service service) {
        return ServiceWarnings.of(service.getSpec());
    }

    @Override
    public Map<String, String> selectableFields(Service service) {
        return Map.of("spec.clusterIP", service.getSpec().getClusterIP(), "spec.type", service.getSpec().getType());
    }
}
