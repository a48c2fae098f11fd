package dev.longshore.apiserver.grpc;

import dev.longshore.api.ApiException;
import dev.longshore.api.Reason;
import dev.longshore.apiserver.auth.User;
import dev.longshore.apiserver.tunnel.AgentConnection;
import dev.longshore.apiserver.tunnel.TunnelHub;
import dev.longshore.client.grpc.GrpcErrors;
import dev.longshore.grpc.v1.AgentFrame;
import dev.longshore.grpc.v1.NodeTunnelGrpc;
import dev.longshore.grpc.v1.ServerFrame;
import io.grpc.stub.StreamObserver;
import java.util.Optional;

/** Where agents dial in. An agent speaks for the node in its certificate and for no other. */
final class TunnelService extends NodeTunnelGrpc.NodeTunnelImplBase {
    private static final String NODES = "system:nodes";
    private static final String NODE_PREFIX = "system:node:";

    private final TunnelHub hub;

    TunnelService(TunnelHub hub) {
        this.hub = hub;
    }

    @Override
    public StreamObserver<AgentFrame> connect(StreamObserver<ServerFrame> out) {
        return new Agent(CallUser.current(), CallUser.address(), out);
    }

    /** One agent's call; gRPC calls one at a time. */
    private final class Agent implements StreamObserver<AgentFrame> {
        private final User user;
        private final String address;
        private final StreamObserver<ServerFrame> out;
        private Optional<AgentConnection> connection = Optional.empty();

        Agent(User user, String address, StreamObserver<ServerFrame> out) {
            this.user = user;
            this.address = address;
            this.out = out;
        }

        @Override
        public void onNext(AgentFrame frame) {
            if (connection.isPresent()) {
                connection.get().receive(frame);
            } else if (mayBe(frame.getHello().getNode())) {
                connection = Optional.of(hub.connect(frame.getHello().getNode(), address, out));
            } else {
                out.onError(GrpcErrors.toGrpc(ApiException.of(Reason.FORBIDDEN, "user \"" + user.name()
                        + "\" cannot open a tunnel as node \"" + frame.getHello().getNode() + "\"")));
            }
        }

        private boolean mayBe(String node) {
            return !node.isEmpty() && user.groups().contains(NODES) && user.name().equals(NODE_PREFIX + node);
        }

        @Override
        public void onError(Throwable failure) {
            connection.ifPresent(hub::disconnected);
        }

        @Override
        public void onCompleted() {
            if (connection.isPresent()) {
                hub.disconnected(connection.get());
            } else {
                out.onCompleted();
            }
        }
    }
}
