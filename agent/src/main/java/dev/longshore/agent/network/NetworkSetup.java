package dev.longshore.agent.network;

import dev.longshore.api.core.v1.Node;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Carries out the pod network by commands. Every step leads to the same end from any start. Calls block. */
final class NetworkSetup {
    private static final System.Logger LOG = System.getLogger(NetworkSetup.class.getName());
    /** Marks our routes among those of others; a number that no routing daemon has (iproute2, rt_protos). */
    private static final String ROUTE_OWNER = "76";
    private static final String TUNNEL_ID = "7676";
    /** The port of RFC 7348. */
    private static final String TUNNEL_PORT = "4789";
    /** Not the bridge: its CNI plug-in refuses one that has an address besides the gateway's. */
    private static final String LOOPBACK = "lo";
    private static final String LOCK_WAIT_SECONDS = "5";

    private final NetworkConfig config;
    private final Commands commands;
    private boolean iptablesMissing;

    NetworkSetup(NetworkConfig config, Commands commands) {
        this.config = config;
        this.commands = commands;
    }

    void ensure(Cidr pods, List<Node> nodes) throws IOException, InterruptedException {
        kernelSettings();
        bridge(pods);
        forwardAccept();
        routes(pods, RoutePlan.of(nodes, config.nodeName(), ownNetwork()));
        writeCniConfig(CniConfig.text(config, pods));
    }

    void remove() throws IOException, InterruptedException {
        Files.deleteIfExists(config.cniDirectory().resolve(CniConfig.FILE));
        quietly("ip route flush proto " + ROUTE_OWNER);
        quietly("ip link delete " + config.tunnelDevice());
        quietly("ip link delete " + config.bridge());
        if (!config.dnsAddress().isEmpty()) {
            quietly("ip addr delete " + config.dnsAddress() + "/32 dev " + LOOPBACK);
        }
        if (!iptablesMissing) {
            for (List<String> rule : ForwardAccept.rules(config.bridge())) {
                iptables("-D", rule);
            }
        }
    }

    private void kernelSettings() throws IOException, InterruptedException {
        required("sysctl -qw net.ipv4.ip_forward=1");
        // Answers between two pods of one bridge must pass connection tracking to be translated back.
        if (!quietly("sysctl -qw net.bridge.bridge-nf-call-iptables=1").succeeded()) {
            quietly("modprobe br_netfilter");
            quietly("sysctl -qw net.bridge.bridge-nf-call-iptables=1");
        }
    }

    private void bridge(Cidr pods) throws IOException, InterruptedException {
        if (!quietly("ip link show dev " + config.bridge()).succeeded()) {
            required("ip link add " + config.bridge() + " type bridge");
        }
        required("ip link set " + config.bridge() + " up");
        required("ip addr replace " + pods.gateway() + "/" + pods.length() + " dev " + config.bridge());
        if (!config.dnsAddress().isEmpty()) {
            required("ip addr replace " + config.dnsAddress() + "/32 dev " + LOOPBACK);
        }
    }

    /** See the package comment: a drop in iptables' FORWARD can only be undone there. */
    private void forwardAccept() throws IOException, InterruptedException {
        if (iptablesMissing) {
            return;
        }
        Commands.Result listed;
        try {
            listed = commands.run(List.of("iptables", "-w", LOCK_WAIT_SECONDS, "-S", "FORWARD"), "");
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, () -> "component=pod-network no iptables: " + e.getMessage());
            iptablesMissing = true;
            return;
        }
        // With a prefix it is the prefix that starts, and the missing command shows in its exit code.
        if (listed.succeeded()) {
            for (List<String> rule : ForwardAccept.missing(listed.output(), config.bridge())) {
                iptables("-I", rule);
            }
        }
    }

    private void iptables(String verb, List<String> rule) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of("iptables", "-w", LOCK_WAIT_SECONDS, verb, "FORWARD"));
        line.addAll(rule);
        commands.run(line, "");
    }

    /** The network that this node's address is in; the address alone when no interface has it. */
    private Cidr ownNetwork() throws IOException, InterruptedException {
        Optional<String> found = required("ip -o -4 addr show").output().lines()
                .flatMap(line -> Arrays.stream(line.split("\\s+")))
                .filter(word -> word.startsWith(config.nodeAddress() + "/")).findFirst();
        return Cidr.parse(found.orElse(config.nodeAddress() + "/32"));
    }

    private void routes(Cidr pods, List<Route> plan) throws IOException, InterruptedException {
        if (plan.stream().anyMatch(Route.Tunnelled.class::isInstance)) {
            tunnelDevice(pods);
        }
        Set<String> wanted = new HashSet<>();
        for (Route route : plan) {
            wanted.add(route.pods().toString());
            switch (route) {
                case Route.Direct(Cidr other, String gateway) ->
                    replaceRoute(other + " via " + gateway);
                case Route.Tunnelled(Cidr other, String node, String hardware) -> tunnel(other, node, hardware);
            }
        }
        for (String line : required("ip -4 route show proto " + ROUTE_OWNER).output().lines().toList()) {
            String target = line.split(" ")[0];
            if (!wanted.contains(target)) {
                required("ip route delete " + target + " proto " + ROUTE_OWNER);
            }
        }
    }

    /** One unreachable node must not keep the others from their routes. */
    private void replaceRoute(String route) throws IOException, InterruptedException {
        Commands.Result result = quietly("ip route replace " + route + " proto " + ROUTE_OWNER);
        if (!result.succeeded()) {
            LOG.log(System.Logger.Level.WARNING,
                    () -> "component=pod-network route=" + route + " refused: " + result.error().strip());
        }
    }

    private void tunnelDevice(Cidr pods) throws IOException, InterruptedException {
        String device = config.tunnelDevice();
        if (!quietly("ip link show dev " + device).succeeded()) {
            required("ip link add " + device + " address " + RoutePlan.hardwareAddress(config.nodeAddress())
                    + " type vxlan id " + TUNNEL_ID + " dstport " + TUNNEL_PORT + " local " + config.nodeAddress()
                    + " nolearning");
        }
        required("ip addr replace " + pods.at(0) + "/32 dev " + device);
        required("ip link set " + device + " up");
    }

    private void tunnel(Cidr pods, String node, String hardware) throws IOException, InterruptedException {
        String device = config.tunnelDevice();
        quietly("ip neigh replace " + pods.at(0) + " lladdr " + hardware + " dev " + device + " nud permanent");
        quietly("bridge fdb replace " + hardware + " dev " + device + " dst " + node);
        replaceRoute(pods + " via " + pods.at(0) + " dev " + device + " onlink");
    }

    /** Written last and as a whole, because containerd calls the node's network ready once the file is there. */
    private void writeCniConfig(String text) throws IOException {
        Path file = config.cniDirectory().resolve(CniConfig.FILE);
        if (Files.exists(file) && Files.readString(file).equals(text)) {
            return;
        }
        Files.createDirectories(config.cniDirectory());
        Files.createDirectories(config.ipamDirectory());
        Path draft = config.cniDirectory().resolve(CniConfig.FILE + ".tmp");
        Files.writeString(draft, text);
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private Commands.Result required(String command) throws IOException, InterruptedException {
        Commands.Result result = quietly(command);
        if (!result.succeeded()) {
            throw new IOException(command + ": " + result.error().strip());
        }
        return result;
    }

    private Commands.Result quietly(String command) throws IOException, InterruptedException {
        return commands.run(List.of(command.split(" ")), "");
    }
}
