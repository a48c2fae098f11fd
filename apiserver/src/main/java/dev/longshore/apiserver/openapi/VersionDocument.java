package dev.longshore.apiserver.openapi;

import com.fasterxml.jackson.core.JsonGenerator;
import com.google.protobuf.Descriptors.Descriptor;
import dev.longshore.api.ResourceType;
import dev.longshore.api.meta.v1.DeleteOptions;
import dev.longshore.api.meta.v1.Status;
import dev.longshore.apiserver.discovery.JsonText;
import dev.longshore.apiserver.discovery.ServedGroup.ServedVersion;
import dev.longshore.apiserver.discovery.ServedResource;
import dev.longshore.apiserver.discovery.VersionInfo;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The OpenAPI 3.0 document of one group version. */
final class VersionDocument {
    private VersionDocument() {
    }

    static byte[] write(ServedVersion version) {
        return JsonText.object(json -> {
            json.writeStringField("openapi", "3.0.0");
            info(json, VersionInfo.GIT_VERSION);
            json.writeObjectFieldStart("paths");
            for (ServedResource resource : version.resources()) {
                paths(json, version, resource.type());
            }
            json.writeEndObject();
            json.writeObjectFieldStart("components");
            json.writeObjectFieldStart("schemas");
            for (Descriptor message : messages(version).values()) {
                json.writeFieldName(SchemaWriter.name(message));
                SchemaWriter.write(json, message);
            }
            json.writeEndObject();
            json.writeEndObject();
        });
    }

    static void info(JsonGenerator json, String version) throws IOException {
        json.writeObjectFieldStart("info");
        json.writeStringField("title", "Kubernetes");
        json.writeStringField("version", version);
        json.writeEndObject();
    }

    /** Every message that the resources consist of, by schema name. */
    private static Map<String, Descriptor> messages(ServedVersion version) {
        Map<String, Descriptor> found = new TreeMap<>();
        for (ServedResource resource : version.resources()) {
            SchemaWriter.collect(resource.type().prototype().getDescriptorForType(), found);
            SchemaWriter.collect(resource.type().listPrototype().getDescriptorForType(), found);
        }
        SchemaWriter.collect(Status.getDescriptor(), found);
        SchemaWriter.collect(DeleteOptions.getDescriptor(), found);
        return found;
    }

    private static void paths(JsonGenerator json, ServedVersion version, ResourceType<?> type) throws IOException {
        String collection = "/" + version.path() + (type.namespaced() ? "/namespaces/{namespace}/" : "/")
                + type.plural();
        json.writeObjectFieldStart(collection);
        operation(json, type, "get", "list", List.of());
        operation(json, type, "post", "post", List.of("dryRun", "fieldManager", "fieldValidation"));
        json.writeEndObject();
        json.writeObjectFieldStart(collection + "/{name}");
        operation(json, type, "get", "get", List.of());
        operation(json, type, "put", "put", List.of("dryRun", "fieldManager", "fieldValidation"));
        operation(json, type, "patch", "patch", List.of("dryRun", "fieldManager", "fieldValidation", "force"));
        operation(json, type, "delete", "delete", List.of("dryRun"));
        json.writeEndObject();
    }

    private static void operation(JsonGenerator json, ResourceType<?> type, String method, String action,
            List<String> parameters) throws IOException {
        json.writeObjectFieldStart(method);
        json.writeArrayFieldStart("parameters");
        for (String parameter : parameters) {
            json.writeStartObject();
            json.writeStringField("name", parameter);
            json.writeStringField("in", "query");
            json.writeObjectFieldStart("schema");
            json.writeStringField("type", parameter.equals("force") ? "boolean" : "string");
            json.writeEndObject();
            json.writeEndObject();
        }
        json.writeEndArray();
        responses(json, type, action);
        json.writeStringField("x-kubernetes-action", action);
        json.writeFieldName("x-kubernetes-group-version-kind");
        SchemaWriter.groupVersionKind(json, type.group(), type.version(), type.kind());
        json.writeEndObject();
    }

    private static void responses(JsonGenerator json, ResourceType<?> type, String action) throws IOException {
        Descriptor answer = switch (action) {
            case "list" -> type.listPrototype().getDescriptorForType();
            case "delete" -> Status.getDescriptor();
            default -> type.prototype().getDescriptorForType();
        };
        json.writeObjectFieldStart("responses");
        json.writeObjectFieldStart("200");
        json.writeStringField("description", "OK");
        json.writeObjectFieldStart("content");
        json.writeObjectFieldStart("application/json");
        json.writeObjectFieldStart("schema");
        json.writeStringField("$ref", SchemaWriter.reference(answer));
        json.writeEndObject();
        json.writeEndObject();
        json.writeEndObject();
        json.writeEndObject();
        json.writeEndObject();
    }
}
