package dev.longshore.agent.env;

import dev.longshore.api.core.v1.Service;
import dev.longshore.api.core.v1.ServicePort;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The variables by which a container finds the services that existed at its start (Kubernetes API, service links). */
final class ServiceEnv {
    private ServiceEnv() {
    }

    static Map<String, String> of(List<Service> services) {
        Map<String, String> result = new LinkedHashMap<>();
        for (Service service : services) {
            String ip = service.getSpec().getClusterIP();
            if (!ip.isEmpty() && !ip.equals("None") && service.getSpec().getPortsCount() > 0) {
                add(result, word(service.getMetadata().getName()), ip, service.getSpec().getPortsList());
            }
        }
        return result;
    }

    private static void add(Map<String, String> result, String name, String ip, List<ServicePort> ports) {
        ServicePort first = ports.getFirst();
        result.put(name + "_SERVICE_HOST", ip);
        result.put(name + "_SERVICE_PORT", Integer.toString(first.getPort()));
        for (ServicePort port : ports) {
            if (!port.getName().isEmpty()) {
                result.put(name + "_SERVICE_PORT_" + word(port.getName()), Integer.toString(port.getPort()));
            }
        }
        result.put(name + "_PORT", url(ip, first));
        for (ServicePort port : ports) {
            String prefix = name + "_PORT_" + port.getPort() + "_" + protocol(port).toUpperCase(Locale.ROOT);
            result.put(prefix, url(ip, port));
            result.put(prefix + "_PROTO", protocol(port));
            result.put(prefix + "_PORT", Integer.toString(port.getPort()));
            result.put(prefix + "_ADDR", ip);
        }
    }

    private static String url(String ip, ServicePort port) {
        return protocol(port) + "://" + (ip.contains(":") ? "[" + ip + "]" : ip) + ":" + port.getPort();
    }

    private static String protocol(ServicePort port) {
        return port.getProtocol().isEmpty() ? "tcp" : port.getProtocol().toLowerCase(Locale.ROOT);
    }

    private static String word(String name) {
        return name.toUpperCase(Locale.ROOT).replace('-', '_');
    }
}
