package dev.longshore.apiserver.discovery;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.longshore.apiserver.discovery.ServedGroup.ServedVersion;
import java.io.IOException;
import java.util.List;

/** One document per level, for clients that know no aggregated discovery, and for {@code kubectl drain}. */
final class LegacyDiscovery {
    private LegacyDiscovery() {
    }

    static byte[] coreVersions(String serverAddress) {
        return JsonText.object(json -> {
            json.writeStringField("kind", "APIVersions");
            JsonText.strings(json, "versions", List.of("v1"));
            json.writeArrayFieldStart("serverAddressByClientCIDRs");
            json.writeStartObject();
            json.writeStringField("clientCIDR", "0.0.0.0/0");
            json.writeStringField("serverAddress", serverAddress);
            json.writeEndObject();
            json.writeEndArray();
        });
    }

    static byte[] groups(List<ServedGroup> groups) {
        return JsonText.object(json -> {
            json.writeStringField("kind", "APIGroupList");
            json.writeStringField("apiVersion", "v1");
            json.writeArrayFieldStart("groups");
            for (ServedGroup group : groups) {
                json.writeStartObject();
                groupFields(json, group);
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    static byte[] group(ServedGroup group) {
        return JsonText.object(json -> {
            json.writeStringField("kind", "APIGroup");
            json.writeStringField("apiVersion", "v1");
            groupFields(json, group);
        });
    }

    private static void groupFields(JsonGenerator json, ServedGroup group) throws IOException {
        json.writeStringField("name", group.name());
        json.writeArrayFieldStart("versions");
        for (ServedVersion version : group.versions()) {
            json.writeStartObject();
            versionFields(json, version);
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeObjectFieldStart("preferredVersion");
        versionFields(json, group.versions().getFirst());
        json.writeEndObject();
    }

    private static void versionFields(JsonGenerator json, ServedVersion version) throws IOException {
        json.writeStringField("groupVersion", version.groupVersion());
        json.writeStringField("version", version.version());
    }

    static byte[] resources(ServedVersion version) {
        return JsonText.object(json -> {
            json.writeStringField("kind", "APIResourceList");
            json.writeStringField("apiVersion", "v1");
            json.writeStringField("groupVersion", version.groupVersion());
            json.writeArrayFieldStart("resources");
            for (ServedResource resource : version.resources()) {
                resource(json, resource);
                for (ServedSubresource subresource : resource.subresources()) {
                    subresource(json, resource, subresource);
                }
            }
            json.writeEndArray();
        });
    }

    private static void resource(JsonGenerator json, ServedResource resource) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", resource.type().plural());
        json.writeStringField("singularName", resource.type().singular());
        json.writeBooleanField("namespaced", resource.type().namespaced());
        json.writeStringField("kind", resource.type().kind());
        JsonText.strings(json, "verbs", resource.verbs());
        JsonText.stringsIfAny(json, "shortNames", resource.type().shortNames());
        JsonText.stringsIfAny(json, "categories", resource.type().categories());
        json.writeEndObject();
    }

    private static void subresource(JsonGenerator json, ServedResource resource, ServedSubresource subresource)
            throws IOException {
        json.writeStartObject();
        json.writeStringField("name", resource.type().plural() + "/" + subresource.name());
        json.writeStringField("singularName", "");
        json.writeBooleanField("namespaced", resource.type().namespaced());
        if (!subresource.group().isEmpty()) {
            json.writeStringField("group", subresource.group());
            json.writeStringField("version", subresource.version());
        }
        json.writeStringField("kind", subresource.kind());
        JsonText.strings(json, "verbs", subresource.verbs());
        json.writeEndObject();
    }
}
