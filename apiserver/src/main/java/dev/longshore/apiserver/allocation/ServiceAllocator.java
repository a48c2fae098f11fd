package dev.longshore.apiserver.allocation;

import com.google.protobuf.Message;
import dev.longshore.api.ApiException;
import dev.longshore.api.Reason;
import dev.longshore.api.ResourceType;
import dev.longshore.api.ResourceTypes;
import dev.longshore.api.core.v1.Service;
import dev.longshore.api.core.v1.ServicePort;
import dev.longshore.api.core.v1.ServiceSpec;
import dev.longshore.apiserver.admission.ObjectReader;
import dev.longshore.apiserver.allocation.Claims.Kind;
import dev.longshore.apiserver.allocation.Claims.Owner;
import dev.longshore.apiserver.resources.Causes;
import dev.longshore.apiserver.resources.ClusterConfig;
import dev.longshore.apiserver.store.Store;
import dev.longshore.common.time.Environment;
import dev.longshore.common.time.Randomness;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;

/**
 * Gives Services their cluster IPs and node ports; other kinds pass through. A value is claimed before the Service is
 * written and given back when the write fails or the Service stops using it. Safe for any number of threads and
 * servers.
 */
public final class ServiceAllocator {
    /** Random values tried before all claims are read to find a free one. */
    private static final int RANDOM_TRIES = 8;

    /** Ports that a dry run shows, which allocates nothing: behind the range, as Kubernetes does. */
    private static final int PREVIEW_OFFSET = 2;

    private static final String NONE = "None";

    private final Claims claims;
    private final ClusterConfig config;
    private final AddressRange addresses;
    private final Randomness randomness;

    public ServiceAllocator(Store store, ObjectReader reader, ClusterConfig config, Environment environment,
            Answers answers) {
        this.claims = new Claims(store, reader, environment.clock(), answers);
        this.config = config;
        this.addresses = AddressRange.of(config);
        this.randomness = environment.randomness();
    }

    /** An object with its addresses; {@link #finish} must follow. */
    public static final class Assignment<T extends Message> {
        private final T object;
        private final Runnable keep;
        private final Runnable undo;

        private Assignment(T object, Runnable keep, Runnable undo) {
            this.object = object;
            this.keep = keep;
            this.undo = undo;
        }

        public T object() {
            return object;
        }

        /** @param written whether the object was stored; if not, what was taken for it is given back */
        public void finish(boolean written) {
            (written ? keep : undo).run();
        }
    }

    private record Claim(Kind kind, String value) {}

    /** What an object would look like, with values in the places that a real write fills. */
    public <T extends Message> T preview(ResourceType<T> type, T object) {
        if (type != ResourceTypes.SERVICES || !(object instanceof Service service)) {
            return object;
        }
        ServiceSpec.Builder spec = service.getSpec().toBuilder();
        if (needsAddress(spec) && spec.getClusterIP().isEmpty()) {
            setAddress(spec, addresses.address(0));
        }
        if (needsPorts(spec)) {
            for (int i = 0; i < spec.getPortsCount(); i++) {
                if (spec.getPorts(i).getNodePort() == 0) {
                    spec.getPortsBuilder(i).setNodePort(config.nodePortMax() + PREVIEW_OFFSET + i);
                }
            }
        }
        if (needsHealthPort(spec) && spec.getHealthCheckNodePort() == 0) {
            spec.setHealthCheckNodePort(config.nodePortMax() + PREVIEW_OFFSET + spec.getPortsCount());
        }
        return type.cast(service.toBuilder().setSpec(spec).build());
    }

    /** Fails with INVALID when a value asked for is taken or out of range, with INTERNAL_ERROR when none is free. */
    public <T extends Message> Assignment<T> assign(ResourceType<T> type, T object, Optional<T> stored) {
        if (type != ResourceTypes.SERVICES || !(object instanceof Service service)) {
            return new Assignment<>(object, () -> {
            }, () -> {
            });
        }
        Owner owner = Owner.of(service);
        Set<Claim> before = new LinkedHashSet<>();
        stored.ifPresent(old -> before.addAll(claimsOf(((Service) old).getSpec())));
        Set<Claim> taken = new LinkedHashSet<>();
        Runnable undo = () -> taken.forEach(claim -> claims.release(claim.kind(), claim.value(), owner));
        Service assigned;
        try {
            assigned = fill(service, before, taken, owner);
        } catch (RuntimeException refused) {
            undo.run();
            throw refused;
        }
        Set<Claim> unused = new LinkedHashSet<>(before);
        unused.removeAll(claimsOf(assigned.getSpec()));
        return new Assignment<>(type.cast(assigned),
                () -> unused.forEach(claim -> claims.release(claim.kind(), claim.value(), owner)), undo);
    }

    /** Gives back what a deleted Service had. */
    public <T extends Message> void release(ResourceType<T> type, T object) {
        if (type == ResourceTypes.SERVICES && object instanceof Service service) {
            claimsOf(service.getSpec())
                    .forEach(claim -> claims.release(claim.kind(), claim.value(), Owner.of(service)));
        }
    }

