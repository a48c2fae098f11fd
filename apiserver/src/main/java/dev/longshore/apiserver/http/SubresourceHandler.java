package dev.longshore.apiserver.http;

import com.google.protobuf.Message;
import dev.longshore.api.ApiException;
import dev.longshore.api.Reason;
import dev.longshore.api.TypeMeta;
import dev.longshore.api.autoscaling.v1.Scale;
import dev.longshore.api.core.v1.Binding;
import dev.longshore.api.core.v1.Namespace;
import dev.longshore.api.policy.v1.Eviction;
import dev.longshore.apiserver.http.AnswerForm.Subject;
import dev.longshore.apiserver.http.ResourceHandler.Call;
import dev.longshore.apiserver.registry.Registry;

/** Requests about subresources that have a kind of their own. Stateless. */
final class SubresourceHandler {
    private final Registry registry;

    SubresourceHandler(Registry registry) {
        this.registry = registry;
    }

    <T extends Message> void handle(Call<T> call) {
        AnswerForm form = call.form(Subject.DOCUMENT);
        String subresource = call.request().subresource();
        Response answer = switch (call.request().verb()) {
            case "get" -> AnswerWriter.document(200, form,
                    registry.getSubresource(call.type(), call.key(), subresource, call.reads()));
            case "create" -> AnswerWriter.document(201, form, registry.writeSubresource(call.type(), call.key(),
                    subresource, body(call, subresource), call.writes()));
            case "update" -> AnswerWriter.document(200, form, registry.writeSubresource(call.type(), call.key(),
                    subresource, body(call, subresource), call.writes()));
            case "patch" -> AnswerWriter.document(200, form, registry.patchSubresource(call.type(), call.key(),
                    subresource, PatchReader.read(call.exchange()), call.writes()));
            default -> throw ApiException.of(Reason.METHOD_NOT_ALLOWED,
                    "the server does not allow this method on the requested resource");
        };
        call.exchange().respond(answer.with(call.warnings().headers()));
    }

    private static Message body(Call<?> call, String subresource) {
        return switch (subresource) {
            case "scale" -> read(call, Scale.getDefaultInstance(), new TypeMeta("autoscaling/v1", "Scale"));
            case "binding" -> read(call, Binding.getDefaultInstance(), new TypeMeta("v1", "Binding"));
            case "eviction" -> read(call, Eviction.getDefaultInstance(), new TypeMeta("policy/v1", "Eviction"));
            case "finalize" -> read(call, Namespace.getDefaultInstance(), new TypeMeta("v1", "Namespace"));
            default -> throw ApiException.of(Reason.NOT_FOUND, "the server could not find the requested resource");
        };
    }

    private static <M extends Message> M read(Call<?> call, M prototype, TypeMeta type) {
        return BodyReader.read(call.exchange(), prototype, type, call.warnings());
    }
}
