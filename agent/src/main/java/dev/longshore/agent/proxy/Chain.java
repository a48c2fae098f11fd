package dev.longshore.agent.proxy;

import java.util.List;

/**
 * A chain: its rules in nft's language, in order.
 *
 * @param hook where the kernel enters the chain, such as {@code type nat hook prerouting priority -100 ;}; "" for a
 *             chain that others jump to
 */
record Chain(String hook, List<String> rules) {
    Chain {
        rules = List.copyOf(rules);
    }

    static Chain of(String... rules) {
        return new Chain("", List.of(rules));
    }
}
