package dev.longshore.agent.probes;

import dev.longshore.agent.runtime.ContainerRuntime;
import dev.longshore.agent.runtime.ExecResult;
import dev.longshore.agent.runtime.RuntimeFailure;
import dev.longshore.api.core.v1.HTTPGetAction;
import dev.longshore.api.core.v1.ProbeHandler;
import dev.longshore.api.core.v1.TCPSocketAction;
import dev.longshore.api.intstr.IntOrString;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.OptionalInt;

/** Probes over the pod's network, and commands through the runtime. */
public final class RuntimeProber implements Prober {
    private static final int OUTPUT_LIMIT = 10 << 10;

    private final ContainerRuntime runtime;

    public RuntimeProber(ContainerRuntime runtime) {
        this.runtime = runtime;
    }

    @Override
    public ProbeOutcome probe(Target target, ProbeHandler handler, Duration limit) {
        if (handler.hasExec()) {
            return exec(target, handler, limit);
        }
        if (handler.hasHttpGet()) {
            return http(target, handler.getHttpGet(), limit);
        }
        if (handler.hasTcpSocket()) {
            return tcp(target, handler.getTcpSocket(), limit);
        }
        return ProbeOutcome.failure("probes of this kind are not supported yet");
    }

    private ProbeOutcome exec(Target target, ProbeHandler handler, Duration limit) {
        try {
            ExecResult result = runtime.exec(target.containerId(), handler.getExec().getCommandList(), limit);
            String output = result.output();
            String text = output.length() > OUTPUT_LIMIT ? output.substring(0, OUTPUT_LIMIT) : output;
            return new ProbeOutcome(result.exitCode() == 0, text);
        } catch (RuntimeFailure e) {
            return ProbeOutcome.failure(e.kind() == RuntimeFailure.Kind.DEADLINE
                    ? "command timed out after " + limit.toSeconds() + "s"
                    : e.getMessage());
        }
    }

    private static ProbeOutcome http(Target target, HTTPGetAction action, Duration limit) {
        OptionalInt port = Ports.resolve(target.container(), action.getPort());
        String host = action.getHost().isEmpty() ? target.podIp() : action.getHost();
        return port.isEmpty() ? unknown(action.getPort()) : HttpCheck.run(action, host, port.getAsInt(), limit);
    }

    private static ProbeOutcome tcp(Target target, TCPSocketAction action, Duration limit) {
        OptionalInt port = Ports.resolve(target.container(), action.getPort());
        if (port.isEmpty()) {
            return unknown(action.getPort());
        }
        String host = action.getHost().isEmpty() ? target.podIp() : action.getHost();
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port.getAsInt()), (int) Math.max(1, limit.toMillis()));
            return ProbeOutcome.success("");
        } catch (IOException e) {
            return ProbeOutcome.failure("dial tcp " + host + ":" + port.getAsInt() + ": " + e.getMessage());
        }
    }

    private static ProbeOutcome unknown(IntOrString port) {
        return ProbeOutcome.failure("the container has no port named " + port.getStrVal());
    }
}
