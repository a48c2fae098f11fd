package dev.longshore.agent.pods;

import dev.longshore.api.core.v1.HostAlias;
import dev.longshore.api.core.v1.Pod;
import dev.longshore.api.core.v1.PodDNSConfig;
import dev.longshore.cri.v1.DNSConfig;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A pod's host name, hosts file and DNS configuration (Kubernetes API, pod contract). Pure functions. */
public final class PodIdentity {
    private static final int HOSTNAME_LIMIT = 63;
    private static final int NAMESERVER_LIMIT = 3;
    private static final int SEARCH_LIMIT = 32;

    private PodIdentity() {
    }

    /** How names are found. {@code host} is what the node itself uses. */
    public record Dns(String clusterDomain, List<String> clusterServers, List<String> hostServers,
            List<String> hostSearches, List<String> hostOptions) {}

    public static String hostname(Pod pod) {
        String name = pod.getSpec().getHostname().isEmpty() ? pod.getMetadata().getName() : pod.getSpec().getHostname();
        if (name.length() <= HOSTNAME_LIMIT) {
            return name;
        }
        return name.substring(0, HOSTNAME_LIMIT).replaceFirst("[-.]+$", "");
    }

    /** The text of /etc/hosts for a pod that does not use the node's network. */
    public static String hosts(Pod pod, List<String> ips, String clusterDomain) {
        StringBuilder text = new StringBuilder("# Kubernetes-managed hosts file.\n");
        text.append("127.0.0.1\tlocalhost\n::1\tlocalhost ip6-localhost ip6-loopback\nfe00::0\tip6-localnet\n")
                .append("fe00::0\tip6-mcastprefix\nfe00::1\tip6-allnodes\nfe00::2\tip6-allrouters\n");
        String hostname = hostname(pod);
        for (String ip : ips) {
            text.append(ip).append('\t');
            if (!pod.getSpec().getSubdomain().isEmpty()) {
                text.append(hostname).append('.').append(pod.getSpec().getSubdomain()).append('.')
                        .append(pod.getMetadata().getNamespace()).append(".svc.").append(clusterDomain).append('\t');
            }
            text.append(hostname).append('\n');
        }
        if (pod.getSpec().getHostAliasesCount() > 0) {
            text.append("\n# Entries added by HostAliases.\n");
        }
        for (HostAlias alias : pod.getSpec().getHostAliasesList()) {
            text.append(alias.getIp()).append('\t').append(String.join("\t", alias.getHostnamesList())).append('\n');
        }
        return text.toString();
    }

    public static DNSConfig dns(Pod pod, Dns dns) {
        Set<String> servers = new LinkedHashSet<>();
        Set<String> searches = new LinkedHashSet<>();
        Map<String, String> options = new LinkedHashMap<>();
        if (usesCluster(pod) && !dns.clusterServers().isEmpty()) {
            servers.addAll(dns.clusterServers());
            String domain = dns.clusterDomain();
            searches.addAll(List.of(pod.getMetadata().getNamespace() + ".svc." + domain, "svc." + domain, domain));
            searches.addAll(dns.hostSearches());
            options.put("ndots", "5");
        } else if (!pod.getSpec().getDnsPolicy().equals("None")) {
            servers.addAll(dns.hostServers());
            searches.addAll(dns.hostSearches());
            dns.hostOptions().forEach(option -> put(options, option));
        }
        PodDNSConfig more = pod.getSpec().getDnsConfig();
        servers.addAll(more.getNameserversList());
        searches.addAll(more.getSearchesList());
        more.getOptionsList().forEach(option -> options.put(option.getName(), option.getValue()));
        List<String> words = new ArrayList<>();
        options.forEach((name, value) -> words.add(value.isEmpty() ? name : name + ":" + value));
        return DNSConfig.newBuilder().addAllServers(servers.stream().limit(NAMESERVER_LIMIT).toList())
                .addAllSearches(searches.stream().limit(SEARCH_LIMIT).toList()).addAllOptions(words).build();
    }

    private static void put(Map<String, String> options, String option) {
        int colon = option.indexOf(':');
        options.put(colon < 0 ? option : option.substring(0, colon), colon < 0 ? "" : option.substring(colon + 1));
    }

    private static boolean usesCluster(Pod pod) {
        return switch (pod.getSpec().getDnsPolicy()) {
            case "ClusterFirstWithHostNet" -> true;
            case "Default", "None" -> false;
            default -> !pod.getSpec().getHostNetwork();
        };
    }

    /** The node's own configuration, from the lines of its resolv.conf. */
    public static Dns parse(List<String> resolvConf, String clusterDomain, List<String> clusterServers) {
        List<String> servers = new ArrayList<>();
        List<String> searches = new ArrayList<>();
        List<String> options = new ArrayList<>();
        for (String line : resolvConf) {
            List<String> words = List.of(line.trim().split("\\s+"));
            List<String> rest = words.subList(1, words.size());
            switch (words.getFirst()) {
                case "nameserver" -> servers.addAll(rest);
                case "search" -> {
                    searches.clear();
                    searches.addAll(rest.stream().filter(word -> !word.equals(".")).toList());
                }
                case "options" -> options.addAll(rest);
                default -> {
                }
            }
        }
        return new Dns(clusterDomain, clusterServers, List.copyOf(servers), List.copyOf(searches),
                List.copyOf(options));
    }
}
