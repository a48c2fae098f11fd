package dev.longshore.apiserver.http;

import com.google.protobuf.Message;
import dev.longshore.api.ApiException;
import dev.longshore.api.Reason;
import dev.longshore.api.ResourceType;
import dev.longshore.api.ResourceTypes;
import dev.longshore.api.core.v1.Pod;
import dev.longshore.apiserver.http.ResourceHandler.Call;
import dev.longshore.apiserver.registry.Registry;
import dev.longshore.apiserver.tunnel.NodeTunnels;
import dev.longshore.common.time.Clock;
import dev.longshore.grpc.v1.AttachRequest;
import dev.longshore.grpc.v1.ExecRequest;
import dev.longshore.grpc.v1.Open;
import java.util.List;
import java.util.Optional;

/** Requests about a pod's containers that go through the tunnel to its node: log, exec, attach. Stateless. */
final class PodStreamHandler {
    /** In the server's order of preference (Kubernetes API, remote command). */
    private static final List<String> SUBPROTOCOLS = List.of("v5.channel.k8s.io", "v4.channel.k8s.io");

    private final Registry registry;
    private final NodeTunnels tunnels;
    private final Clock clock;

    PodStreamHandler(Registry registry, NodeTunnels tunnels, Clock clock) {
        this.registry = registry;
        this.tunnels = tunnels;
        this.clock = clock;
    }

    static boolean serves(ResourceType<?> type, String subresource) {
        return type == ResourceTypes.PODS && switch (subresource) {
            case "log", "exec", "attach", "portforward" -> true;
            default -> false;
        };
    }

    <T extends Message> void handle(Call<T> call) {
        Pod pod = registry.get(ResourceTypes.PODS, call.key(), call.reads());
        switch (call.request().subresource()) {
            case "log" -> logs(call, pod);
            case "exec" -> remoteCommand(call, pod, exec(call.exchange().query(), pod));
            case "attach" -> remoteCommand(call, pod, attach(call.exchange().query(), pod));
            default -> throw ApiException.of(Reason.METHOD_NOT_ALLOWED,
                    "port-forward is not supported by this server yet");
        }
    }

    private void logs(Call<?> call, Pod pod) {
        if (!call.request().verb().equals("get")) {
            throw ApiException.of(Reason.METHOD_NOT_ALLOWED, "logs are read with GET");
        }
        Open open = Open.newBuilder().setLogs(LogOptions.read(call.exchange().query(), pod, clock.now())).build();
        LogStream stream = new LogStream();
        stream.attach(tunnels.open(PodContainers.node(pod), open, stream));
        stream.copyTo(call.exchange());
    }

    private static Open exec(QueryParameters query, Pod pod) {
        if (query.all("command").isEmpty()) {
            throw ApiException.badRequest("you must specify at least 1 command for the container");
        }
        requireStream(query);
        return Open.newBuilder().setExec(ExecRequest.newBuilder().setPod(PodContainers.reference(pod))
                .setContainer(PodContainers.choose(pod, query.first("container"))).addAllCommand(query.all("command"))
                .setStdin(query.flag("stdin")).setStdout(query.flag("stdout"))
                .setStderr(query.flag("stderr") && !query.flag("tty")).setTty(query.flag("tty"))).build();
    }

    private static Open attach(QueryParameters query, Pod pod) {
        requireStream(query);
        return Open.newBuilder().setAttach(AttachRequest.newBuilder().setPod(PodContainers.reference(pod))
                .setContainer(PodContainers.choose(pod, query.first("container"))).setStdin(query.flag("stdin"))
                .setStdout(query.flag("stdout")).setStderr(query.flag("stderr") && !query.flag("tty"))
                .setTty(query.flag("tty"))).build();
    }

    private static void requireStream(QueryParameters query) {
        if (!query.flag("stdin") && !query.flag("stdout") && !query.flag("stderr")) {
            throw ApiException.badRequest("you must specify at least 1 of stdin, stdout, stderr");
        }
    }

    private void remoteCommand(Call<?> call, Pod pod, Open open) {
        String node = PodContainers.node(pod);
        Exchange exchange = call.exchange();
        if (!exchange.wantsWebSocket()) {
            throw ApiException.badRequest("this server streams over WebSocket only, which kubectl speaks from 1.31 on; "
                    + "SPDY is not supported");
        }
        exchange.upgrade(subprotocol(exchange),
                new RemoteCommandSession(listener -> tunnels.open(node, open, listener)));
    }

    private static String subprotocol(Exchange exchange) {
        List<String> offered = List.of(exchange.header("Sec-WebSocket-Protocol").split("\\s*,\\s*"));
        Optional<String> chosen = SUBPROTOCOLS.stream().filter(offered::contains).findFirst();
        return chosen.orElseThrow(() -> ApiException.badRequest("unable to upgrade: none of the subprotocols "
                + String.join(", ", SUBPROTOCOLS) + " was offered"));
    }
}
