package dev.longshore.api.json;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.Message;
import dev.longshore.api.TypeMeta;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * Messages of the API to Kubernetes JSON and back, for every message type alike: its descriptor and the options on it
 * say
 * all. Streaming; no tree stands between text and message.
 *
 * <p>Written objects start with {@code kind} and {@code apiVersion}, then {@code metadata}, then the other fields by
 * number. What is read is in {@link Canonical} form, so reading what was written gives an equal message. Names match
 * case
 * by case; null reads as absent.
 */
public final class JsonCodec {
    /** Objects and arrays within each other; also the bound of the codec's recursion. */
    public static final int MAX_DEPTH = 256;
    /**
     * Messages within each other that {@link #MAX_DEPTH} may come to: a level of JSON is at most two levels of messages
     * (schemas within schemas, entries of maps).
     */
    public static final int MAX_MESSAGE_DEPTH = 2 * MAX_DEPTH + 16;
    /** Characters of one string value: as many as the largest body that an API server takes has bytes. */
    public static final int MAX_STRING_LENGTH = 3 * 1024 * 1024;
    public static final int MAX_NAME_LENGTH = 32 * 1024;
    public static final int MAX_NUMBER_LENGTH = 400;

    private static final int FIRST_BUFFER_BYTES = 512;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH)
                    .maxStringLength(MAX_STRING_LENGTH).maxNameLength(MAX_NAME_LENGTH)
                    .maxNumberLength(MAX_NUMBER_LENGTH).build())
            .streamWriteConstraints(StreamWriteConstraints.builder().maxNestingDepth(MAX_DEPTH * 2).build())
            .build();

    private JsonCodec() {
    }

    /** The object as UTF-8 text, with the type that {@link TypeMeta#of(Message)} gives it. */
    public static byte[] write(Message object) {
        return write(TypeMeta.of(object), object);
    }

    /** The object as UTF-8 text, under a type of the caller's choice; {@link TypeMeta#NONE} writes the fields alone. */
    public static byte[] write(TypeMeta type, Message object) {
        return text(type, object).toByteArray();
    }

    /** Leaves {@code out} open. */
    public static void write(TypeMeta type, Message object, OutputStream out) throws IOException {
        text(type, object).writeTo(out);
    }

    /** Writes one object where {@code json} stands, which may be within a larger document. */
    public static void write(TypeMeta type, Message object, JsonGenerator json) throws IOException {
        json.writeRawValue(text(type, object).value());
    }

    private static JsonOut text(TypeMeta type, Message object) {
        WireCursor in = WireCursor.of(object);
        JsonOut json = new JsonOut(FIRST_BUFFER_BYTES + 2 * in.zero());
        try {
            new MessageWriter(in, json).writeDocument(type, MessagePlan.of(object.getDescriptorForType()));
        } catch (IOException e) {
            throw new UncheckedIOException("writing a JSON document", e);
        }
        return json;
    }

    /** {@link #write(Message)} as text. */
    public static String toText(Message object) {
        return new String(write(object), StandardCharsets.UTF_8);
    }

    /** A generator of the settings used here, that does not close {@code out}. */
    public static JsonGenerator generator(OutputStream out) throws IOException {
        return FACTORY.createGenerator(out).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
    }

    /** A parser with the limits used here. */
    public static JsonParser parser(InputStream text) throws IOException {
        return FACTORY.createParser(text);
    }

    /** A parser with the limits used here. */
    public static JsonParser parser(byte[] text) throws IOException {
        return FACTORY.createParser(text);
    }

    /** Reads one object. Fails with DecodeException for text that cannot be a {@code T}. */
    public static <T extends Message> Decoded<T> read(byte[] text, T prototype) {
        try (JsonParser json = parser(text)) {
            return read(json, prototype);
        } catch (IOException e) {
            throw new UncheckedIOException("reading a JSON document", e);
        }
    }

    /** As {@link #read(byte[], Message)}; a failing stream surfaces as UncheckedIOException. Closes {@code text}. */
    public static <T extends Message> Decoded<T> read(InputStream text, T prototype) {
        try (JsonParser json = parser(text)) {
            return read(json, prototype);
        } catch (IOException e) {
            throw new UncheckedIOException("reading a JSON document", e);
        }
    }

    @SuppressWarnings("unchecked")
    private static <T extends Message> Decoded<T> read(JsonParser json, T prototype) throws IOException {
        MessageReader reader = new MessageReader(json);
        CodedInputStream encoding;
        try {
            encoding = reader.readDocument(MessagePlan.of(prototype.getDescriptorForType()));
        } catch (JacksonException e) {
            throw broken(reader.path().toString(), e);
        }
        encoding.setRecursionLimit(MAX_MESSAGE_DEPTH);
        T object = (T) prototype.getParserForType().parseFrom(encoding);
        return new Decoded<>(object, reader.type(), reader.problems());
    }

    /**
     * The type that a JSON object names, without reading it as a message: fields of the top level up to the second of
     * {@code kind} and {@code apiVersion}. Parts that are missing are "". Fails with DecodeException for broken text.
     */
    public static TypeMeta peek(byte[] text) {
        try (JsonParser json = parser(text)) {
            return peek(json);
        } catch (JacksonException e) {
            throw broken("", e);
        } catch (IOException e) {
            throw new UncheckedIOException("reading a JSON document", e);
        }
    }

    private static TypeMeta peek(JsonParser json) throws IOException {
        if (json.nextToken() != JsonToken.START_OBJECT) {
            throw new DecodeException("", "the text must be one object");
        }
        String apiVersion = "";
        String kind = "";
        while (apiVersion.isEmpty() || kind.isEmpty()) {
            String name = json.nextFieldName();
            if (name == null) {
                break;
            }
            json.nextToken();
            if (name.equals("kind")) {
                kind = typeName(json, name);
            } else if (name.equals("apiVersion")) {
                apiVersion = typeName(json, name);
            } else {
                json.skipChildren();
            }
        }
        return new TypeMeta(apiVersion, kind);
    }

    private static String typeName(JsonParser json, String field) throws IOException {
        return switch (json.currentToken()) {
            case VALUE_STRING -> json.getText();
            case VALUE_NULL -> "";
            default -> throw DecodeException.wrongType(field, json.currentToken().name(), "string");
        };
    }

    private static DecodeException broken(String path, JacksonException problem) {
        String what = problem instanceof StreamConstraintsException
                ? "the text exceeds a limit"
                : "the text is no JSON";
        String where = problem.getLocation() == null
                ? ""
                : " at line " + problem.getLocation().getLineNr() + ", column " + problem.getLocation().getColumnNr();
        return new DecodeException(path, what + where + ": " + problem.getOriginalMessage());
    }
}
