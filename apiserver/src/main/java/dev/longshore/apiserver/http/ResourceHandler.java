package dev.longshore.apiserver.http;

import com.google.protobuf.Message;
import dev.longshore.api.ApiException;
import dev.longshore.api.ObjectKey;
import dev.longshore.api.Reason;
import dev.longshore.api.ResourceType;
import dev.longshore.api.ResourceTypes;
import dev.longshore.api.TypeMeta;
import dev.longshore.api.meta.v1.DeleteOptions;
import dev.longshore.api.meta.v1.ListMeta;
import dev.longshore.api.meta.v1.ObjectMeta;
import dev.longshore.api.meta.v1.Status;
import dev.longshore.api.meta.v1.StatusDetails;
import dev.longshore.apiserver.auth.User;
import dev.longshore.apiserver.http.AnswerForm.Subject;
import dev.longshore.apiserver.registry.Page;
import dev.longshore.apiserver.registry.ReadContext;
import dev.longshore.apiserver.registry.Registry;
import dev.longshore.apiserver.registry.WriteContext;
import dev.longshore.apiserver.request.RequestInfo;
import dev.longshore.client.Deletion;
import dev.longshore.client.ObjectList;
import java.util.OptionalLong;
import java.util.Set;

/** Requests about objects, as calls of the registry. Stateless. */
final class ResourceHandler {
    /** Kinds whose deletion answers the object even when it is gone (observed of Kubernetes 1.32). */
    private static final Set<ResourceType<?>> ANSWER_DELETED_OBJECT = Set.of(ResourceTypes.PODS, ResourceTypes.SERVICES,
            ResourceTypes.SERVICE_ACCOUNTS, ResourceTypes.POD_TEMPLATES, ResourceTypes.RESOURCE_QUOTAS,
            ResourceTypes.PERSISTENT_VOLUMES, ResourceTypes.PERSISTENT_VOLUME_CLAIMS);

    private final Registry registry;
    private final AnswerWriter answers;
    private final WatchHandler watches;

    ResourceHandler(Registry registry, AnswerWriter answers, WatchHandler watches) {
        this.registry = registry;
        this.answers = answers;
        this.watches = watches;
    }

    /** A request with everything known about it. */
    record Call<T extends Message>(Exchange exchange, RequestInfo request, User user, ResourceType<T> type,
            Warnings warnings) {
        ObjectKey key() {
            return new ObjectKey(type.namespaced() ? request.namespace() : "", request.name());
        }

        ReadContext reads() {
            return new ReadContext(user);
        }

        WriteContext writes() {
            return RequestOptions.write(exchange, user, warnings);
        }

        AnswerForm form(Subject subject) {
            return AnswerForm.negotiate(exchange, subject);
        }

        String include() {
            return exchange.query().first("includeObject");
        }
    }

    <T extends Message> void handle(Call<T> call) {
        switch (call.request().verb()) {
            case "get" -> get(call);
            case "list" -> list(call);
            case "watch" -> watches.watch(call);
            case "create" -> create(call);
            case "update" -> update(call);
            case "patch" -> patch(call);
            case "delete" -> delete(call);
            case "deletecollection" -> deleteCollection(call);
            default -> throw ApiException.of(Reason.METHOD_NOT_ALLOWED,
                    "the server does not allow this method on the requested resource");
        }
    }

    private <T extends Message> void get(Call<T> call) {
        AnswerForm form = call.form(Subject.OBJECT);
        T object = registry.get(call.type(), call.key(), call.reads());
        call.exchange().respond(answers.object(200, form, call.type(), object, call.include()));
    }

    private <T extends Message> void list(Call<T> call) {
        AnswerForm form = call.form(Subject.LIST);
        Page<T> page = registry.list(call.type(),
                RequestOptions.list(call.exchange().query(), call.request().namespace()), call.reads());
        call.exchange().respond(answers.list(form, call.type(), page, call.include()));
    }

    private <T extends Message> void create(Call<T> call) {
        AnswerForm form = call.form(Subject.OBJECT);
        T created = registry.create(call.type(), body(call), call.writes());
        written(call, form, 201, created);
    }

    private <T extends Message> void update(Call<T> call) {
        AnswerForm form = call.form(Subject.OBJECT);
        T updated = registry.update(call.type(), call.key(), call.request().subresource(), body(call), call.writes());
        written(call, form, 200, updated);
    }

    private <T extends Message> void patch(Call<T> call) {
        AnswerForm form = call.form(Subject.OBJECT);
        T patched = registry.patch(call.type(), call.key(), call.request().subresource(),
                PatchReader.read(call.exchange()), call.writes());
        written(call, form, 200, patched);
    }

    private <T extends Message> void written(Call<T> call, AnswerForm form, int status, T object) {
        call.exchange().respond(answers.object(status, form, call.type(), object, call.include())
                .with(call.warnings().headers()));
    }

    private <T extends Message> void delete(Call<T> call) {
        AnswerForm form = call.form(Subject.DOCUMENT);
        DeleteOptions options = RequestOptions.delete(call.exchange(), call.warnings());
        Deletion<T> deletion = registry.delete(call.type(), call.key(), options,
                RequestOptions.delete(call.writes(), options));
        Message answer = deletion.gone() && !ANSWER_DELETED_OBJECT.contains(call.type())
                ? gone(call.type(), deletion.object())
                : deletion.object();
        call.exchange().respond(AnswerWriter.document(200, form, answer).with(call.warnings().headers()));
    }

    private static <T extends Message> Status gone(ResourceType<T> type, T object) {
        ObjectMeta meta = type.meta(object);
        return Status.newBuilder().setMetadata(ListMeta.getDefaultInstance()).setStatus("Success")
                .setDetails(StatusDetails.newBuilder().setName(meta.getName()).setGroup(type.group())
                        .setKind(type.plural()).setUid(meta.getUid()))
                .build();
    }

    private <T extends Message> void deleteCollection(Call<T> call) {
        AnswerForm form = call.form(Subject.LIST);
        DeleteOptions options = RequestOptions.delete(call.exchange(), call.warnings());
        ObjectList<T> deleted = registry.deleteCollection(call.type(),
                RequestOptions.list(call.exchange().query(), call.request().namespace()), options,
                RequestOptions.delete(call.writes(), options));
        Page<T> page = new Page<>(deleted.resourceVersion(), deleted.items(), "", OptionalLong.empty());
        call.exchange().respond(answers.list(form, call.type(), page, call.include()).with(call.warnings().headers()));
    }

    /** The object of the body, in the namespace of the path. */
    private static <T extends Message> T body(Call<T> call) {
        ResourceType<T> type = call.type();
        T object = BodyReader.read(call.exchange(), type.prototype(), TypeMeta.of(type), call.warnings());
        ObjectMeta meta = type.meta(object);
        String namespace = type.namespaced() ? call.request().namespace() : "";
        if (!meta.getNamespace().isEmpty() && !meta.getNamespace().equals(namespace)) {
            throw ApiException.badRequest(
                    "the namespace of the provided object does not match the namespace sent on the request");
        }
        if (!call.request().name().isEmpty() && !meta.getName().isEmpty()
                && !meta.getName().equals(call.request().name())) {
            throw ApiException.badRequest("the name of the object (" + meta.getName()
                    + ") does not match the name on the URL (" + call.request().name() + ")");
        }
        return meta.getNamespace().equals(namespace)
                ? object
                : type.withMeta(object, meta.toBuilder().setNamespace(namespace).build());
    }
}
