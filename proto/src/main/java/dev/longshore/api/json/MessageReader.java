package dev.longshore.api.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.google.protobuf.CodedInputStream;
import dev.longshore.api.TypeMeta;
import dev.longshore.api.options.JsonForm;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads JSON objects into an encoding; values that are no objects are {@link ValueReader}'s. One per document. The
 * result is canonical: what means "absent" is absent (see {@link Canonical}). A field of an inlined message is written
 * as a message of this one field: protobuf puts such parts of a message together.
 */
final class MessageReader {
    /** More problems than this are counted by nobody (Kubernetes API: 100 strict decoding errors). */
    private static final int MAX_PROBLEMS = 100;
    private static final int KEY_TAG = FieldPlan.ValueType.STRING.tag(1);

    private final JsonParser json;
    private final WireOut out = new WireOut();
    private final FieldPath path = new FieldPath();
    private final Marks marks = new Marks();
    private final ValueReader values;
    private final List<String> problems = new ArrayList<>();
    private boolean silent;
    private String apiVersion = "";
    private String kind = "";

    MessageReader(JsonParser json) {
        this.json = json;
        this.values = new ValueReader(json, out, path, this);
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

    /** Returns the encoding. */
    CodedInputStream readDocument(MessagePlan plan) throws IOException {
        if (json.nextToken() != JsonToken.START_OBJECT) {
            throw new DecodeException("", "the text must be one object");
        }
        readFields(plan, true);
        if (json.nextToken() != null) {
            throw new DecodeException("", "text after the end of the object");
        }
        return out.input();
    }

    /** The parser stands on the opening brace, and afterwards on the closing one. */
    void readObject(MessagePlan plan) throws IOException {
        readFields(plan, false);
    }

    /**
     * As {@link #readObject}, but unknown and duplicate fields are no problems: as Kubernetes has it for the schemas of
     * list items and further properties, so that definitions which it takes are taken here.
     */
    void readSilently(MessagePlan plan) throws IOException {
        boolean before = silent;
        silent = true;
        readFields(plan, false);
        silent = before;
    }

    private void readFields(MessagePlan plan, boolean top) throws IOException {
        int row = marks.enter(plan.slots());
        long seen = 0;
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            path.enter(name);
            json.nextToken();
            Optional<MessagePlan.Slot> slot = plan.slot(name);
            if (slot.isPresent()) {
                readSlot(slot.get(), row, seen);
                seen |= 1L << slot.get().index();
            } else if ((top || plan.typed) && isTypeName(name)) {
                readTypeName(name, top);
            } else {
                problem("unknown field \"" + path + "\"");
                json.skipChildren();
            }
            path.leave();
        }
        marks.leave(row);
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

    private void readSlot(MessagePlan.Slot slot, int row, long seen) throws IOException {
        if ((seen & 1L << slot.index()) != 0) {
            problem("duplicate field \"" + path + "\"");
            cut(slot, row, seen);
        }
        int start = out.size();
        if (json.currentToken() != JsonToken.VALUE_NULL) {
            readField(slot, 0);
        }
        marks.set(row, slot.index(), start, out.size());
    }

    /** Takes out what the slot held so far. */
    private void cut(MessagePlan.Slot slot, int row, long seen) {
        int start = marks.first(row, slot.index());
        int end = marks.last(row, slot.index());
        out.cut(start, end);
        for (long rest = seen; rest != 0; rest &= rest - 1) {
            int i = Long.numberOfTrailingZeros(rest);
            if (marks.first(row, i) >= end) {
                marks.set(row, i, marks.first(row, i) - (end - start), marks.last(row, i) - (end - start));
            }
        }
    }

    private void readField(MessagePlan.Slot slot, int owner) throws IOException {
        if (owner < slot.ownerTags().size()) {
            int start = out.size();
            int content = out.open(slot.ownerTags().get(owner));
            readField(slot, owner + 1);
            if (out.size() == content) {
                out.truncate(start);
            } else {
                out.close(content);
            }
            return;
        }
        switch (slot.field().shape) {
            case ONE -> values.readSingle(slot.field());
            case LIST -> readList(slot.field());
            case MAP -> readMap(slot.field());
        }
    }

    private void readList(FieldPlan field) throws IOException {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            throw values.wrongType("array of " + typeName(field));
        }
        for (int i = 0; json.nextToken() != JsonToken.END_ARRAY; i++) {
            path.enter(i);
            values.readElement(field);
            path.leave();
        }
    }

    private void readMap(FieldPlan field) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            throw values.wrongType("map of " + typeName(field));
        }
        Set<String> keys = Set.of();
        for (String key = json.nextFieldName(); key != null; key = json.nextFieldName()) {
            path.enter(key);
            json.nextToken();
            int entry = out.open(field.tag);
            out.varint(KEY_TAG);
            out.text(key);
            values.readElement(field);
            out.close(entry);
            keys = with(keys, key);
            path.leave();
        }
    }

    /** A second value for a key is a problem, and protobuf takes it. Many maps have one entry only. */
    private Set<String> with(Set<String> keys, String key) {
        if (keys.isEmpty()) {
            return Set.of(key);
        }
        Set<String> more = keys.size() == 1 ? new HashSet<>(keys) : keys;
        if (!more.add(key)) {
            problem("duplicate field \"" + path + "\"");
        }
        return more;
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