    private Service fill(Service service, Set<Claim> before, Set<Claim> taken, Owner owner) {
        ServiceSpec.Builder spec = service.getSpec().toBuilder();
        Request request = new Request(service, before, taken, owner);
        if (needsAddress(spec)) {
            fillAddress(spec, request);
        }
        if (needsPorts(spec)) {
            for (int i = 0; i < spec.getPortsCount(); i++) {
                ServicePort port = spec.getPorts(i);
                if (port.getNodePort() == 0) {
                    spec.getPortsBuilder(i).setNodePort(anyPort(request));
                } else {
                    request.takePort(port.getNodePort(), "spec.ports[" + i + "].nodePort");
                }
            }
        }
        if (needsHealthPort(spec)) {
            if (spec.getHealthCheckNodePort() == 0) {
                spec.setHealthCheckNodePort(anyPort(request));
            } else {
                request.takePort(spec.getHealthCheckNodePort(), "spec.healthCheckNodePort");
            }
        }
        return service.toBuilder().setSpec(spec).build();
    }

    /** What one assignment works with. */
    private final class Request {
        final Service service;
        final Set<Claim> before;
        final Set<Claim> taken;
        final Owner owner;

        Request(Service service, Set<Claim> before, Set<Claim> taken, Owner owner) {
            this.service = service;
            this.before = before;
            this.taken = taken;
            this.owner = owner;
        }

        boolean take(Kind kind, String value) {
            Claim claim = new Claim(kind, value);
            if (before.contains(claim) || taken.contains(claim)) {
                return true;
            }
            boolean done = claims.take(kind, value, owner);
            if (done) {
                taken.add(claim);
            }
            return done;
        }

        void takePort(int port, String field) {
            if (port < config.nodePortMin() || port > config.nodePortMax()) {
                throw invalid(field, port, "provided port is not in the valid range. The range of valid ports is "
                        + config.nodePortMin() + "-" + config.nodePortMax());
            }
            if (!take(Kind.NODE_PORT, Integer.toString(port))) {
                throw invalid(field, port, "provided port is already allocated");
            }
        }

        ApiException invalid(String field, Object value, String detail) {
            Causes causes = new Causes();
            causes.invalid(field, value, detail);
            return ApiException.invalid(ResourceTypes.SERVICES, service.getMetadata().getName(), causes.list());
        }
    }

    private void fillAddress(ServiceSpec.Builder spec, Request request) {
        String wanted = spec.getClusterIP();
        if (wanted.isEmpty()) {
            setAddress(spec, any(Kind.CLUSTER_IP, addresses.firstDynamic(),
                    addresses.size() - 1 - addresses.firstDynamic(), addresses::address, request));
            return;
        }
        if (!addresses.contains(wanted)) {
            throw request.invalid("spec.clusterIPs", wanted, "failed to allocate IP " + wanted
                    + ": the provided IP (" + wanted + ") is not in the valid range. The range of valid IPs is "
                    + config.serviceCidr());
        }
        if (!request.take(Kind.CLUSTER_IP, wanted)) {
            throw request.invalid("spec.clusterIPs", wanted,
                    "failed to allocate IP " + wanted + ": provided IP is already allocated");
        }
        setAddress(spec, wanted);
    }

    private int anyPort(Request request) {
        return Integer.parseInt(any(Kind.NODE_PORT, config.nodePortMin(),
                config.nodePortMax() - config.nodePortMin() + 1, Integer::toString, request));
    }

    private String any(Kind kind, int first, int count, IntFunction<String> text, Request request) {
        for (int i = 0; i < RANDOM_TRIES; i++) {
            String value = text.apply(first + randomness.below(count));
            if (!request.taken.contains(new Claim(kind, value)) && request.take(kind, value)) {
                return value;
            }
        }
        Set<String> used = claims.taken(kind);
        int start = randomness.below(count);
        for (int i = 0; i < count; i++) {
            String value = text.apply(first + (start + i) % count);
            if (!used.contains(value) && request.take(kind, value)) {
                return value;
            }
        }
        throw ApiException.of(Reason.INTERNAL_ERROR, switch (kind) {
            case CLUSTER_IP -> "failed to allocate a serviceIP: range is full";
            case NODE_PORT -> "failed to allocate a nodePort: range is full";
        });
    }

    private static Set<Claim> claimsOf(ServiceSpec spec) {
        Set<Claim> used = new LinkedHashSet<>();
        if (!spec.getClusterIP().isEmpty() && !spec.getClusterIP().equals(NONE)) {
            used.add(new Claim(Kind.CLUSTER_IP, spec.getClusterIP()));
        }
        spec.getPortsList().stream().map(ServicePort::getNodePort).filter(port -> port != 0)
                .forEach(port -> used.add(new Claim(Kind.NODE_PORT, Integer.toString(port))));
        if (spec.getHealthCheckNodePort() != 0) {
            used.add(new Claim(Kind.NODE_PORT, Integer.toString(spec.getHealthCheckNodePort())));
        }
        return used;
    }

    private static boolean needsAddress(ServiceSpec.Builder spec) {
        return !spec.getType().equals("ExternalName") && !spec.getClusterIP().equals(NONE);
    }

    private static boolean needsPorts(ServiceSpec.Builder spec) {
        boolean balanced = spec.getType().equals("LoadBalancer") && spec.getAllocateLoadBalancerNodePorts();
        return spec.getType().equals("NodePort") || balanced;
    }

    private static boolean needsHealthPort(ServiceSpec.Builder spec) {
        return spec.getType().equals("LoadBalancer") && spec.getExternalTrafficPolicy().equals("Local");
    }

    private static void setAddress(ServiceSpec.Builder spec, String address) {
        spec.setClusterIP(address).clearClusterIPs().addClusterIPs(address);
    }
}
