package dev.longshore.agent;

import dev.longshore.agent.dns.DnsServer;
import dev.longshore.agent.dns.InformerNames;
import dev.longshore.agent.dns.Upstreams;
import dev.longshore.agent.network.Cidr;
import dev.longshore.agent.network.Commands;
import dev.longshore.agent.network.NetworkConfig;
import dev.longshore.agent.network.PodNetwork;
import dev.longshore.agent.proxy.NftApplier;
import dev.longshore.agent.proxy.NftCommand;
import dev.longshore.agent.proxy.ProxyConfig;
import dev.longshore.agent.proxy.RuleCompiler;
import dev.longshore.agent.proxy.ServiceProxy;
import dev.longshore.api.ResourceTypes;
import dev.longshore.api.core.v1.Node;
import dev.longshore.api.core.v1.Service;
import dev.longshore.api.discovery.v1.EndpointSlice;
import dev.longshore.client.ApiClient;
import dev.longshore.client.Query;
import dev.longshore.client.informer.Informer;
import dev.longshore.common.lifecycle.Component;
import dev.longshore.common.lifecycle.FaultHandler;
import dev.longshore.common.loop.ThreadLoop;
import dev.longshore.common.time.Environment;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * The network of a node as one part: the pods' network first, and when the node has been given its addresses, the
 * service rules and DNS on top of it.
 *
 * <p>Stopping leaves the kernel as it is, so pods keep talking while an agent restarts; {@link #cleanup} takes all away.
 */
public final class NodeNetwork implements Component {
    private static final System.Logger LOG = System.getLogger(NodeNetwork.class.getName());
    private static final Path RESOLV_CONF = Path.of("/etc/resolv.conf");
    private static final Path BRIDGE_TRACKING = Path.of("/proc/sys/net/bridge/bridge-nf-call-iptables");
    private static final int DNS_PORT = 53;
    private static final int LOOP_LIMIT = 1024;

    private final NodeNetworkConfig config;
    private final Commands commands;
    private final Environment environment;
    private final ServiceProxy.AppliedListener applied;
    private final Informer<Node> nodes;
    private final Informer<Service> services;
    private final Informer<EndpointSlice> slices;
    private final PodNetwork network;
    private final DnsServer dns;
    private final ThreadLoop loop;
    private Optional<ServiceProxy> proxy = Optional.empty();
    private boolean stopping;

    public NodeNetwork(NodeNetworkConfig config, ApiClient client, Environment environment, FaultHandler faults,
            ServiceProxy.AppliedListener applied) {
        this.config = config;
        this.commands = new Commands(List.of(), environment.tasks());
        this.environment = environment;
        this.applied = applied;
        this.nodes = new Informer<>(ResourceTypes.NODES, Query.all(), client, environment);
        this.services = new Informer<>(ResourceTypes.SERVICES, Query.all(), client, environment);
        this.slices = new Informer<>(ResourceTypes.ENDPOINT_SLICES, Query.all(), client, environment);
        NetworkConfig pods = config.network();
        this.network = new PodNetwork(pods, nodes, commands, environment);
        this.dns = new DnsServer(new InetSocketAddress(InetAddress.ofLiteral(pods.dnsAddress()), DNS_PORT),
                config.clusterDomain(), new InformerNames(services, slices),
                Upstreams.parse(resolvConf(), pods.dnsAddress()), environment);
        this.loop = new ThreadLoop("service-proxy", LOOP_LIMIT, environment.timers(), faults);
    }

    private static String resolvConf() {
        try {
            return Files.readString(RESOLV_CONF);
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING,
                    RESOLV_CONF + " cannot be read, pods can look up no names outside the cluster: " + e.getMessage());
            return "";
        }
    }

    @Override
    public String name() {
        return "node-network";
    }

    @Override
    public void start() {
        loop.start();
        nodes.start();
        network.start();
        network.ready().thenAccept(this::networkReady);
    }

    /** Completes when pods can be started in the network. */
    public CompletableFuture<Cidr> ready() {
        return network.ready();
    }

    private synchronized void networkReady(Cidr podCidr) {
        if (stopping) {
            return;
        }
        ProxyConfig rules = new ProxyConfig(config.nftTable(), config.network().nodeName(), podCidr.toString(),
                config.clusterCidr(), Set.of(config.network().dnsAddress()), bridgeIsTracked());
        ServiceProxy created = new ServiceProxy(new ServiceProxy.Sources(services, slices), new RuleCompiler(rules),
                new NftApplier(new NftCommand(commands), config.nftTable()), loop, environment, applied);
        proxy = Optional.of(created);
        services.start();
        slices.start();
        created.start();
        dns.start();
    }

    private static boolean bridgeIsTracked() {
        try {
            return Files.exists(BRIDGE_TRACKING) && Files.readString(BRIDGE_TRACKING).strip().equals("1");
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public synchronized void beginStop() {
        stopping = true;
        proxy.ifPresent(ServiceProxy::beginStop);
        dns.beginStop();
        network.beginStop();
        services.stop();
        slices.stop();
        nodes.stop();
        loop.beginStop();
    }

    @Override
    public boolean awaitStopped(Duration limit) throws InterruptedException {
        return dns.awaitStopped(limit) && network.awaitStopped(limit) && loop.awaitStopped(limit);
    }

    /** Removes everything of ours from the kernel. No agent of this node may run. */
    public static void cleanup(NodeNetworkConfig config, Environment environment)
            throws IOException, InterruptedException {
        Commands commands = new Commands(List.of(), environment.tasks());
        new NftApplier(new NftCommand(commands), config.nftTable()).remove();
        PodNetwork.cleanup(config.network(), commands);
    }
}
