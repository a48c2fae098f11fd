package dev.longshore.agent.tunnel;

import dev.longshore.grpc.v1.LogsRequest;
import java.io.IOException;
import java.io.OutputStream;

/** Where the tunnel reads the logs of a container. */
public interface LogSource {
    /**
     * Writes the wanted log text to {@code sink} and returns when there is no more: at the end of the file, or, when
     * following, once the container has ended. Called on a task thread; writing blocks while the reader is slow and
     * fails once the reader is gone. The thread is interrupted when the reader leaves.
     *
     * @throws StreamFailure when there is no such log, with the reason and the message for the client
     */
    void open(LogsRequest request, OutputStream sink) throws IOException, InterruptedException, StreamFailure;
}
