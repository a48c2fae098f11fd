package dev.longshore.api.json;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The entries of a map in an encoding, by key as Java orders strings. */
final class MapEntries {
    /** Positions of the values of key and value. */
    record Entry(int key, int value) {}

    private static final int KEY_TAG = FieldPlan.ValueType.STRING.tag(1);
    private static final int THREE_BYTES_HIGH = 0xee;
    private static final int FOUR_BYTES = 0xf0;

    private final WireCursor in;

    private MapEntries(WireCursor in) {
        this.in = in;
    }

    /** The entries from the first to the last tag of the field. */
    static List<Entry> sorted(WireCursor in, FieldPlan field, int firstTag, int lastTag) throws IOException {
        return new MapEntries(in).sorted(field, firstTag, lastTag);
    }

    private List<Entry> sorted(FieldPlan field, int firstTag, int lastTag) throws IOException {
        List<Entry> entries = new ArrayList<>();
        in.each(field.tag, firstTag, lastTag, value -> entries.add(entry(field, value)));
        entries.sort(this::compare);
        return entries;
    }

    private Entry entry(FieldPlan field, int value) {
        int end = in.lengthAt(value) + in.position;
        int key = in.zero();
        int content = in.zero();
        while (in.position < end) {
            int tag = in.tag();
            if (tag == KEY_TAG) {
                key = in.position;
            } else if (tag == field.valueTag) {
                content = in.position;
            }
            in.skip(tag);
        }
        return new Entry(key, content);
    }

    private int compare(Entry left, Entry right) {
        int leftLength = in.lengthAt(left.key());
        int leftStart = in.position;
        int rightLength = in.lengthAt(right.key());
        int rightStart = in.position;
        for (int i = 0; i < Math.min(leftLength, rightLength); i++) {
            int order = Integer.compare(rank(in.bytes[leftStart + i]), rank(in.bytes[rightStart + i]));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(leftLength, rightLength);
    }

    /** Java orders by UTF-16, where what takes four bytes in UTF-8 comes before the end of what takes three. */
    private static int rank(byte utf8) {
        int unit = utf8 & 0xff;
        if (unit < THREE_BYTES_HIGH) {
            return unit;
        }
        return unit < FOUR_BYTES ? unit + FOUR_BYTES : unit;
    }
}
