package dev.longshore.agent.tunnel;

import dev.longshore.common.lifecycle.Component;
import dev.longshore.common.time.Environment;
import dev.longshore.grpc.v1.Hello;
import io.grpc.Channel;
import java.time.Duration;
import java.util.List;

/** Keeps a tunnel to every API server: dials, greets, serves the streams, and dials again when it breaks. */
public final class TunnelClient implements Component {
    private final List<TunnelConnection> connections;

    /**
     * @param channels one per API server, with the agent's credentials; whoever made them shuts them down
     * @param hello    the name of the node and the version of the agent
     */
    public TunnelClient(List<Channel> channels, Hello hello, StreamServer server, Environment environment) {
        this.connections = channels.stream()
                .map(channel -> new TunnelConnection(channel, hello, server, environment)).toList();
    }

    @Override
    public String name() {
        return "node-tunnel";
    }

    @Override
    public void start() {
        connections.forEach(TunnelConnection::dial);
    }

    @Override
    public void beginStop() {
        connections.forEach(TunnelConnection::stop);
    }

    @Override
    public boolean awaitStopped(Duration limit) throws InterruptedException {
        for (TunnelConnection connection : connections) {
            if (!connection.awaitIdle(limit)) {
                return false;
            }
        }
        return true;
    }
}
