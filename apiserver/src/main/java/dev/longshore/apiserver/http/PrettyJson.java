package dev.longshore.apiserver.http;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import dev.longshore.api.json.JsonCodec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** JSON laid out for people. */
final class PrettyJson {
    private PrettyJson() {
    }

    static byte[] indent(byte[] text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length * 2);
        try (JsonParser parser = JsonCodec.parser(new ByteArrayInputStream(text));
                JsonGenerator json = JsonCodec.generator(bytes).useDefaultPrettyPrinter()) {
            while (parser.nextToken() != null) {
                json.copyCurrentEvent(parser);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a buffer in memory failed", e);
        }
        return bytes.toByteArray();
    }
}
