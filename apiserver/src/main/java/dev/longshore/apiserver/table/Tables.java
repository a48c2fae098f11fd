package dev.longshore.apiserver.table;

import com.fasterxml.jackson.core.JsonGenerator;
import com.google.protobuf.Message;
import dev.longshore.api.ResourceType;
import dev.longshore.api.TypeMeta;
import dev.longshore.api.json.JsonCodec;
import dev.longshore.api.meta.v1.ListMeta;
import dev.longshore.api.meta.v1.PartialObjectMetadata;
import dev.longshore.common.time.Clock;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

/**
 * Writes objects of one resource as a meta.k8s.io Table in JSON, for lists, single objects and watch events alike.
 */
public final class Tables {
    /** What of the objects goes along with the rows (query parameter {@code includeObject}). */
    public enum Include {
        NONE, METADATA, OBJECT
    }

    private final Clock clock;

    /** The clock gives the ages. */
    public Tables(Clock clock) {
        this.clock = clock;
    }

    public static List<Column> columns(ResourceType<?> type) {
        return Printers.of(type).columns();
    }

    public <T extends Message> Row row(ResourceType<T> type, T object) {
        return Printers.of(type).row().apply(object, clock.now());
    }

    /**
     * Writes one Table where {@code json} stands.
     *
     * @param meta       of the list, or with the version of the only object
     * @param apiVersion {@code meta.k8s.io/v1} or {@code meta.k8s.io/v1beta1}, as negotiated
     */
    public <T extends Message> void write(ResourceType<T> type, List<T> objects, ListMeta meta, Include include,
            String apiVersion, JsonGenerator json) throws IOException {
        Printer<T> printer = Printers.of(type);
        Instant now = clock.now();
        json.writeStartObject();
        json.writeStringField("kind", "Table");
        json.writeStringField("apiVersion", apiVersion);
        json.writeFieldName("metadata");
        JsonCodec.write(TypeMeta.NONE, meta, json);
        writeColumns(printer.columns(), json);
        json.writeArrayFieldStart("rows");
        for (T object : objects) {
            writeRow(type, object, printer.row().apply(object, now), include, json);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void writeColumns(List<Column> columns, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("columnDefinitions");
        for (Column column : columns) {
            json.writeStartObject();
            json.writeStringField("name", column.name());
            json.writeStringField("type", column.type());
            json.writeStringField("format", column.format());
            json.writeStringField("description", "");
            json.writeNumberField("priority", column.priority());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static <T extends Message> void writeRow(ResourceType<T> type, T object, Row row, Include include,
            JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeArrayFieldStart("cells");
        for (Object cell : row.cells()) {
            json.writeObject(cell);
        }
        json.writeEndArray();
        if (!row.conditions().isEmpty()) {
            writeConditions(row.conditions(), json);
        }
        switch (include) {
            case NONE -> {
                json.writeNullField("object");
            }
            case METADATA -> {
                json.writeFieldName("object");
                JsonCodec.write(PARTIAL, PartialObjectMetadata.newBuilder().setMetadata(type.meta(object)).build(),
                        json);
            }
            case OBJECT -> {
                json.writeFieldName("object");
                JsonCodec.write(TypeMeta.of(type), object, json);
            }
        }
        json.writeEndObject();
    }

    private static final TypeMeta PARTIAL = new TypeMeta("meta.k8s.io/v1", "PartialObjectMetadata");

    private static void writeConditions(List<Row.Condition> conditions, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("conditions");
        for (Row.Condition condition : conditions) {
            json.writeStartObject();
            json.writeStringField("type", condition.type());
            json.writeStringField("status", condition.status());
            json.writeStringField("reason", condition.reason());
            json.writeStringField("message", condition.message());
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
