package dev.longshore.client.grpc;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import dev.longshore.api.ApiException;
import dev.longshore.api.ObjectKey;
import dev.longshore.api.Reason;
import dev.longshore.api.ResourceType;
import dev.longshore.api.ResourceTypes;
import dev.longshore.api.core.v1.Namespace;
import dev.longshore.api.meta.v1.DeleteOptions;
import dev.longshore.api.meta.v1.Preconditions;
import dev.longshore.client.ApiClient;
import dev.longshore.client.BindOutcome;
import dev.longshore.client.CreateOutcome;
import dev.longshore.client.DeleteQuery;
import dev.longshore.client.Deletion;
import dev.longshore.client.LeaderTerm;
import dev.longshore.client.ObjectList;
import dev.longshore.client.Patch;
import dev.longshore.client.PodPlacement;
import dev.longshore.client.Query;
import dev.longshore.client.Watch;
import dev.longshore.client.WatchListener;
import dev.longshore.grpc.v1.BindingGrpc;
import dev.longshore.grpc.v1.CreateEachRequest;
import dev.longshore.grpc.v1.CreateRequest;
import dev.longshore.grpc.v1.DeleteRequest;
import dev.longshore.grpc.v1.DeleteResponse;
import dev.longshore.grpc.v1.GetRequest;
import dev.longshore.grpc.v1.ListRequest;
import dev.longshore.grpc.v1.ListResponse;
import dev.longshore.grpc.v1.ObjectResponse;
import dev.longshore.grpc.v1.PatchRequest;
import dev.longshore.grpc.v1.ResourceName;
import dev.longshore.grpc.v1.ResourcesGrpc;
import dev.longshore.grpc.v1.UpdateRequest;
import dev.longshore.grpc.v1.WatchRequest;
import dev.longshore.grpc.v1.WriteOptions;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * The API over gRPC. A server that cannot be reached makes the next call go to another one; reads are tried on each of
 * them, writes only once, because the first try may have taken effect.
 */
public final class GrpcApiClient implements ApiClient {
    /** How long a call may take. */
    static final Duration CALL_LIMIT = Duration.ofSeconds(30);
    /** Objects per message of a bulk create: few enough that a message stays small. */
    static final int CREATE_LIMIT = 128;

    private final Endpoints endpoints;
    private final WriteOptions options;

    /** @param fieldManager under which written fields are owned: the component's name */
    public GrpcApiClient(Endpoints endpoints, String fieldManager) {
        this.endpoints = endpoints;
        this.options = WriteOptions.newBuilder().setFieldManager(fieldManager).build();
    }

    @Override
    public <T extends Message> T get(ResourceType<T> type, ObjectKey key) {
        GetRequest request = GetRequest.newBuilder().setResource(name(type, key, "")).build();
        return object(type, read(stub -> stub.get(request)));
    }

    @Override
    public <T extends Message> ObjectList<T> list(ResourceType<T> type, Query query) {
        ListRequest request = ListRequest.newBuilder()
                .setResource(name(type, new ObjectKey(query.namespace(), ""), ""))
                .setLabelSelector(query.labelSelector()).setFieldSelector(query.fieldSelector()).build();
        return read(stub -> {
            List<T> items = new ArrayList<>();
            String version = "";
            for (Iterator<ListResponse> parts = stub.listAll(request); parts.hasNext();) {
                ListResponse part = parts.next();
                part.getItemsList().forEach(item -> items.add(unpack(type, item)));
                version = part.getResourceVersion();
            }
            return new ObjectList<>(version, items);
        });
    }

    @Override
    public <T extends Message> Watch watch(ResourceType<T> type, Query query, String resourceVersion,
            WatchListener<T> listener) {
        WatchRequest request = WatchRequest.newBuilder()
                .setResource(name(type, new ObjectKey(query.namespace(), ""), ""))
                .setLabelSelector(query.labelSelector()).setFieldSelector(query.fieldSelector())
                .setResourceVersion(resourceVersion).setBookmarks(true).build();
        ManagedChannel channel = endpoints.current();
        GrpcWatch<T> watch = new GrpcWatch<>(type, listener, () -> endpoints.failed(channel));
        ResourcesGrpc.newStub(channel).watch(request, watch);
        return watch;
    }

    @Override
    public <T extends Message> T create(ResourceType<T> type, T object) {
        ObjectKey key = new ObjectKey(type.meta(object).getNamespace(), "");
        CreateRequest request = CreateRequest.newBuilder().setResource(name(type, key, "")).setObject(Any.pack(object))
                .setOptions(options).build();
        return object(type, write(stub -> stub.create(request)));
    }

    @Override
    public <T extends Message> List<CreateOutcome<T>> createEach(ResourceType<T> type, List<T> objects) {
        List<CreateOutcome<T>> outcomes = new ArrayList<>();
        for (List<T> rest = objects; !rest.isEmpty();) {
            List<T> some = ofOneCall(type, rest);
            rest = rest.subList(some.size(), rest.size());
            try {
                outcomes.addAll(createTogether(type, some));
            } catch (ApiException e) {
                some.forEach(_ -> outcomes.add(new CreateOutcome.Refused<>(e)));
            }
        }
        return outcomes;
    }

    /** The first objects: the server takes some of one namespace at a time. */
    private static <T extends Message> List<T> ofOneCall(ResourceType<T> type, List<T> objects) {
        String namespace = type.meta(objects.getFirst()).getNamespace();
        int end = 1;
        while (end < Math.min(CREATE_LIMIT, objects.size())
                && type.meta(objects.get(end)).getNamespace().equals(namespace)) {
            end++;
        }
        return objects.subList(0, end);
    }

