package dev.longshore.api.json;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Writes the events of YAML as JSON. Used once. */
final class YamlToJson {
    private static final LoadSettings SETTINGS = LoadSettings.builder()
            .setCodePointLimit(JsonCodec.MAX_STRING_LENGTH + 1).build();

    /** What the next node is, by the collection that is open. */
    private enum Place {
        KEY, VALUE, ELEMENT
    }

    private final List<byte[]> documents = new ArrayList<>();
    private final Deque<Place> open = new ArrayDeque<>();
    private ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private JsonGenerator json;
    private boolean blank = true;

    YamlToJson() {
        restart();
    }

    List<byte[]> convert(byte[] yaml) {
        YamlAliases aliases = new YamlAliases(this::accept);
        try {
            for (Event event : new Parse(SETTINGS).parseInputStream(new ByteArrayInputStream(yaml))) {
                aliases.accept(event);
            }
        } catch (YamlEngineException e) {
            throw new DecodeException("", "the text is no YAML: " + e.getMessage());
        }
        return documents;
    }

    private void restart() {
        bytes = new ByteArrayOutputStream();
        open.clear();
        blank = true;
        try {
            json = JsonCodec.generator(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("a buffer in memory failed", e);
        }
    }

    private void accept(Event event) {
        try {
            write(event);
        } catch (IOException e) {
            throw new UncheckedIOException("a buffer in memory failed", e);
        }
    }

    private void write(Event event) throws IOException {
        switch (event.getEventId()) {
            case Scalar -> writeScalar((ScalarEvent) event);
            case MappingStart -> begin(Place.KEY);
            case SequenceStart -> begin(Place.ELEMENT);
            case MappingEnd, SequenceEnd -> end();
            case DocumentEnd -> finishDocument();
            case StreamStart, StreamEnd, DocumentStart, Comment -> {
            }
            case Alias -> throw new IllegalStateException("aliases are resolved before");
        }
    }

    private void begin(Place inside) throws IOException {
        if (open.size() >= JsonCodec.MAX_DEPTH) {
            throw new DecodeException("", "the text nests deeper than " + JsonCodec.MAX_DEPTH);
        }
        if (open.peek() == Place.KEY) {
            throw new DecodeException("", "the text has a mapping or a list as a key");
        }
        advance();
        open.push(inside);
        if (inside == Place.KEY) {
            json.writeStartObject();
        } else {
            json.writeStartArray();
        }
    }

    private void end() throws IOException {
        if (open.pop() == Place.ELEMENT) {
            json.writeEndArray();
        } else {
            json.writeEndObject();
        }
    }

    /** A mapping goes from key to value and back. */
    private void advance() {
        blank = false;
        if (open.peek() == Place.KEY) {
            open.pop();
            open.push(Place.VALUE);
        } else if (open.peek() == Place.VALUE) {
            open.pop();
            open.push(Place.KEY);
        }
    }

    private void writeScalar(ScalarEvent scalar) throws IOException {
        if (open.peek() == Place.KEY) {
            advance();
            if (scalar.isPlain() && scalar.getValue().equals("<<")) {
                throw new DecodeException("", "YAML merge keys (<<) are not supported");
            }
            json.writeFieldName(scalar.getValue());
            return;
        }
        boolean empty = open.isEmpty() && YamlScalars.isNull(scalar);
        advance();
        YamlScalars.write(scalar, json);
        blank = empty;
    }

    private void finishDocument() throws IOException {
        json.close();
        if (!blank) {
            documents.add(bytes.toByteArray());
        }
        restart();
    }
}
