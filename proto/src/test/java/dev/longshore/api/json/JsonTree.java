package dev.longshore.api.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** JSON as maps, lists, strings, numbers (BigDecimal), booleans and {@link #NULL}: the codec's counterpart in tests. */
final class JsonTree {
    static final Object NULL = new Object() {
        @Override
        public String toString() {
            return "null";
        }
    };
    private static final JsonFactory FACTORY = new JsonFactory();

    private JsonTree() {
    }

    static Object read(byte[] text) {
        try (JsonParser json = FACTORY.createParser(text)) {
            json.nextToken();
            return value(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> object(Object tree) {
        return (Map<String, Object>) tree;
    }

    @SuppressWarnings("unchecked")
    static List<Object> list(Object tree) {
        return (List<Object>) tree;
    }

    static byte[] write(Object tree) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
            write(tree, json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** The first difference as "path: one / other". Numbers compare by value. */
    static Optional<String> difference(String path, Object left, Object right) {
        if (left instanceof Map<?, ?> && right instanceof Map<?, ?>) {
            return difference(path, object(left), object(right));
        }
        if (left instanceof List<?> one && right instanceof List<?> other && one.size() == other.size()) {
            for (int i = 0; i < one.size(); i++) {
                Optional<String> found = difference(path + "[" + i + "]", one.get(i), other.get(i));
                if (found.isPresent()) {
                    return found;
                }
            }
            return Optional.empty();
        }
        boolean same = left instanceof BigDecimal one && right instanceof BigDecimal other
                ? one.compareTo(other) == 0
                : left.equals(right);
        return same ? Optional.empty() : Optional.of(path + ": " + left + " / " + right);
    }

    private static Optional<String> difference(String path, Map<String, Object> left, Map<String, Object> right) {
        Map<String, Object> all = new LinkedHashMap<>(left);
        right.forEach(all::putIfAbsent);
        return all.keySet().stream().map(key -> {
            if (!left.containsKey(key) || !right.containsKey(key)) {
                return Optional.of(path + "." + key + ": " + left.getOrDefault(key, "(absent)") + " / "
                        + right.getOrDefault(key, "(absent)"));
            }
            return difference(path + "." + key, left.get(key), right.get(key));
        }).flatMap(Optional::stream).findFirst();
    }

    private static Object value(JsonParser json) throws IOException {
        JsonToken token = json.currentToken();
        if (token == JsonToken.START_OBJECT) {
            Map<String, Object> object = new LinkedHashMap<>();
            for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
                json.nextToken();
                object.put(name, value(json));
            }
            return object;
        }
        if (token == JsonToken.START_ARRAY) {
            List<Object> list = new ArrayList<>();
            while (json.nextToken() != JsonToken.END_ARRAY) {
                list.add(value(json));
            }
            return list;
        }
        return token == JsonToken.VALUE_NULL
                ? NULL
                : token.isBoolean()
                        ? (Object) json.getBooleanValue()
                        : token.isNumeric() ? new BigDecimal(json.getText()) : json.getText();
    }

    private static void write(Object tree, JsonGenerator json) throws IOException {
        if (tree instanceof Map<?, ?>) {
            json.writeStartObject();
            for (Map.Entry<String, Object> entry : object(tree).entrySet()) {
                json.writeFieldName(entry.getKey());
                write(entry.getValue(), json);
            }
            json.writeEndObject();
        } else if (tree instanceof List<?> list) {
            json.writeStartArray();
            for (Object element : list) {
                write(element, json);
            }
            json.writeEndArray();
        } else if (tree instanceof Boolean flag) {
            json.writeBoolean(flag);
        } else if (tree instanceof BigDecimal number) {
            json.writeNumber(number.toPlainString());
        } else if (tree == NULL) {
            json.writeNull();
        } else {
            json.writeString((String) tree);
        }
    }
}
