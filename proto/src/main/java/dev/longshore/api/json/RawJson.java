package dev.longshore.api.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** Copies JSON that is passed through: white space goes, order, duplicates and the spelling of numbers stay. */
final class RawJson {
    private RawJson() {
    }

    /** The value that the parser stands on, as UTF-8 text; afterwards the parser stands on the value's last token. */
    static byte[] copy(JsonParser json) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator out = JsonCodec.generator(bytes)) {
            int depth = 0;
            do {
                depth += copyToken(json, out);
            } while (depth > 0 && json.nextToken() != null);
        }
        return bytes.toByteArray();
    }

    /** Whether the text is one JSON value within the limits, and nothing else. */
    static boolean isOneValue(byte[] text) {
        try (JsonParser json = JsonCodec.parser(text)) {
            if (json.nextToken() == null) {
                return false;
            }
            json.skipChildren();
            return json.nextToken() == null;
        } catch (IOException _) {
            return false;
        }
    }

    /** Copies one token. Returns by how much it changes the depth. */
    static int copyToken(JsonParser json, JsonGenerator out) throws IOException {
        JsonToken token = json.currentToken();
        if (token.isNumeric()) {
            out.writeNumber(json.getText());
        } else {
            out.copyCurrentEvent(json);
        }
        return token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
    }
}
