package dev.longshore.apiserver.grpc;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import dev.longshore.api.ApiException;
import dev.longshore.api.ResourceType;
import dev.longshore.api.autoscaling.v1.Scale;
import dev.longshore.api.core.v1.Binding;
import dev.longshore.api.core.v1.Namespace;
import dev.longshore.api.json.Canonical;
import dev.longshore.api.json.DecodeException;
import dev.longshore.api.meta.v1.DeleteOptions;
import dev.longshore.api.meta.v1.ObjectMeta;
import dev.longshore.api.policy.v1.Eviction;
import dev.longshore.apiserver.auth.User;
import dev.longshore.apiserver.registry.ListRequest;
import dev.longshore.apiserver.registry.Page;
import dev.longshore.apiserver.registry.PatchRequest.Kind;
import dev.longshore.apiserver.registry.ReadContext;
import dev.longshore.apiserver.registry.Registry;
import dev.longshore.apiserver.registry.WriteContext;
import dev.longshore.client.CreateOutcome;
import dev.longshore.client.Deletion;
import dev.longshore.client.grpc.GrpcErrors;
import dev.longshore.grpc.v1.CreateEachRequest;
import dev.longshore.grpc.v1.CreateEachResponse;
import dev.longshore.grpc.v1.CreateRequest;
import dev.longshore.grpc.v1.DeleteRequest;
import dev.longshore.grpc.v1.DeleteResponse;
import dev.longshore.grpc.v1.GetRequest;
import dev.longshore.grpc.v1.ListResponse;
import dev.longshore.grpc.v1.ObjectResponse;
import dev.longshore.grpc.v1.PatchRequest;
import dev.longshore.grpc.v1.ResourceName;
import dev.longshore.grpc.v1.ResourcesGrpc;
import dev.longshore.grpc.v1.UpdateRequest;
import dev.longshore.grpc.v1.WatchRequest;
import dev.longshore.grpc.v1.WatchResponse;
import dev.longshore.grpc.v1.WriteOptions;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.function.Supplier;

/** The calls about objects, as calls of the registry. Stateless. */
final class ResourcesService extends ResourcesGrpc.ResourcesImplBase {
    private static final System.Logger LOG = System.getLogger(ResourcesService.class.getName());

    /** Objects of one bulk create. */
    private static final int CREATE_LIMIT = 1_000;

    private final Registry registry;
    private final Access access;

    ResourcesService(Registry registry, Access access) {
        this.registry = registry;
        this.access = access;
    }

    @Override
    public void get(GetRequest request, StreamObserver<ObjectResponse> out) {
        answer(out, () -> {
            User user = CallUser.current();
            ResourceName name = request.getResource();
            ResourceType<?> type = access.require(user, "get", name);
            return object(ownKind(name)
                    ? registry.getSubresource(type, Access.key(name), name.getSubresource(), new ReadContext(user))
                    : registry.get(type, Access.key(name), new ReadContext(user)));
        });
    }

    @Override
    public void list(dev.longshore.grpc.v1.ListRequest request, StreamObserver<ListResponse> out) {
        answer(out, () -> {
            User user = CallUser.current();
            Page<?> page = registry.list(access.require(user, "list", request.getResource()),
                    new ListRequest(request.getResource().getNamespace(), request.getLabelSelector(),
                            request.getFieldSelector(), request.getResourceVersion(), "", request.getLimit(),
                            request.getContinueToken()),
                    new ReadContext(user));
            ListResponse.Builder response = ListResponse.newBuilder().setResourceVersion(page.resourceVersion())
                    .setContinueToken(page.continueToken());
            page.items().forEach(item -> response.addItems(Any.pack(item)));
            return response.build();
        });
    }

    @Override
    public void listAll(dev.longshore.grpc.v1.ListRequest request, StreamObserver<ListResponse> out) {
        try {
            if (request.getLimit() != 0 || !request.getContinueToken().isEmpty()) {
                throw ApiException.badRequest("limit, continue_token: all objects are sent, so neither can be set");
            }
            User user = CallUser.current();
            Page<?> page = registry.list(access.require(user, "list", request.getResource()),
                    new ListRequest(request.getResource().getNamespace(), request.getLabelSelector(),
                            request.getFieldSelector(), request.getResourceVersion(), "", 0, ""),
                    new ReadContext(user));
            new ListStream(page, (ServerCallStreamObserver<ListResponse>) out).start();
        } catch (ApiException e) {
            out.onError(GrpcErrors.toGrpc(e));
        }
    }

