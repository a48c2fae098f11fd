package dev.longshore.agent.network;

import java.util.List;

/** Decides whether iptables' FORWARD chain would stop our pods, from what {@code iptables -S FORWARD} prints. Pure. */
final class ForwardAccept {
    private ForwardAccept() {
    }

    /** The rules to put at the head; none where the chain drops nothing or has them. */
    static List<List<String>> missing(String listing, String bridge) {
        boolean stops = listing.lines().anyMatch(line -> line.equals("-P FORWARD DROP")
                || line.endsWith("-j DROP") || line.contains("-j REJECT"));
        return stops
                ? rules(bridge).stream()
                        .filter(rule -> listing.lines().noneMatch(("-A FORWARD " + String.join(" ", rule))::equals))
                        .toList()
                : List.of();
    }

    static List<List<String>> rules(String bridge) {
        return List.of(List.of("-i", bridge, "-j", "ACCEPT"), List.of("-o", bridge, "-j", "ACCEPT"));
    }
}
