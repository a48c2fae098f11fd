package dev.longshore.agent.tunnel;

import dev.longshore.agent.runtime.ContainerRuntime;
import dev.longshore.agent.runtime.RuntimeFailure;
import dev.longshore.agent.runtime.StreamOptions;
import dev.longshore.api.Reason;
import dev.longshore.common.time.Environment;
import dev.longshore.grpc.v1.AttachRequest;
import dev.longshore.grpc.v1.Closed;
import dev.longshore.grpc.v1.ExecRequest;
import dev.longshore.grpc.v1.LogsRequest;
import dev.longshore.grpc.v1.Open;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;

/** Serves one stream at a time per calling thread, and says how it ended. */
public final class StreamServer {
    private static final System.Logger LOG = System.getLogger(StreamServer.class.getName());

    private final ContainerRuntime runtime;
    private final ContainerLookup containers;
    private final LogSource logs;
    private final Environment environment;

    public StreamServer(ContainerRuntime runtime, ContainerLookup containers, LogSource logs,
            Environment environment) {
        this.runtime = runtime;
        this.containers = containers;
        this.logs = logs;
        this.environment = environment;
    }

    Closed serve(Open request, AgentStream stream) {
        try {
            return switch (request.getRequestCase()) {
                case LOGS -> logs(request.getLogs(), stream);
                case EXEC -> exec(request.getExec(), stream);
                case ATTACH -> attach(request.getAttach(), stream);
                case PORT_FORWARD -> {
                    String address = containers.podAddress(request.getPortForward().getPod());
                    yield new PortForward(environment).run(address, request.getPortForward().getPort(), stream);
                }
                case REQUEST_NOT_SET -> throw new StreamFailure(Reason.BAD_REQUEST, "the stream names no request");
            };
        } catch (StreamFailure e) {
            return failed(e.reason(), e.getMessage());
        } catch (RuntimeFailure e) {
            return failed(reason(e), String.valueOf(e.getMessage()));
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG,
                    () -> "component=node-tunnel stream=" + stream.id() + " " + e.getMessage());
            return failed(Reason.INTERNAL_ERROR, String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return failed(Reason.INTERNAL_ERROR, "the agent stops");
        }
    }

    private static Reason reason(RuntimeFailure e) {
        return switch (e.kind()) {
            case NOT_FOUND -> Reason.NOT_FOUND;
            case INVALID -> Reason.BAD_REQUEST;
            case UNAVAILABLE, DEADLINE -> Reason.SERVICE_UNAVAILABLE;
            case ALREADY_EXISTS, UNIMPLEMENTED, OTHER -> Reason.INTERNAL_ERROR;
        };
    }

    private static Closed failed(Reason reason, String message) {
        return Closed.newBuilder().setReason(reason.text()).setError(message).build();
    }

    private Closed logs(LogsRequest request, AgentStream stream)
            throws IOException, InterruptedException, StreamFailure {
        Thread reader = Thread.currentThread();
        stream.onCancel(reader::interrupt);
        logs.open(request, new StreamOutput(stream));
        return Closed.getDefaultInstance();
    }

    private Closed exec(ExecRequest request, AgentStream stream)
            throws IOException, InterruptedException, StreamFailure {
        String container = containers.runningContainer(request.getPod(), request.getContainer());
        StreamOptions options = new StreamOptions(request.getStdin(), request.getStdout(),
                request.getStderr() && !request.getTty(), request.getTty());
        String url = runtime.execUrl(container, request.getCommandList(), options);
        return new RemoteCommand(environment).run(URI.create(url), options, stream);
    }

    private Closed attach(AttachRequest request, AgentStream stream)
            throws IOException, InterruptedException, StreamFailure {
        String container = containers.runningContainer(request.getPod(), request.getContainer());
        StreamOptions options = new StreamOptions(request.getStdin(), request.getStdout(),
                request.getStderr() && !request.getTty(), request.getTty());
        String url = runtime.attachUrl(container, options);
        return new RemoteCommand(environment).run(URI.create(url), options, stream);
    }

    /** Log text as channel 1. */
    private static final class StreamOutput extends OutputStream {
        private final AgentStream stream;

        StreamOutput(AgentStream stream) {
            this.stream = stream;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[]{(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            stream.write(1, bytes, offset, length);
        }
    }
}