    @Override
    public void watch(WatchRequest request, StreamObserver<WatchResponse> out) {
        try {
            User user = CallUser.current();
            ResourceType<?> type = access.require(user, "watch", request.getResource());
            watch(type, request, user, (ServerCallStreamObserver<WatchResponse>) out);
        } catch (ApiException e) {
            out.onError(GrpcErrors.toGrpc(e));
        }
    }

    private <T extends Message> void watch(ResourceType<T> type, WatchRequest request, User user,
            ServerCallStreamObserver<WatchResponse> out) {
        GrpcWatcher<T> watcher = new GrpcWatcher<>(out);
        watcher.begin(registry.watch(type,
                new dev.longshore.apiserver.registry.WatchRequest(request.getResource().getNamespace(),
                        request.getLabelSelector(), request.getFieldSelector(), request.getResourceVersion(),
                        request.getBookmarks(), false),
                watcher, new ReadContext(user)));
    }

    @Override
    public void create(CreateRequest request, StreamObserver<ObjectResponse> out) {
        answer(out, () -> {
            User user = CallUser.current();
            ResourceName name = request.getResource();
            ResourceType<?> type = access.require(user, "create", name);
            WriteContext context = context(user, request.getOptions());
            return object(name.getSubresource().isEmpty()
                    ? create(type, name, request.getObject(), context)
                    : registry.writeSubresource(type, Access.key(name), name.getSubresource(),
                            subresource(name, request.getObject()), context));
        });
    }

    @Override
    public void createEach(CreateEachRequest request, StreamObserver<CreateEachResponse> out) {
        answer(out, () -> {
            User user = CallUser.current();
            ResourceName name = request.getResource();
            ResourceType<?> type = access.require(user, "create", name);
            if (request.getObjectsCount() > CREATE_LIMIT) {
                throw ApiException.badRequest(
                        "objects: there are " + request.getObjectsCount() + ", at most " + CREATE_LIMIT + " may be");
            }
            return createEach(type, name, request.getObjectsList(), context(user, request.getOptions()));
        });
    }

    private <T extends Message> CreateEachResponse createEach(ResourceType<T> type, ResourceName name,
            List<Any> objects, WriteContext context) {
        List<T> decoded = objects.stream().map(object -> named(type, name, object)).toList();
        CreateEachResponse.Builder response = CreateEachResponse.newBuilder();
        for (CreateOutcome<T> outcome : registry.createEach(type, decoded, context)) {
            response.addOutcomes(switch (outcome) {
                case CreateOutcome.Created<T>(T object) ->
                    dev.longshore.grpc.v1.CreateOutcome.newBuilder().setObject(Any.pack(object));
                case CreateOutcome.Refused<T>(ApiException cause) ->
                    dev.longshore.grpc.v1.CreateOutcome.newBuilder().setFailure(cause.status());
            });
        }
        return response.build();
    }

    private <T extends Message> T create(ResourceType<T> type, ResourceName name, Any object, WriteContext context) {
        return registry.create(type, named(type, name, object), context);
    }

    /** The object, in the namespace that the request names. */
    private static <T extends Message> T named(ResourceType<T> type, ResourceName name, Any object) {
        T decoded = decode(type.prototype(), object);
        ObjectMeta meta = type.meta(decoded);
        if (meta.getNamespace().isEmpty() && type.namespaced()) {
            decoded = type.withMeta(decoded, meta.toBuilder().setNamespace(name.getNamespace()).build());
        } else if (!meta.getNamespace().equals(name.getNamespace())) {
            throw ApiException.badRequest(
                    "the namespace of the provided object does not match the namespace sent on the request");
        }
        return decoded;
    }

