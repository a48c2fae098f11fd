package dev.longshore.api.json;

import com.google.protobuf.WireFormat;
import dev.longshore.api.TypeMeta;
import dev.longshore.api.options.JsonForm;
import dev.longshore.api.options.Presence;
import java.io.IOException;
import java.util.List;

/**
 * Writes messages from their encoding: first it marks where each field stands, then it writes the fields in their
 * order. The forms that are no objects are {@link FormWriter}'s, maps are sorted by {@link MapEntries}. One per
 * document.
 */
final class MessageWriter {
    private static final byte[] KIND = JsonOut.encodedName("kind");
    private static final byte[] API_VERSION = JsonOut.encodedName("apiVersion");

    private final JsonOut json;
    private final FormWriter forms;
    private final Marks marks = new Marks();
    private final WireCursor in;

    MessageWriter(WireCursor in, JsonOut json) {
        this.in = in;
        this.json = json;
        this.forms = new FormWriter(json, this);
    }

    WireCursor in() {
        return in;
    }

    /** The whole encoding as one object. */
    void writeDocument(TypeMeta type, MessagePlan plan) throws IOException {
        writeObject(type, plan, 0, in.zero());
    }

    /** The message that stands, its length in front, at {@code value}. */
    void writeObject(TypeMeta type, MessagePlan plan, int value) throws IOException {
        int length = in.lengthAt(value);
        writeObject(type, plan, in.position, in.position + length);
    }

    private void writeObject(TypeMeta type, MessagePlan plan, int start, int end) throws IOException {
        json.startObject();
        if (!type.kind().isEmpty()) {
            json.name(KIND);
            json.text(type.kind());
        }
        if (!type.apiVersion().isEmpty()) {
            json.name(API_VERSION);
            json.text(type.apiVersion());
        }
        writeFields(plan, start, end);
        json.endObject();
    }

    private void writeFields(MessagePlan plan, int start, int end) throws IOException {
        int row = marks.enter(plan.fields.length);
        long set = mark(plan, start, end, row);
        for (long rest = set | plan.shownAbsent; rest != 0; rest &= rest - 1) {
            int i = Long.numberOfTrailingZeros(rest);
            writeField(plan.fields[i], (set & 1L << i) != 0, marks.first(row, i), marks.last(row, i));
        }
        marks.leave(row);
    }

    /** The positions have a meaning only if the field is set. */
    private void writeField(FieldPlan field, boolean set, int first, int last) throws IOException {
        switch (field.shape) {
            case ONE -> writeOne(field, set, last);
            case LIST -> writeList(field, set, first, last);
            case MAP -> writeMap(field, set, first, last);
        }
    }

    /** Notes the tags at which each field begins for the first and for the last time. Returns which fields there are. */
    private long mark(MessagePlan plan, int start, int end, int row) {
        long set = 0;
        in.position = start;
        while (in.position < end) {
            int at = in.position;
            int tag = in.tag();
            in.skip(tag);
            int index = plan.index(WireFormat.getTagFieldNumber(tag));
            // What has another type on the wire is, to protobuf, a field that nobody knows.
            if (index >= 0 && tag == plan.fields[index].tag) {
                marks.set(row, index, (set & 1L << index) == 0 ? at : marks.first(row, index), at);
                set |= 1L << index;
            }
        }
        return set;
    }

    private void writeOne(FieldPlan field, boolean set, int at) throws IOException {
        int value = set ? in.behindTag(at) : in.zero();
        if (field.inline) {
            int length = in.lengthAt(value);
            writeFields(field.message(), in.position, in.position + length);
        } else if (isWritten(field, set, value)) {
            json.name(field.encodedName);
            writeValue(field, value);
        } else {
            writeAbsent(field);
        }
    }

    private boolean isWritten(FieldPlan field, boolean set, int value) {
        return switch (field.presence) {
            case POINTER, NULLABLE -> set && !isEmptyTime(field, value);
            case OMIT_EMPTY, UNRECOGNIZED -> set && (field.type == FieldPlan.ValueType.MESSAGE
                    ? !isEmptyTime(field, value)
                    : !isZero(field, value));
            case ALWAYS -> !isEmptyTime(field, value)
                    && (field.type != FieldPlan.ValueType.BYTES || in.lengthAt(value) != 0);
        };
    }

    private boolean isEmptyTime(FieldPlan field, int value) {
        return field.isTime() && forms.isEmptyTime(value);
    }

    private boolean isZero(FieldPlan field, int value) {
        return switch (field.type) {
            case STRING, BYTES, MESSAGE -> in.lengthAt(value) == 0;
            case BOOL, INT64 -> in.varintAt(value) == 0;
            case INT32 -> (int) in.varintAt(value) == 0;
            case DOUBLE -> in.doubleAt(value) == 0;
        };
    }

    private void writeAbsent(FieldPlan field) {
        if (field.presence == Presence.ALWAYS || field.presence == Presence.NULLABLE) {
            json.name(field.encodedName);
            json.nothing();
        }
    }

    private void writeList(FieldPlan field, boolean set, int first, int last) throws IOException {
        if (!set) {
            writeAbsent(field);
            return;
        }
        json.name(field.encodedName);
        json.startArray();
        writeElements(field, first, last);
        json.endArray();
    }

    /** The elements between two tags, the last one included. */
    void writeElements(FieldPlan field, int firstTag, int lastTag) throws IOException {
        in.each(field.tag, firstTag, lastTag, value -> writeValue(field, value));
    }

    private void writeMap(FieldPlan field, boolean set, int first, int last) throws IOException {
        if (!set) {
            writeAbsent(field);
            return;
        }
        json.name(field.encodedName);
        json.startObject();
        List<MapEntries.Entry> entries = MapEntries.sorted(in, field, first, last);
        for (MapEntries.Entry entry : entries) {
            int length = in.lengthAt(entry.key());
            json.key(in.bytes, in.position, length);
            writeValue(field, entry.value());
        }
        json.endObject();
    }

    void writeValue(FieldPlan field, int value) throws IOException {
        switch (field.type) {
            case STRING -> writeText(value);
            case BYTES -> forms.writeBytes(value);
            case BOOL -> json.literal(in.varintAt(value) == 0 ? "false" : "true");
            case INT32 -> json.number((int) in.varintAt(value));
            case INT64 -> json.number(in.varintAt(value));
            case DOUBLE -> forms.writeDouble(in.doubleAt(value));
            case MESSAGE -> writeMessage(field, value);
        }
    }

    void writeText(int value) {
        int length = in.lengthAt(value);
        json.text(in.bytes, in.position, length);
    }

    private void writeMessage(FieldPlan field, int value) throws IOException {
        MessagePlan plan = field.message();
        if (plan.form == JsonForm.OBJECT) {
            writeObject(field.listItem ? TypeMeta.NONE : plan.type, plan, value);
        } else {
            forms.write(plan, value);
        }
    }
}
