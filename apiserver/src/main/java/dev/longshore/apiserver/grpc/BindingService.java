package dev.longshore.apiserver.grpc;

import dev.longshore.apiserver.registry.Registry;
import dev.longshore.grpc.v1.BindRequest;
import dev.longshore.grpc.v1.BindResponse;
import dev.longshore.grpc.v1.BindingGrpc;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;

/** The scheduler's streams of bindings. Batches of one stream come one after the other; several streams run at once. */
final class BindingService extends BindingGrpc.BindingImplBase {
    private final Registry registry;
    private final Access access;

    BindingService(Registry registry, Access access) {
        this.registry = registry;
        this.access = access;
    }

    @Override
    public StreamObserver<BindRequest> bind(StreamObserver<BindResponse> out) {
        BindingStream stream = new BindingStream(registry, access, CallUser.current(),
                (ServerCallStreamObserver<BindResponse>) out);
        stream.open();
        return stream;
    }
}