    @Override
    public void update(UpdateRequest request, StreamObserver<ObjectResponse> out) {
        answer(out, () -> {
            User user = CallUser.current();
            ResourceName name = request.getResource();
            ResourceType<?> type = access.require(user, "update", name);
            WriteContext context = context(user, request.getOptions());
            return object(ownKind(name)
                    ? registry.writeSubresource(type, Access.key(name), name.getSubresource(),
                            subresource(name, request.getObject()), context)
                    : update(type, name, request.getObject(), context));
        });
    }

    private <T extends Message> T update(ResourceType<T> type, ResourceName name, Any object, WriteContext context) {
        return registry.update(type, Access.key(name), name.getSubresource(), decode(type.prototype(), object),
                context);
    }

    @Override
    public void patch(PatchRequest request, StreamObserver<ObjectResponse> out) {
        answer(out, () -> {
            User user = CallUser.current();
            ResourceName name = request.getResource();
            ResourceType<?> type = access.require(user, "patch", name);
            Kind kind = switch (request.getType()) {
                case JSON -> Kind.JSON;
                case MERGE -> Kind.MERGE;
                case STRATEGIC_MERGE -> Kind.STRATEGIC_MERGE;
                case APPLY -> Kind.APPLY;
                case UNSPECIFIED, UNRECOGNIZED -> throw ApiException.badRequest("a patch must say its type");
            };
            var patch = new dev.longshore.apiserver.registry.PatchRequest(kind, request.getPatch().toByteArray(),
                    request.getForce());
            WriteContext context = context(user, request.getOptions());
            return object(ownKind(name)
                    ? registry.patchSubresource(type, Access.key(name), name.getSubresource(), patch, context)
                    : registry.patch(type, Access.key(name), name.getSubresource(), patch, context));
        });
    }

    @Override
    public void delete(DeleteRequest request, StreamObserver<DeleteResponse> out) {
        answer(out, () -> {
            User user = CallUser.current();
            ResourceType<?> type = access.require(user, "delete", request.getResource());
            DeleteOptions options = request.getOptions();
            WriteContext context = context(user,
                    WriteOptions.newBuilder().setDryRun(options.getDryRunCount() > 0).build());
            Deletion<?> deletion = registry.delete(type, Access.key(request.getResource()), options, context);
            return DeleteResponse.newBuilder().setObject(Any.pack(deletion.object())).setGone(deletion.gone()).build();
        });
    }

    private static boolean ownKind(ResourceName name) {
        return !name.getSubresource().isEmpty() && !name.getSubresource().equals("status");
    }

    private static Message subresource(ResourceName name, Any object) {
        return switch (name.getSubresource()) {
            case "scale" -> decode(Scale.getDefaultInstance(), object);
            case "binding" -> decode(Binding.getDefaultInstance(), object);
            case "eviction" -> decode(Eviction.getDefaultInstance(), object);
            case "finalize" -> decode(Namespace.getDefaultInstance(), object);
            default -> throw ApiException.badRequest("subresource \"" + name.getSubresource() + "\" is not written so");
        };
    }

    @SuppressWarnings("unchecked")
    private static <M extends Message> M decode(M prototype, Any object) {
        try {
            return (M) Canonical.normalise(object.unpack(prototype.getClass()));
        } catch (InvalidProtocolBufferException | DecodeException e) {
            throw ApiException.badRequest("the object of the request is no "
                    + prototype.getDescriptorForType().getName() + ": " + e.getMessage());
        }
    }

    private static WriteContext context(User user, WriteOptions options) {
        String manager = options.getFieldManager().isEmpty() ? user.name() : options.getFieldManager();
        return new WriteContext(user, manager, options.getDryRun(), false, _ -> {
        });
    }

    private static ObjectResponse object(Message object) {
        return ObjectResponse.newBuilder().setObject(Any.pack(object)).build();
    }

    private static <R> void answer(StreamObserver<R> out, Supplier<R> work) {
        try {
            out.onNext(work.get());
            out.onCompleted();
        } catch (ApiException e) {
            out.onError(GrpcErrors.toGrpc(e));
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "call failed", e);
            out.onError(GrpcErrors.toGrpc(
                    ApiException.internal("the server failed on this request; its log says more")));
        }
    }
}
