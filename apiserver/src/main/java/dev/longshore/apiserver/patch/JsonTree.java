package dev.longshore.apiserver.patch;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.longshore.api.ApiException;
import dev.longshore.api.json.JsonCodec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * JSON as plain collections, for patches: a {@code Map<String, Object>} in the order of the text, a {@code
 * List<Object>},
 * String, Long, BigInteger, BigDecimal, Boolean, or {@link #NULL}. The collections are mutable and belong to one
 * request.
 */
public final class JsonTree {
    /** JSON's null, so that no reference is ever null. */
    public static final Object NULL = new Object() {
        @Override
        public String toString() {
            return "null";
        }
    };

    private JsonTree() {
    }

    /** Fails with BAD_REQUEST for text that is no JSON. */
    public static Object parse(byte[] text) {
        try (JsonParser json = JsonCodec.parser(new ByteArrayInputStream(text))) {
            if (json.nextToken() == null) {
                throw ApiException.badRequest("the patch is empty");
            }
            Object value = read(json);
            if (json.nextToken() != null) {
                throw ApiException.badRequest("the patch has text behind its end");
            }
            return value;
        } catch (IOException broken) {
            throw ApiException.badRequest("the patch is no JSON:"
                    + " " + broken.getMessage().lines().findFirst().orElse(""));
        }
    }

    private static Object read(JsonParser json) throws IOException {
        return switch (json.currentToken()) {
            case START_OBJECT -> readObject(json);
            case START_ARRAY -> readArray(json);
            case VALUE_STRING -> json.getText();
            case VALUE_TRUE -> Boolean.TRUE;
            case VALUE_FALSE -> Boolean.FALSE;
            case VALUE_NULL -> NULL;
            case VALUE_NUMBER_INT -> integer(json.getBigIntegerValue());
            case VALUE_NUMBER_FLOAT -> json.getDecimalValue();
            default -> throw ApiException.badRequest("the patch is no JSON");
        };
    }

    private static Object integer(BigInteger value) {
        return value.bitLength() < Long.SIZE ? (Object) value.longValue() : value;
    }

    private static Map<String, Object> readObject(JsonParser json) throws IOException {
        Map<String, Object> object = new LinkedHashMap<>();
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String name = json.currentName();
            json.nextToken();
            object.put(name, read(json));
        }
        return object;
    }

    private static List<Object> readArray(JsonParser json) throws IOException {
        List<Object> array = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            array.add(read(json));
        }
        return array;
    }

    public static byte[] write(Object value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JsonCodec.generator(bytes)) {
            write(value, json);
        } catch (IOException e) {
            throw new UncheckedIOException("a buffer in memory failed", e);
        }
        return bytes.toByteArray();
    }

    /** Writes {@code value} where the generator stands. */
    public static void write(Object value, JsonGenerator json) throws IOException {
        switch (value) {
            case Map<?, ?> object -> {
                json.writeStartObject();
                for (Map.Entry<?, ?> entry : object.entrySet()) {
                    json.writeFieldName((String) entry.getKey());
                    write(entry.getValue(), json);
                }
                json.writeEndObject();
            }
            case List<?> array -> {
                json.writeStartArray();
                for (Object element : array) {
                    write(element, json);
                }
                json.writeEndArray();
            }
            case String text -> json.writeString(text);
            case Boolean flag -> json.writeBoolean(flag);
            case Long number -> json.writeNumber(number);
            case Integer number -> json.writeNumber(number);
            case BigInteger number -> json.writeNumber(number);
            case BigDecimal number -> json.writeNumber(number);
            default -> json.writeNull();
        }
    }

    /** A copy that shares no collection with {@code value}. */
    public static Object copy(Object value) {
        return switch (value) {
            case Map<?, ?> object -> {
                Map<String, Object> copy = new LinkedHashMap<>();
                object.forEach((name, member) -> copy.put((String) name, copy(member)));
                yield copy;
            }
            case List<?> array -> {
                List<Object> copy = new ArrayList<>();
                array.forEach(element -> copy.add(copy(element)));
                yield copy;
            }
            default -> value;
        };
    }

    @SuppressWarnings("unchecked") // every map of a tree has string keys
    static Map<String, Object> object(Object value) {
        return (Map<String, Object>) value;
    }

    @SuppressWarnings("unchecked") // every list of a tree holds tree values
    static List<Object> array(Object value) {
        return (List<Object>) value;
    }

    /** Equality by value: 1 and 1.0 are the same number. */
    static boolean same(Object left, Object right) {
        if (left instanceof Number && right instanceof Number) {
            return new BigDecimal(left.toString()).compareTo(new BigDecimal(right.toString())) == 0;
        }
        if (left instanceof Map<?, ?> a && right instanceof Map<?, ?> b) {
            return a.keySet().equals(b.keySet()) && a.keySet().stream().allMatch(key -> same(a.get(key), b.get(key)));
        }
        if (left instanceof List<?> a && right instanceof List<?> b) {
            boolean same = a.size() == b.size();
            for (int i = 0; same && i < a.size(); i++) {
                same = same(a.get(i), b.get(i));
            }
            return same;
        }
        return left.equals(right);
    }
}
