package dev.longshore.apiserver.discovery;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.longshore.api.json.JsonCodec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** Writes JSON documents into memory. */
public final class JsonText {
    private JsonText() {
    }

    /** What writes. */
    public interface Writing {
        void write(JsonGenerator json) throws IOException;
    }

    /** The one object that {@code fields} writes the fields of. */
    public static byte[] object(Writing fields) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JsonCodec.generator(bytes)) {
            json.writeStartObject();
            fields.write(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("a buffer in memory failed", e);
        }
        return bytes.toByteArray();
    }

    static void strings(JsonGenerator json, String name, List<String> values) throws IOException {
        json.writeArrayFieldStart(name);
        for (String value : values) {
            json.writeString(value);
        }
        json.writeEndArray();
    }

    static void stringsIfAny(JsonGenerator json, String name, List<String> values) throws IOException {
        if (!values.isEmpty()) {
            strings(json, name, values);
        }
    }
}
