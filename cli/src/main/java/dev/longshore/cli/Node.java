package dev.longshore.cli;

import dev.longshore.agent.Agent;
import dev.longshore.agent.NodeNetwork;
import dev.longshore.agent.tunnel.StreamServer;
import dev.longshore.agent.tunnel.TunnelClient;
import dev.longshore.client.ApiClient;
import dev.longshore.common.lifecycle.Component;
import dev.longshore.common.lifecycle.FaultHandler;
import dev.longshore.common.time.Environment;
import dev.longshore.grpc.v1.Hello;
import io.grpc.Channel;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** The parts of a node, wired: the agent, its network, and the tunnel to the API servers. */
final class Node {
    private final Agent agent;
    private final NodeNetwork network;
    private final TunnelClient tunnel;

    /** @param tunnels one connection per API server, with the node's certificate */
    Node(NodePlaces places, ApiClient client, List<Channel> tunnels, Environment environment, FaultHandler faults,
            MeterRegistry meters) throws IOException {
        agent = new Agent(places.agent(), client, environment, faults, meters);
        network = new NodeNetwork(places.network(), client, environment, faults, agent.withdrawals());
        Hello hello = Hello.newBuilder().setNode(places.nodeName()).setVersion(Version.PRODUCT).build();
        tunnel = new TunnelClient(tunnels, hello,
                new StreamServer(agent.runtime(), agent.containers(), agent.logs(), environment), environment);
    }

    /** In the order in which they start: pods wait for the network, people for the tunnel. */
    List<Component> components() {
        return List.of(agent, network, tunnel, new ExampleImages());
    }

    boolean ready() {
        return agent.ready() && network.ready().isDone();
    }

    /** Makes the example's images, when containerd runs, so that the first manifests work without a registry. */
    private final class ExampleImages implements Component {
        @Override
        public String name() {
            return "example-images";
        }

        @Override
        public void start() throws IOException, InterruptedException {
            for (var content : Images.examples(agent.images().directory())) {
                agent.images().ensure(content);
            }
        }

        @Override
        public void beginStop() {
            // Nothing runs after start.
        }

        @Override
        public boolean awaitStopped(Duration limit) {
            return true;
        }
    }
}
