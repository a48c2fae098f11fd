package dev.longshore.agent.dns;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/** The name servers that a resolv.conf names (man page resolv.conf(5)). Pure. */
public final class Upstreams {
    private static final int PORT = 53;
    private static final int LIMIT = 3;

    private Upstreams() {
    }

    /** @param own our own address, which is left out, because asking it would go in a circle */
    public static List<InetSocketAddress> parse(String resolvConf, String own) {
        List<InetSocketAddress> servers = new ArrayList<>();
        for (String line : resolvConf.split("\n")) {
            String[] words = line.strip().split("\\s+");
            if (words.length >= 2 && words[0].equals("nameserver") && !words[1].equals(own)
                    && servers.size() < LIMIT) {
                try {
                    servers.add(new InetSocketAddress(InetAddress.ofLiteral(words[1]), PORT));
                } catch (IllegalArgumentException e) {
                    continue; // A line that names no address is no name server.
                }
            }
        }
        return List.copyOf(servers);
    }
}
