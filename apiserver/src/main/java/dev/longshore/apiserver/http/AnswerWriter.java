package dev.longshore.apiserver.http;

import com.fasterxml.jackson.core.JsonGenerator;
import com.google.protobuf.Message;
import dev.longshore.api.ApiException;
import dev.longshore.api.ResourceType;
import dev.longshore.api.TypeMeta;
import dev.longshore.api.envelope.ProtobufEnvelope;
import dev.longshore.api.json.JsonCodec;
import dev.longshore.api.json.YamlCodec;
import dev.longshore.api.meta.v1.ListMeta;
import dev.longshore.api.meta.v1.PartialObjectMetadata;
import dev.longshore.apiserver.registry.Page;
import dev.longshore.apiserver.table.Tables;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** Objects and lists in the form that the client wants. */
final class AnswerWriter {
    private final Tables tables;

    AnswerWriter(Tables tables) {
        this.tables = tables;
    }

    /** Any message under its own type: a Status, a Scale. */
    static Response document(int status, AnswerForm form, Message document) {
        return switch (form.format()) {
            case JSON -> Response.json(status, layout(form, JsonCodec.write(document)));
            case YAML -> Response.of(status, form.format().mediaType(), YamlCodec.write(document));
            case PROTOBUF -> Response.of(status, form.format().mediaType(), ProtobufEnvelope.encode(document));
        };
    }

    <T extends Message> Response object(int status, AnswerForm form, ResourceType<T> type, T object, String include) {
        return switch (form.view()) {
            case OBJECT -> document(status, form, object);
            case TABLE -> text(status, form, table(form, type, metadata(type.meta(object).getResourceVersion()),
                    List.of(object), include));
            case PARTIAL -> text(status, form, partial(form, type, object));
        };
    }

    <T extends Message> Response list(AnswerForm form, ResourceType<T> type, Page<T> page, String include) {
        ListMeta.Builder meta = metadata(page.resourceVersion()).toBuilder();
        if (!page.continueToken().isEmpty()) {
            meta.setContinue(page.continueToken());
            page.remaining().ifPresent(meta::setRemainingItemCount);
        }
        return switch (form.view()) {
            case OBJECT -> document(200, form, type.list(meta.build(), page.items()));
            case TABLE -> text(200, form, table(form, type, meta.build(), page.items(), include));
            case PARTIAL -> text(200, form, partialList(form, type, meta.build(), page.items()));
        };
    }

    /** JSON of one object as a watch event shows it. */
    <T extends Message> byte[] watched(AnswerForm form, ResourceType<T> type, T object, String include) {
        return switch (form.view()) {
            case OBJECT -> JsonCodec.write(object);
            case TABLE -> table(form, type, metadata(type.meta(object).getResourceVersion()), List.of(object),
                    include);
            case PARTIAL -> partial(form, type, object);
        };
    }

    private <T extends Message> byte[] table(AnswerForm form, ResourceType<T> type, ListMeta meta, List<T> objects,
            String include) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JsonCodec.generator(bytes)) {
            tables.write(type, objects, meta, included(include), "meta.k8s.io/" + form.version(), json);
        } catch (IOException e) {
            throw new UncheckedIOException("a buffer in memory failed", e);
        }
        return bytes.toByteArray();
    }

    private static Tables.Include included(String include) {
        return switch (include) {
            case "None" -> Tables.Include.NONE;
            case "", "Metadata" -> Tables.Include.METADATA;
            case "Object" -> Tables.Include.OBJECT;
            default -> throw ApiException.badRequest("includeObject must be one of None, Metadata, Object, not \""
                    + include + "\"");
        };
    }

    private static Response text(int status, AnswerForm form, byte[] json) {
        return form.format() == BodyFormat.YAML
                ? Response.of(status, form.format().mediaType(), YamlCodec.fromJson(json))
                : Response.json(status, layout(form, json));
    }

    private static byte[] layout(AnswerForm form, byte[] json) {
        return form.pretty() ? PrettyJson.indent(json) : json;
    }

    private static ListMeta metadata(String resourceVersion) {
        return ListMeta.newBuilder().setResourceVersion(resourceVersion).build();
    }

    private static <T extends Message> byte[] partial(AnswerForm form, ResourceType<T> type, T object) {
        return JsonCodec.write(partialType(form),
                PartialObjectMetadata.newBuilder().setMetadata(type.meta(object)).build());
    }

    private static TypeMeta partialType(AnswerForm form) {
        return new TypeMeta("meta.k8s.io/" + form.version(), "PartialObjectMetadata");
    }

    /** Every item names its type, unlike those of other lists. */
    private static <T extends Message> byte[] partialList(AnswerForm form, ResourceType<T> type, ListMeta meta,
            List<T> items) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JsonCodec.generator(bytes)) {
            json.writeStartObject();
            json.writeStringField("kind", "PartialObjectMetadataList");
            json.writeStringField("apiVersion", "meta.k8s.io/" + form.version());
            json.writeFieldName("metadata");
            JsonCodec.write(TypeMeta.NONE, meta, json);
            json.writeArrayFieldStart("items");
            for (T item : items) {
                JsonCodec.write(partialType(form),
                        PartialObjectMetadata.newBuilder().setMetadata(type.meta(item)).build(), json);
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("a buffer in memory failed", e);
        }
        return bytes.toByteArray();
    }
}
