package dev.longshore.agent.dns;

import dev.longshore.api.core.v1.Service;
import dev.longshore.api.discovery.v1.Endpoint;
import dev.longshore.api.discovery.v1.EndpointSlice;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Answers questions about the cluster's names. Pure. The names are those of the Kubernetes DNS specification 1.1.0:
 * {@code SERVICE.NAMESPACE.svc.ZONE}, {@code HOST.SERVICE.NAMESPACE.svc.ZONE},
 * {@code _PORT._PROTOCOL.SERVICE.NAMESPACE.svc.ZONE}, {@code A-B-C-D.NAMESPACE.pod.ZONE}, and the reverse of addresses.
 *
 * <p>A pod's name is answered from the name alone, whether such a pod exists or not, as clusters do by default.
 */
final class ClusterZone {
    private static final String REVERSE = ".in-addr.arpa";
    private static final String SPECIFICATION = "1.1.0";

    private final String zone;
    private final ClusterNames names;

    /** @param zone without dots at its ends: {@code cluster.local} */
    ClusterZone(String zone, ClusterNames names) {
        this.zone = zone;
        this.names = names;
    }

    String zone() {
        return zone;
    }

    Answer answer(Question question) {
        String name = question.name();
        if (name.endsWith(REVERSE)) {
            return reverse(question, name.substring(0, name.length() - REVERSE.length()));
        }
        if (name.equals(zone)) {
            return question.wants(Question.SOA)
                    ? new Answer.Found(List.of(new DnsRecord.Authority(zone)), List.of())
                    : new Answer.NoData();
        }
        return name.endsWith("." + zone)
                ? inside(question, List.of(name.substring(0, name.length() - zone.length() - 1).split("\\.", -1)))
                : new Answer.NotOurs();
    }

    private Answer inside(Question question, List<String> labels) {
        return switch (labels.getLast()) {
            case "svc" -> service(question, labels.subList(0, labels.size() - 1));
            case "pod" -> pod(question, labels.subList(0, labels.size() - 1));
            case "dns-version" -> labels.size() > 1
                    ? new Answer.NoSuchName()
                    : found(question, Question.TXT, List.of(new DnsRecord.Text(question.name(), SPECIFICATION)));
            default -> new Answer.NoSuchName();
        };
    }

    private Answer pod(Question question, List<String> labels) {
        if (labels.size() < 2) {
            return new Answer.NoData();
        }
        String address = labels.getFirst().replace('-', '.');
        return labels.size() == 2 && isIpv4(address)
                ? found(question, Question.A, List.of(new DnsRecord.Address(question.name(), address)))
                : new Answer.NoSuchName();
    }

    private Answer service(Question question, List<String> labels) {
        if (labels.size() < 2) {
            return new Answer.NoData();
        }
        String namespace = labels.getLast();
        String name = labels.get(labels.size() - 2);
        Optional<Service> service = names.service(namespace, name);
        if (service.isEmpty()) {
            return new Answer.NoSuchName();
        }
        ServiceNames found = new ServiceNames(service.get(), names.slices(namespace, name),
                name + "." + namespace + ".svc." + zone);
        List<String> prefix = labels.subList(0, labels.size() - 2);
        return switch (prefix.size()) {
            case 0 -> found.whole(question);
            case 1 -> found.host(question, prefix.getFirst());
            case 2 -> found.port(question, prefix.getFirst(), prefix.get(1));
            default -> new Answer.NoSuchName();
        };
    }

    private Answer reverse(Question question, String reversed) {
        List<String> parts = Arrays.asList(reversed.split("\\.", -1)).reversed();
        String address = String.join(".", parts);
        if (!isIpv4(address)) {
            return new Answer.NotOurs();
        }
        Optional<String> target = names.serviceByAddress(address)
                .map(service -> service.getMetadata().getName() + "." + service.getMetadata().getNamespace()
                        + ".svc." + zone)
                .or(() -> endpointName(address));
        return target.isEmpty()
                ? new Answer.NotOurs()
                : found(question, Question.PTR, List.of(new DnsRecord.Pointer(question.name(), target.get())));
    }

    /** The name of an endpoint of a headless Service; others have none of their own. */
    private Optional<String> endpointName(String address) {
        for (EndpointSlice slice : names.slicesByAddress(address)) {
            String serviceName = slice.getMetadata().getLabelsMap().getOrDefault("kubernetes.io/service-name", "");
            String namespace = slice.getMetadata().getNamespace();
            boolean headless = names.service(namespace, serviceName).filter(ServiceNames::isHeadless).isPresent();
            Optional<Endpoint> endpoint = slice.getEndpointsList().stream()
                    .filter(candidate -> candidate.getAddressesList().contains(address)).findFirst();
            if (headless && endpoint.isPresent()) {
                return Optional.of(ServiceNames.hostOf(endpoint.get()) + "." + serviceName + "." + namespace + ".svc."
                        + zone);
            }
        }
        return Optional.empty();
    }

    private static Answer found(Question question, int type, List<DnsRecord> records) {
        return question.wants(type) ? new Answer.Found(records, List.of()) : new Answer.NoData();
    }

    static boolean isIpv4(String text) {
        String[] parts = text.split("\\.", -1);
        return parts.length == 4 && Arrays.stream(parts)
                .allMatch(part -> part.matches("0|[1-9][0-9]{0,2}") && Integer.parseInt(part) <= 255);
    }
}
