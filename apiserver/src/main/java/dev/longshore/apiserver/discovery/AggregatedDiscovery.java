package dev.longshore.apiserver.discovery;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.longshore.apiserver.discovery.ServedGroup.ServedVersion;
import java.io.IOException;
import java.util.List;

/** All groups in one document (Kubernetes API, apidiscovery.k8s.io). */
final class AggregatedDiscovery {
    private AggregatedDiscovery() {
    }

    /** @param version {@code v2} or {@code v2beta1}; they differ in name only */
    static byte[] write(String version, List<ServedGroup> groups) {
        return JsonText.object(json -> {
            json.writeStringField("kind", "APIGroupDiscoveryList");
            json.writeStringField("apiVersion", "apidiscovery.k8s.io/" + version);
            json.writeObjectFieldStart("metadata");
            json.writeEndObject();
            json.writeArrayFieldStart("items");
            for (ServedGroup group : groups) {
                group(json, group);
            }
            json.writeEndArray();
        });
    }

    private static void group(JsonGenerator json, ServedGroup group) throws IOException {
        json.writeStartObject();
        json.writeObjectFieldStart("metadata");
        if (!group.name().isEmpty()) {
            json.writeStringField("name", group.name());
        }
        json.writeNullField("creationTimestamp");
        json.writeEndObject();
        json.writeArrayFieldStart("versions");
        for (ServedVersion version : group.versions()) {
            json.writeStartObject();
            json.writeStringField("version", version.version());
            json.writeArrayFieldStart("resources");
            for (ServedResource resource : version.resources()) {
                resource(json, resource);
            }
            json.writeEndArray();
            json.writeStringField("freshness", "Current");
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void resource(JsonGenerator json, ServedResource resource) throws IOException {
        json.writeStartObject();
        json.writeStringField("resource", resource.type().plural());
        kind(json, "", "", resource.type().kind());
        json.writeStringField("scope", resource.type().namespaced() ? "Namespaced" : "Cluster");
        json.writeStringField("singularResource", resource.type().singular());
        JsonText.strings(json, "verbs", resource.verbs());
        JsonText.stringsIfAny(json, "shortNames", resource.type().shortNames());
        JsonText.stringsIfAny(json, "categories", resource.type().categories());
        if (!resource.subresources().isEmpty()) {
            json.writeArrayFieldStart("subresources");
            for (ServedSubresource subresource : resource.subresources()) {
                json.writeStartObject();
                json.writeStringField("subresource", subresource.name());
                kind(json, subresource.group(), subresource.version(), subresource.kind());
                JsonText.strings(json, "verbs", subresource.verbs());
                json.writeEndObject();
            }
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    private static void kind(JsonGenerator json, String group, String version, String kind) throws IOException {
        json.writeObjectFieldStart("responseKind");
        json.writeStringField("group", group);
        json.writeStringField("version", version);
        json.writeStringField("kind", kind);
        json.writeEndObject();
    }
}
