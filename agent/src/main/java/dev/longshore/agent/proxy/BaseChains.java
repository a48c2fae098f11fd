package dev.longshore.agent.proxy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The chains that every node has, whatever its Services: the kernel's hooks and the common ends. */
final class BaseChains {
    static final String MARK = "mark-for-masquerade";
    static final String REFUSE = "refuse";
    private static final String SERVICES = "services";
    private static final String REFUSED = "refused";
    /** One bit of the packet mark, which kube-proxy (0x4000) and Docker do not use. */
    private static final String MARK_BIT = "0x00002000";
    private static final String OTHER_BITS = "0xffffdfff";

    private BaseChains() {
    }

    static void add(ProxyConfig config, Map<String, Chain> chains) {
        chains.put("nat-prerouting",
                new Chain("type nat hook prerouting priority -100 ;", List.of("jump " + SERVICES)));
        chains.put("nat-output", new Chain("type nat hook output priority -100 ;", List.of("jump " + SERVICES)));
        chains.put("nat-postrouting", new Chain("type nat hook postrouting priority 100 ;", masquerade(config)));
        chains.put("filter-input", filter("input"));
        chains.put("filter-forward", filter("forward"));
        chains.put("filter-output", filter("output"));
        chains.put(SERVICES, Chain.of(
                "ip daddr . meta l4proto . th dport vmap @" + RuleCompiler.SERVICE_IPS,
                "fib daddr type local ip daddr != 127.0.0.0/8 meta l4proto . th dport vmap @"
                        + RuleCompiler.NODE_PORTS));
        chains.put(REFUSED, Chain.of(
                "ip daddr . meta l4proto . th dport vmap @" + RuleCompiler.REFUSED_IPS,
                "fib daddr type local ip daddr != 127.0.0.0/8 meta l4proto . th dport vmap @"
                        + RuleCompiler.REFUSED_NODE_PORTS,
                // A Service address that is still here was not translated: nothing serves this port.
                "ip daddr @" + RuleCompiler.CLUSTER_IPS + " goto " + REFUSE));
        chains.put(REFUSE, Chain.of("meta l4proto tcp reject with tcp reset", "reject"));
        chains.put(MARK, Chain.of("meta mark set meta mark | " + MARK_BIT));
    }

    /** Behind the translation (-100), so that a Service address that is still there has no endpoint. */
    private static Chain filter(String hook) {
        return new Chain("type filter hook " + hook + " priority -90 ;", List.of("ct state new jump " + REFUSED));
    }

    private static List<String> masquerade(ProxyConfig config) {
        List<String> rules = new ArrayList<>();
        rules.add("ip saddr . ip daddr @" + RuleCompiler.HAIRPINS + " masquerade fully-random");
        rules.add("meta mark & " + MARK_BIT + " != 0 meta mark set meta mark & " + OTHER_BITS
                + " masquerade fully-random");
        if (!config.trackedBridge()) {
            rules.add("ct status dnat ip saddr " + config.podCidr() + " ip daddr " + config.podCidr()
                    + " masquerade fully-random");
        }
        rules.add("ip saddr " + config.podCidr() + " ip daddr != " + config.clusterCidr()
                + " ip daddr != 224.0.0.0/4 masquerade fully-random");
        return rules;
    }
}
