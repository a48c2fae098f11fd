package dev.longshore.scheduler.recording;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.longshore.api.json.JsonCodec;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** The fields of one line, which is a JSON object. Each is to be asked for once; none may be left over. */
final class FieldReader {
    private final long line;
    private final Map<String, String> texts = new HashMap<>();
    private byte[] object = {};

    FieldReader(byte[] text, long line) {
        this.line = line;
        try (JsonParser json = JsonCodec.parser(text)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw broken("is no JSON object");
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                field(json, text);
            }
            if (json.nextToken() != null) {
                throw broken("goes on behind its JSON object");
            }
        } catch (IOException e) {
            throw broken("is no JSON object");
        }
    }

    private void field(JsonParser json, byte[] text) throws IOException {
        String name = json.currentName();
        JsonToken token = json.nextToken();
        if (name.equals("object") && token == JsonToken.START_OBJECT) {
            int from = (int) json.currentTokenLocation().getByteOffset();
            json.skipChildren();
            object = Arrays.copyOfRange(text, from, (int) json.currentLocation().getByteOffset());
        } else if (token.isScalarValue()) {
            texts.put(name, json.getText());
        } else {
            throw broken("has an unexpected value in field \"" + name + "\"");
        }
    }

    BrokenRecordingException broken(String message) {
        return new BrokenRecordingException(line, message);
    }

    boolean has(String name) {
        return texts.containsKey(name);
    }

    String text(String name) {
        String value = texts.remove(name);
        if (value == null) {
            throw broken("has no field \"" + name + "\"");
        }
        return value;
    }

    boolean truth(String name) {
        String value = text(name);
        if (!value.equals("true") && !value.equals("false")) {
            throw broken("has \"" + value + "\" in field \"" + name + "\", which is true or false");
        }
        return value.equals("true");
    }

    Instant time(String name) {
        String value = text(name);
        try {
            return Instant.parse(value);
        } catch (DateTimeException _) {
            throw broken("has \"" + value + "\" in field \"" + name + "\", which is a time");
        }
    }

    long number(String name) {
        String value = text(name);
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException _) {
            throw broken("has \"" + value + "\" in field \"" + name + "\", which is a number");
        }
    }

    /** The text of the field {@code object}. */
    byte[] object() {
        if (object.length == 0) {
            throw broken("has no field \"object\"");
        }
        byte[] text = object;
        object = new byte[0];
        return text;
    }

    /** To be called when all that is known has been asked for. */
    void end() {
        if (!texts.isEmpty() || object.length > 0) {
            throw broken("has the unknown field \""
                    + (texts.isEmpty() ? "object" : texts.keySet().stream().sorted().findFirst().orElseThrow()) + "\"");
        }
    }
}
