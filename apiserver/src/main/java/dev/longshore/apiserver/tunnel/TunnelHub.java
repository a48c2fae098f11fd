package dev.longshore.apiserver.tunnel;

import dev.longshore.api.Reason;
import dev.longshore.grpc.v1.Closed;
import dev.longshore.grpc.v1.Data;
import dev.longshore.grpc.v1.Open;
import dev.longshore.grpc.v1.ServerFrame;
import io.grpc.stub.StreamObserver;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** The connected agents by node. A node that dials again replaces its older connection. */
public final class TunnelHub implements NodeTunnels {
    private static final System.Logger LOG = System.getLogger(TunnelHub.class.getName());

    private final ConcurrentMap<String, AgentConnection> agents = new ConcurrentHashMap<>();

    @Override
    public TunnelStream open(String node, Open request, TunnelListener listener) {
        AgentConnection agent = agents.get(node);
        if (agent == null) {
            listener.onClosed(Closed.newBuilder().setReason(Reason.SERVICE_UNAVAILABLE.text())
                    .setError("the agent of node \"" + node + "\" is not connected").build());
            return new NoStream();
        }
        return agent.open(request, listener);
    }

    @Override
    public Optional<String> connected(String node) {
        return Optional.ofNullable(agents.get(node)).map(AgentConnection::address);
    }

    /** Takes in an agent that has said which node it is; the caller has checked that it is that node's. */
    public AgentConnection connect(String node, String address, StreamObserver<ServerFrame> out) {
        AgentConnection connection = new AgentConnection(node, address, out);
        AgentConnection before = agents.put(node, connection);
        LOG.log(Level.INFO, "tunnel=open node=" + node + " address=" + address);
        if (before != null) {
            before.close("the agent of the node connected again");
        }
        return connection;
    }

    /** The connection has ended; its streams end with it. */
    public void disconnected(AgentConnection connection) {
        if (agents.remove(connection.node(), connection)) {
            LOG.log(Level.INFO, "tunnel=closed node=" + connection.node());
        }
        connection.close("the connection to the node's agent broke");
    }

    /** What a caller gets who must not care that there is nobody. */
    private record NoStream() implements TunnelStream {
        @Override
        public void send(Data data) {
            // Nobody is there.
        }

        @Override
        public boolean writable() {
            return true;
        }

        @Override
        public void resize(int width, int height) {
            // Nobody is there.
        }

        @Override
        public void halfClose(int channel) {
            // Nobody is there.
        }

        @Override
        public void reset() {
            // Nobody is there.
        }

        @Override
        public void request(long bytes) {
            // Nobody is there.
        }
    }
}
