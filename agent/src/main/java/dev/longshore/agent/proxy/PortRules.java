package dev.longshore.agent.proxy;

import dev.longshore.api.core.v1.Service;
import dev.longshore.api.core.v1.ServicePort;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/** The chains of one port of one Service, and the verdicts that lead into them. */
final class PortRules {
    /** API default of sessionAffinityConfig.clientIP.timeoutSeconds. */
    private static final int DEFAULT_AFFINITY_SECONDS = 10_800;
    /** A chain name may have 128 characters; the readable part is cut to leave room. */
    private static final int READABLE_LENGTH = 60;
    private static final Verdict REFUSE = new Verdict("goto " + BaseChains.REFUSE, true);
    private static final Verdict DROP = new Verdict("drop", true);

    private final ProxyConfig config;
    private final Service service;
    private final ServicePort port;
    private final Backends backends;
    private final boolean internalLocal;
    private final boolean externalLocal;
    private final String suffix;
    private final Map<String, Chain> chains = new TreeMap<>();
    private final List<String> learnedSets = new ArrayList<>();

    PortRules(ProxyConfig config, Service service, ServicePort port, Backends backends) {
        this.config = config;
        this.service = service;
        this.port = port;
        this.backends = backends;
        this.internalLocal = service.getSpec().getInternalTrafficPolicy().equals("Local");
        this.externalLocal = service.getSpec().getExternalTrafficPolicy().equals("Local");
        this.suffix = suffix();
        build();
    }

    /**
     * What happens to a packet of a map's key.
     *
     * @param refuses whether no endpoint is behind it, so that it belongs in the filter's map
     */
    record Verdict(String text, boolean refuses) {}

    Verdict internalVerdict() {
        if (backends.cluster().isEmpty()) {
            return REFUSE;
        }
        if (internalLocal) {
            return backends.local().isEmpty() ? DROP : new Verdict("goto " + localChain(), false);
        }
        return new Verdict("goto " + clusterChain(), false);
    }

    Verdict externalVerdict() {
        return backends.cluster().isEmpty() ? REFUSE : new Verdict("goto ext-" + suffix, false);
    }

    Verdict balancerVerdict() {
        if (backends.cluster().isEmpty() || sourceRanges().isEmpty()) {
            return externalVerdict();
        }
        return new Verdict("goto lb-" + suffix, false);
    }

    Map<String, Chain> chains() {
        return chains;
    }

    /** Name, a space, and the type of each set that the kernel fills. */
    List<String> learnedSets() {
        return learnedSets;
    }

    /** Pairs of equal addresses: a pod of this node that talks to itself through the Service. */
    List<String> hairpins() {
        return backends.cluster().isEmpty()
                ? List.of()
                : Stream.concat(backends.cluster().stream(), backends.local().stream())
                        .filter(Backend::local).map(local -> local.address() + " . " + local.address()).toList();
    }

    private void build() {
        if (backends.cluster().isEmpty()) {
            return;
        }
        boolean fromOutside = isExternal();
        if (!internalLocal || fromOutside) {
            spread(clusterChain(), "ep-", backends.cluster(), clusterIpMasquerade());
        }
        if (!backends.local().isEmpty() && (internalLocal || fromOutside && externalLocal)) {
            spread(localChain(), "lep-", backends.local(), List.of());
        }
        if (fromOutside) {
            chains.put("ext-" + suffix, new Chain("", externalRules()));
            if (!sourceRanges().isEmpty()) {
                chains.put("lb-" + suffix, Chain.of("ip saddr { " + String.join(", ", sourceRanges()) + " } goto ext-"
                        + suffix, "drop"));
            }
        }
    }

    private boolean isExternal() {
        return port.getNodePort() > 0 || service.getSpec().getExternalIPsCount() > 0
                || service.getStatus().getLoadBalancer().getIngressCount() > 0;
    }

    /** A caller that is no pod would get its answer from a stranger, so its packets get the node's address. */
    private List<String> clusterIpMasquerade() {
        return List.of("ip saddr != " + config.clusterCidr() + " ip daddr " + service.getSpec().getClusterIP()
                + " jump " + BaseChains.MARK);
    }

    private List<String> externalRules() {
        if (!externalLocal) {
            return List.of("jump " + BaseChains.MARK, "goto " + clusterChain());
        }
        // Pods and the node itself are not outside: for them the external address is a short cut to the Service.
        return List.of("ip saddr " + config.clusterCidr() + " goto " + clusterChain(),
                "fib saddr type local jump " + BaseChains.MARK,
                "fib saddr type local goto " + clusterChain(),
                backends.local().isEmpty() ? "drop" : "goto " + localChain());
    }

    private void spread(String chain, String prefix, List<Backend> targets, List<String> before) {
        List<String> rules = new ArrayList<>(before);
        if (service.getSpec().getSessionAffinity().equals("ClientIP")) {
            rules.addAll(stickyRules(prefix, targets));
        } else {
            rules.add("meta l4proto " + RuleCompiler.protocol(port) + " " + translation(targets));
        }
        chains.put(chain, new Chain("", rules));
    }

    private static String translation(List<Backend> targets) {
        return targets.size() == 1
                ? "dnat to " + targets.getFirst()
                : "dnat ip to numgen random mod " + targets.size() + " map { "
                        + numbered(targets.stream().map(Backend::concatenated).toList()) + " }";
    }

    /** A client goes where it went before, as long as that endpoint is there and the memory fresh. */
    private List<String> stickyRules(String prefix, List<Backend> targets) {
        List<String> rules = new ArrayList<>();
        List<String> verdicts = new ArrayList<>();
        for (Backend target : targets) {
            String name = suffix + "/" + target.address() + "/" + target.port();
            rules.add("ip saddr @seen-" + prefix + name + " goto " + prefix + name);
            verdicts.add("goto " + prefix + name);
            learnedSets.add("seen-" + prefix + name + " type ipv4_addr ; flags dynamic,timeout ; timeout "
                    + affinitySeconds() + "s ;");
            chains.put(prefix + name, Chain.of("update @seen-" + prefix + name + " { ip saddr }",
                    "meta l4proto " + RuleCompiler.protocol(port) + " dnat to " + target));
        }
        rules.add("numgen random mod " + targets.size() + " vmap { " + numbered(verdicts) + " }");
        return rules;
    }

    private int affinitySeconds() {
        int seconds = service.getSpec().getSessionAffinityConfig().getClientIP().getTimeoutSeconds();
        return seconds > 0 ? seconds : DEFAULT_AFFINITY_SECONDS;
    }

    private List<String> sourceRanges() {
        return service.getSpec().getLoadBalancerSourceRangesList().stream().map(String::strip).filter(Ipv4::isCidr)
                .sorted().distinct().toList();
    }

    private String clusterChain() {
        return "svc-" + suffix;
    }

    private String localChain() {
        return "local-" + suffix;
    }

    /** A short hash keeps names apart when the readable part is cut. */
    private String suffix() {
        String readable = service.getMetadata().getNamespace() + "/" + service.getMetadata().getName() + "/"
                + RuleCompiler.protocol(port) + "/" + port.getPort();
        CRC32C hash = new CRC32C();
        hash.update(readable.getBytes(StandardCharsets.UTF_8));
        return String.format("%08x-", hash.getValue())
                + (readable.length() > READABLE_LENGTH ? readable.substring(0, READABLE_LENGTH) : readable);
    }

    private static String numbered(List<String> values) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < values.size(); i++) {
            text.append(i == 0 ? "" : ", ").append(i).append(" : ").append(values.get(i));
        }
        return text.toString();
    }
}
