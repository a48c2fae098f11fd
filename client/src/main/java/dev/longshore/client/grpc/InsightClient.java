package dev.longshore.client.grpc;

import dev.longshore.api.ApiException;
import dev.longshore.api.Reason;
import dev.longshore.grpc.v1.ExplainRequest;
import dev.longshore.grpc.v1.ExplainResponse;
import dev.longshore.grpc.v1.InsightGrpc;
import dev.longshore.grpc.v1.SimulateRequest;
import dev.longshore.grpc.v1.SimulateResponse;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Asks the API servers what would be. A server that cannot be reached is passed over. Fails with ApiException. */
public final class InsightClient {
    /** How long an answer may take: a large cluster is a lot to try. */
    static final Duration CALL_LIMIT = Duration.ofMinutes(2);

    private final Endpoints endpoints;

    public InsightClient(Endpoints endpoints) {
        this.endpoints = endpoints;
    }

    public ExplainResponse explain(ExplainRequest request) {
        return call(stub -> stub.explain(request));
    }

    public SimulateResponse simulate(SimulateRequest request) {
        return call(stub -> stub.simulate(request));
    }

    private <R> R call(Function<InsightGrpc.InsightBlockingStub, R> call) {
        int tries = endpoints.size();
        while (true) {
            ManagedChannel channel = endpoints.current();
            try {
                return call.apply(InsightGrpc.newBlockingStub(channel).withDeadlineAfter(CALL_LIMIT.toMillis(),
                        TimeUnit.MILLISECONDS));
            } catch (StatusRuntimeException e) {
                ApiException failure = GrpcErrors.fromGrpc(e);
                tries--;
                if (tries <= 0 || !failure.is(Reason.SERVICE_UNAVAILABLE)) {
                    throw failure;
                }
                endpoints.failed(channel);
            }
        }
    }
}
