package dev.longshore.apiserver.grpc;

import dev.longshore.api.ApiException;
import dev.longshore.api.ObjectKey;
import dev.longshore.api.ResourceTypes;
import dev.longshore.api.core.v1.Binding;
import dev.longshore.api.core.v1.ObjectReference;
import dev.longshore.api.meta.v1.ObjectMeta;
import dev.longshore.apiserver.auth.User;
import dev.longshore.apiserver.registry.Registry;
import dev.longshore.apiserver.registry.WriteContext;
import dev.longshore.grpc.v1.BindRequest;
import dev.longshore.grpc.v1.BindResponse;
import dev.longshore.grpc.v1.BindingGrpc;
import dev.longshore.grpc.v1.ResourceName;
import io.grpc.stub.StreamObserver;

/** The scheduler's stream of bindings. One after the other per stream; a scheduler opens several for more. */
final class BindingService extends BindingGrpc.BindingImplBase {
    private final Registry registry;
    private final Access access;

    BindingService(Registry registry, Access access) {
        this.registry = registry;
        this.access = access;
    }

    @Override
    public StreamObserver<BindRequest> bind(StreamObserver<BindResponse> out) {
        User user = CallUser.current();
        return new StreamObserver<>() {
            @Override
            public void onNext(BindRequest request) {
                out.onNext(answer(request, user));
            }

            @Override
            public void onError(Throwable failure) {
                // The scheduler has gone; what it bound is bound.
            }

            @Override
            public void onCompleted() {
                out.onCompleted();
            }
        };
    }

    private BindResponse answer(BindRequest request, User user) {
        BindResponse.Builder response = BindResponse.newBuilder().setSequence(request.getSequence());
        try {
            bind(request, user);
        } catch (ApiException e) {
            response.setFailure(e.status());
        }
        return response.build();
    }

    private void bind(BindRequest request, User user) {
        access.require(user, "create", ResourceName.newBuilder().setVersion("v1").setResource("pods")
                .setNamespace(request.getNamespace()).setName(request.getPod()).setSubresource("binding").build());
        Binding binding = Binding.newBuilder()
                .setMetadata(ObjectMeta.newBuilder().setNamespace(request.getNamespace()).setName(request.getPod())
                        .setUid(request.getPodUid()))
                .setTarget(ObjectReference.newBuilder().setApiVersion("v1").setKind("Node").setName(request.getNode()))
                .build();
        registry.writeSubresource(ResourceTypes.PODS, new ObjectKey(request.getNamespace(), request.getPod()),
                "binding", binding, new WriteContext(user, user.name(), false, false, _ -> {
                }));
    }
}
