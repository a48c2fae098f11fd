package dev.longshore.apiserver.openapi;

import dev.longshore.apiserver.discovery.Document;
import dev.longshore.apiserver.discovery.JsonText;
import dev.longshore.apiserver.discovery.ServedGroup;
import dev.longshore.apiserver.discovery.ServedGroup.ServedVersion;
import dev.longshore.apiserver.discovery.VersionInfo;
import dev.longshore.apiserver.resources.Resources;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The documents under {@code /openapi}. */
public final class OpenApi {
    private static final String V3 = "/openapi/v3";
    /** A document with nothing but its version: enough to tell clients that a kind is unknown (field 1, "2.0"). */
    private static final byte[] V2_PROTOBUF = {0x0a, 0x03, 0x32, 0x2e, 0x30};
    private static final String V2_PROTOBUF_TYPE = "application/com.github.proto-openapi.spec.v2.v1.0+protobuf";

    private final Map<String, ServedVersion> versions = new LinkedHashMap<>();
    private final Map<String, Document> made = new ConcurrentHashMap<>();

    public OpenApi(Resources resources) {
        for (ServedGroup group : ServedGroup.of(resources)) {
            group.versions().forEach(version -> versions.put(version.path(), version));
        }
    }

    /** The document at a path; empty when there is none. */
    public Optional<Document> document(String path, String accept) {
        if (path.equals(V3)) {
            return Optional.of(index());
        }
        if (path.equals("/openapi/v2")) {
            return Optional.of(accept.contains("proto-openapi.spec.v2")
                    ? Document.of(V2_PROTOBUF_TYPE, V2_PROTOBUF)
                    : Document.of("application/json", emptyV2()));
        }
        return path.startsWith(V3 + "/") && versions.containsKey(path.substring(V3.length() + 1))
                ? Optional.of(version(path.substring(V3.length() + 1)))
                : Optional.empty();
    }

    private Document version(String name) {
        Document known = made.get(name);
        return known != null
                ? known
                : made.computeIfAbsent(name, _ -> Document.of("application/json",
                        VersionDocument.write(versions.get(name))));
    }

    private Document index() {
        Document known = made.get(V3);
        if (known != null) {
            return known;
        }
        Document index = makeIndex();
        made.put(V3, index);
        return index;
    }

    private Document makeIndex() {
        return Document.of("application/json", JsonText.object(json -> {
            json.writeObjectFieldStart("paths");
            for (String name : versions.keySet()) {
                json.writeObjectFieldStart(name);
                json.writeStringField("serverRelativeURL", V3 + "/" + name + "?hash=" + version(name).hash());
                json.writeEndObject();
            }
            json.writeEndObject();
        }));
    }

    private static byte[] emptyV2() {
        return JsonText.object(json -> {
            json.writeStringField("swagger", "2.0");
            VersionDocument.info(json, VersionInfo.GIT_VERSION);
            json.writeObjectFieldStart("paths");
            json.writeEndObject();
        });
    }
}
