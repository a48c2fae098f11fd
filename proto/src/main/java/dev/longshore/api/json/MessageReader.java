package dev.longshore.api.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.google.protobuf.Message;
import dev.longshore.api.TypeMeta;
import dev.longshore.api.options.JsonForm;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads JSON objects into builders; values that are no objects are {@link ValueReader}'s. One per document. The
 * result is
 * canonical: what means "absent" is absent (see {@link Canonical}).
 */
final class MessageReader {
    /** More problems than this are counted by nobody (Kubernetes API: 100 strict decoding errors). */
    private static final int MAX_PROBLEMS = 100;

    private final JsonParser json;
    private final FieldPath path = new FieldPath();
    private final ValueReader values;
    private final List<String> problems = new ArrayList<>();
    private boolean silent;
    private String apiVersion = "";
    private String kind = "";

    MessageReader(JsonParser json) {
        this.json = json;
        this.values = new ValueReader(json, path, this);
    }

    TypeMeta type() {
        return new TypeMeta(apiVersion, kind);
    }

    List<String> problems() {
        return problems;
    }

    FieldPath path() {
        return path;
    }

    void readDocument(Message.Builder builder) throws IOException {
        if (json.nextToken() != JsonToken.START_OBJECT) {
            throw new DecodeException("", "the text must be one object");
        }
        MessagePlan plan = MessagePlan.of(builder.getDescriptorForType());
        readFields(plan, builder, true);
        if (json.nextToken() != null) {
            throw new DecodeException("", "text after the end of the object");
        }
    }

    /** The parser stands on the opening brace, and afterwards on the closing one. */
    void readObject(MessagePlan plan, Message.Builder builder) throws IOException {
        readFields(plan, builder, false);
    }

    /**
     * As {@link #readObject}, but unknown and duplicate fields are no problems: as Kubernetes has it for the schemas of
     * list items and further properties, so that definitions which it takes are taken here.
     */
    void readSilently(MessagePlan plan, Message.Builder builder) throws IOException {
        boolean before = silent;
        silent = true;
        readFields(plan, builder, false);
        silent = before;
    }

    private void readFields(MessagePlan plan, Message.Builder builder, boolean top) throws IOException {
        BitSet seen = new BitSet(plan.slots());
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            path.enter(name);
            json.nextToken();
            Optional<MessagePlan.Slot> slot = plan.slot(name);
            if (slot.isPresent()) {
                readSlot(slot.get(), builder, seen);
            } else if ((top || plan.typed) && isTypeName(name)) {
                readTypeName(name, top);
            } else {
                problem("unknown field \"" + path + "\"");
                json.skipChildren();
            }
            path.leave();
        }
    }

    private static boolean isTypeName(String name) {
        return name.equals("kind") || name.equals("apiVersion");
    }

    private void readTypeName(String name, boolean top) throws IOException {
        String value = json.currentToken() == JsonToken.VALUE_NULL ? "" : values.readText("string");
        if (top && name.equals("kind")) {
            kind = value;
        } else if (top) {
            apiVersion = value;
        }
    }

    private void readSlot(MessagePlan.Slot slot, Message.Builder object, BitSet seen) throws IOException {
        if (seen.get(slot.index())) {
            problem("duplicate field \"" + path + "\"");
            slot.owner(object).clearField(slot.field().descriptor);
        }
        seen.set(slot.index());
        FieldPlan field = slot.field();
        if (json.currentToken() == JsonToken.VALUE_NULL) {
            return;
        }
        Message.Builder maker = slot.maker(object);
        Object value = switch (field.shape) {
            case ONE -> values.read(field, maker);
            case LIST -> readList(field, maker);
            case MAP -> readMap(field, maker);
        };
        boolean absent = value instanceof List<?> list ? list.isEmpty() : Canonical.isAbsent(field, value);
        if (!absent) {
            slot.owner(object).setField(field.descriptor, value);
        }
    }

    private List<Object> readList(FieldPlan field, Message.Builder maker) throws IOException {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            throw values.wrongType("array of " + typeName(field));
        }
        List<Object> elements = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            path.enter(elements.size());
            elements.add(readElement(field, maker));
            path.leave();
        }
        return elements;
    }

    private List<Object> readMap(FieldPlan field, Message.Builder maker) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            throw values.wrongType("map of " + typeName(field));
        }
        Map<String, Object> entries = new LinkedHashMap<>();
        for (String key = json.nextFieldName(); key != null; key = json.nextFieldName()) {
            path.enter(key);
            json.nextToken();
            Object value = readElement(field, maker);
            if (entries.put(key, field.entry(maker, key, value)) != null) {
                problem("duplicate field \"" + path + "\"");
            }
            path.leave();
        }
        return new ArrayList<>(entries.values());
    }

    private Object readElement(FieldPlan field, Message.Builder owner) throws IOException {
        return json.currentToken() == JsonToken.VALUE_NULL ? values.zero(field, owner) : values.read(field, owner);
    }

    private static String typeName(FieldPlan field) {
        return field.type == FieldPlan.ValueType.MESSAGE && field.form() == JsonForm.OBJECT
                ? field.message().descriptor.getName()
                : field.type.text;
    }

    private void problem(String text) {
        if (!silent && problems.size() < MAX_PROBLEMS) {
            problems.add(text);
        }
    }
}