    private <T extends Message> List<CreateOutcome<T>> createTogether(ResourceType<T> type, List<T> objects) {
        ObjectKey key = new ObjectKey(type.meta(objects.getFirst()).getNamespace(), "");
        CreateEachRequest.Builder request = CreateEachRequest.newBuilder().setResource(name(type, key, ""))
                .setOptions(options);
        objects.forEach(object -> request.addObjects(Any.pack(object)));
        return write(stub -> stub.createEach(request.build())).getOutcomesList().stream()
                .map(outcome -> outcome(type, outcome)).toList();
    }

    private static <T extends Message> CreateOutcome<T> outcome(ResourceType<T> type,
            dev.longshore.grpc.v1.CreateOutcome outcome) {
        return outcome.hasFailure()
                ? new CreateOutcome.Refused<>(ApiException.of(outcome.getFailure()))
                : new CreateOutcome.Created<>(unpack(type, outcome.getObject()));
    }

    @Override
    public <T extends Message> T update(ResourceType<T> type, T object) {
        return update(type, object, "");
    }

    @Override
    public <T extends Message> T updateStatus(ResourceType<T> type, T object) {
        return update(type, object, "status");
    }

    @Override
    public Namespace finalizeNamespace(Namespace namespace) {
        return update(ResourceTypes.NAMESPACES, namespace, "finalize");
    }

    private <T extends Message> T update(ResourceType<T> type, T object, String subresource) {
        UpdateRequest request = UpdateRequest.newBuilder().setResource(name(type, type.key(object), subresource))
                .setObject(Any.pack(object)).setOptions(options).build();
        return object(type, write(stub -> stub.update(request)));
    }

    @Override
    public <T extends Message> T patch(ResourceType<T> type, ObjectKey key, Patch patch) {
        String subresource = switch (patch.target()) {
            case OBJECT -> "";
            case STATUS -> "status";
        };
        PatchRequest request = PatchRequest.newBuilder().setResource(name(type, key, subresource))
                .setType(switch (patch.kind()) {
                    case JSON -> PatchRequest.Type.JSON;
                    case MERGE -> PatchRequest.Type.MERGE;
                    case STRATEGIC_MERGE -> PatchRequest.Type.STRATEGIC_MERGE;
                }).setPatch(ByteString.copyFromUtf8(patch.document())).setOptions(options).build();
        return object(type, write(stub -> stub.patch(request)));
    }

    @Override
    public <T extends Message> Deletion<T> delete(ResourceType<T> type, ObjectKey key, DeleteQuery query) {
        DeleteOptions.Builder how = DeleteOptions.newBuilder().setPropagationPolicy(propagation(query.propagation()));
        query.gracePeriodSeconds().ifPresent(how::setGracePeriodSeconds);
        query.uid().ifPresent(uid -> how.setPreconditions(Preconditions.newBuilder().setUid(uid)));
        DeleteRequest request = DeleteRequest.newBuilder().setResource(name(type, key, "")).setOptions(how).build();
        DeleteResponse response = write(stub -> stub.delete(request));
        return new Deletion<>(unpack(type, response.getObject()), response.getGone());
    }

    /** {@code Background}, as the Kubernetes API spells it. */
    private static String propagation(DeleteQuery.Propagation propagation) {
        String name = propagation.name();
        return name.charAt(0) + name.substring(1).toLowerCase(Locale.ROOT);
    }

    /** On a stream of its own, made once. */
    @Override
    public List<BindOutcome> bind(List<PodPlacement> placements, LeaderTerm term) {
        if (placements.isEmpty()) {
            return List.of();
        }
        ManagedChannel channel = endpoints.current();
        GrpcBinding binding = new GrpcBinding();
        List<BindOutcome> outcomes = binding.call(BindingGrpc.newStub(channel)
                .withDeadlineAfter(CALL_LIMIT.toMillis(), TimeUnit.MILLISECONDS), placements, term);
        binding.failure().filter(GrpcApiClient::isUnreachable).ifPresent(_ -> endpoints.failed(channel));
        return outcomes;
    }

    private static ResourceName name(ResourceType<?> type, ObjectKey key, String subresource) {
        return ResourceName.newBuilder().setGroup(type.group()).setVersion(type.version()).setResource(type.plural())
                .setNamespace(key.namespace()).setName(key.name()).setSubresource(subresource).build();
    }

    private static <T extends Message> T object(ResourceType<T> type, ObjectResponse response) {
        return unpack(type, response.getObject());
    }

    static <T extends Message> T unpack(ResourceType<T> type, Any object) {
        try {
            return object.unpackSameTypeAs(type.prototype());
        } catch (InvalidProtocolBufferException e) {
            throw ApiException.of(Reason.INTERNAL_ERROR, "the server answered something else than a " + type.kind());
        }
    }

    private <R> R read(Function<ResourcesGrpc.ResourcesBlockingStub, R> call) {
        int tries = endpoints.size();
        while (true) {
            try {
                return write(call);
            } catch (ApiException e) {
                tries--;
                if (tries <= 0 || !e.is(Reason.SERVICE_UNAVAILABLE)) {
                    throw e;
                }
            }
        }
    }

    private <R> R write(Function<ResourcesGrpc.ResourcesBlockingStub, R> call) {
        ManagedChannel channel = endpoints.current();
        try {
            return call.apply(ResourcesGrpc.newBlockingStub(channel).withDeadlineAfter(CALL_LIMIT.toMillis(),
                    TimeUnit.MILLISECONDS));
        } catch (StatusRuntimeException e) {
            ApiException failure = GrpcErrors.fromGrpc(e);
            if (isUnreachable(failure)) {
                endpoints.failed(channel);
            }
            throw failure;
        }
    }

    private static boolean isUnreachable(ApiException failure) {
        return failure.is(Reason.SERVICE_UNAVAILABLE) || failure.is(Reason.TIMEOUT);
    }
}
