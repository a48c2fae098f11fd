package dev.longshore.apiserver.openapi;

import com.fasterxml.jackson.core.JsonGenerator;
import com.google.protobuf.DescriptorProtos.FieldOptions;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import dev.longshore.api.TypeMeta;
import dev.longshore.api.options.JsonForm;
import dev.longshore.api.options.ListType;
import dev.longshore.api.options.MapType;
import dev.longshore.api.options.OptionsProto;
import dev.longshore.api.options.Presence;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Schemas of messages: types, formats, what is required, defaults, and Kubernetes' extensions for lists and patches.
 */
final class SchemaWriter {
    private SchemaWriter() {
    }

    /** {@code io.k8s.api.apps.v1.Deployment}: the message's name with its domain turned around. */
    static String name(Descriptor message) {
        return message.getFullName().replaceFirst("^k8s\\.io\\.", "io.k8s.").replace('_', '-');
    }

    static String reference(Descriptor message) {
        return "#/components/schemas/" + name(message);
    }

    /** Adds the message and everything it consists of. */
    static void collect(Descriptor message, Map<String, Descriptor> found) {
        if (message.getOptions().getMapEntry()) {
            FieldDescriptor value = message.findFieldByNumber(2);
            if (value.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
                collect(value.getMessageType(), found);
            }
        } else if (found.putIfAbsent(name(message), message) == null) {
            for (FieldDescriptor field : message.getFields()) {
                if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
                    collect(field.getMessageType(), found);
                }
            }
        }
    }

    static void groupVersionKind(JsonGenerator json, String group, String version, String kind) throws IOException {
        json.writeStartObject();
        json.writeStringField("group", group);
        json.writeStringField("version", version);
        json.writeStringField("kind", kind);
        json.writeEndObject();
    }

    static void write(JsonGenerator json, Descriptor message) throws IOException {
        json.writeStartObject();
        switch (message.getOptions().getExtension(OptionsProto.jsonForm)) {
            case TIME, MICRO_TIME -> typed(json, "string", "date-time");
            case DURATION -> typed(json, "string", "");
            case QUANTITY -> oneOf(json, "string", "number");
            case INT_OR_STRING -> {
                json.writeStringField("format", "int-or-string");
                oneOf(json, "integer", "string");
            }
            case RAW_JSON -> typed(json, "object", "");
            case ITEMS -> {
                typed(json, "array", "");
                json.writeFieldName("items");
                value(json, message.getFields().getFirst());
            }
            case SCHEMA_OR_ARRAY, SCHEMA_OR_BOOL, SCHEMA_OR_STRINGS, UNRECOGNIZED -> {
            }
            case OBJECT -> object(json, message);
        }
        json.writeEndObject();
    }

    private static void object(JsonGenerator json, Descriptor message) throws IOException {
        typed(json, "object", "");
        List<FieldDescriptor> fields = new ArrayList<>();
        flatten(message, fields);
        json.writeObjectFieldStart("properties");
        if (TypeMeta.isKind(message)) {
            plain(json, "apiVersion");
            plain(json, "kind");
        }
        for (FieldDescriptor field : fields) {
            json.writeFieldName(field.getJsonName());
            property(json, field);
        }
        json.writeEndObject();
        List<String> required = fields.stream().filter(field -> field.getOptions().getExtension(OptionsProto.required))
                .map(FieldDescriptor::getJsonName).sorted().toList();
        if (!required.isEmpty()) {
            json.writeArrayFieldStart("required");
            for (String name : required) {
                json.writeString(name);
            }
            json.writeEndArray();
        }
        TypeMeta type = TypeMeta.isKind(message) ? TypeMeta.of(message) : TypeMeta.NONE;
        if (!type.isEmpty()) {
            json.writeArrayFieldStart("x-kubernetes-group-version-kind");
            groupVersionKind(json, type.group(), type.version(), type.kind());
            json.writeEndArray();
        }
    }

    private static void flatten(Descriptor message, List<FieldDescriptor> into) {
        for (FieldDescriptor field : message.getFields()) {
            if (field.getOptions().getExtension(OptionsProto.inline)) {
                flatten(field.getMessageType(), into);
            } else {
                into.add(field);
            }
        }
    }

    private static void plain(JsonGenerator json, String name) throws IOException {
        json.writeObjectFieldStart(name);
        typed(json, "string", "");
        json.writeEndObject();
    }

    private static void typed(JsonGenerator json, String type, String format) throws IOException {
        json.writeStringField("type", type);
        if (!format.isEmpty()) {
            json.writeStringField("format", format);
        }
    }

    private static void oneOf(JsonGenerator json, String first, String second) throws IOException {
        json.writeArrayFieldStart("oneOf");
        for (String type : List.of(first, second)) {
            json.writeStartObject();
            json.writeStringField("type", type);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void property(JsonGenerator json, FieldDescriptor field) throws IOException {
        json.writeStartObject();
        if (field.isMapField()) {
            typed(json, "object", "");
            json.writeFieldName("additionalProperties");
            value(json, field.getMessageType().findFieldByNumber(2));
        } else if (field.isRepeated()) {
            typed(json, "array", "");
            json.writeFieldName("items");
            value(json, field);
        } else {
            valueFields(json, field);
        }
        constraints(json, field);
        json.writeEndObject();
    }

    private static void value(JsonGenerator json, FieldDescriptor field) throws IOException {
        json.writeStartObject();
        valueFields(json, field);
        json.writeEndObject();
    }

    private static void valueFields(JsonGenerator json, FieldDescriptor field) throws IOException {
        switch (field.getType()) {
            case STRING -> typed(json, "string", "");
            case BYTES -> typed(json, "string", "byte");
            case BOOL -> typed(json, "boolean", "");
            case INT32 -> typed(json, "integer", "int32");
            case INT64 -> typed(json, "integer", "int64");
            case DOUBLE -> typed(json, "number", "double");
            case MESSAGE -> {
                json.writeArrayFieldStart("allOf");
                json.writeStartObject();
                json.writeStringField("$ref", reference(field.getMessageType()));
                json.writeEndObject();
                json.writeEndArray();
            }
            case FLOAT, UINT64, FIXED64, FIXED32, GROUP, UINT32, ENUM, SFIXED32, SFIXED64, SINT32, SINT64 ->
                throw new IllegalArgumentException("field type without a schema: " + field.getFullName());
        }
    }

    private static void constraints(JsonGenerator json, FieldDescriptor field) throws IOException {
        FieldOptions options = field.getOptions();
        String given = options.getExtension(OptionsProto.defaultJson);
        if (!given.isEmpty()) {
            json.writeFieldName("default");
            json.writeRawValue(given);
        } else if (alwaysObject(field)) {
            json.writeObjectFieldStart("default");
            json.writeEndObject();
        }
        if (options.getExtensionCount(OptionsProto.enumValue) > 0) {
            json.writeArrayFieldStart("enum");
            for (String value : options.getExtension(OptionsProto.enumValue)) {
                json.writeString(value);
            }
            json.writeEndArray();
        }
        extensions(json, options);
    }

    private static boolean alwaysObject(FieldDescriptor field) {
        return !field.isRepeated() && field.getType() == FieldDescriptor.Type.MESSAGE
                && field.getOptions().getExtension(OptionsProto.presence) == Presence.ALWAYS
                && field.getMessageType().getOptions().getExtension(OptionsProto.jsonForm) == JsonForm.OBJECT;
    }

    private static void extensions(JsonGenerator json, FieldOptions options) throws IOException {
        text(json, "x-kubernetes-patch-strategy", options.getExtension(OptionsProto.patchStrategy));
        text(json, "x-kubernetes-patch-merge-key", options.getExtension(OptionsProto.mergeKey));
        ListType listType = options.getExtension(OptionsProto.listType);
        text(json, "x-kubernetes-list-type", switch (listType) {
            case ATOMIC -> "atomic";
            case SET -> "set";
            case MAP -> "map";
            case LIST_TYPE_UNSET, UNRECOGNIZED -> "";
        });
        if (options.getExtensionCount(OptionsProto.listMapKeys) > 0) {
            json.writeArrayFieldStart("x-kubernetes-list-map-keys");
            for (String key : options.getExtension(OptionsProto.listMapKeys)) {
                json.writeString(key);
            }
            json.writeEndArray();
        }
        text(json, "x-kubernetes-map-type",
                options.getExtension(OptionsProto.mapType) == MapType.MAP_ATOMIC ? "atomic" : "");
    }

    private static void text(JsonGenerator json, String name, String value) throws IOException {
        if (!value.isEmpty()) {
            json.writeStringField(name, value);
        }
    }
}
