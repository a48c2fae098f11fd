package dev.longshore.api.json;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import dev.longshore.api.TypeMeta;
import dev.longshore.api.options.JsonForm;
import dev.longshore.api.options.OptionsProto;
import dev.longshore.api.options.Presence;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the codec must know about one message type: its fields in the order in which they are written, and by JSON name
 * for reading, those of inlined messages included. Plans are computed once and shared by all threads.
 */
final class MessagePlan {
    /** The only kind whose type is repeated on every item of a list: there it tells nothing about the resource. */
    static final String PARTIAL_OBJECT = "PartialObjectMetadata";

    /** Sets of fields are the bits of a long; the largest message of the API has two thirds of it. */
    private static final int MAX_FIELDS = Long.SIZE;

    private static final Map<Descriptor, MessagePlan> PLANS = new ConcurrentHashMap<>();

    /**
     * A field as it is met in JSON.
     *
     * @param index position among all fields of the object, to notice a second occurrence
     * @param ownerTags of the inlined messages to go through from the object's message to the field's
     */
    record Slot(FieldPlan field, int index, List<Integer> ownerTags) {}

    final Descriptor descriptor;
    final JsonForm form;
    /** Written when the message is an object of its own within another. */
    final TypeMeta type;
    /** Reading accepts {@code kind} and {@code apiVersion}, wherever the message stands. */
    final boolean typed;
    final FieldPlan[] fields;
    /** The same in the order in which protobuf writes them. */
    final FieldPlan[] byNumber;
    private final Map<String, Optional<Slot>> byName = new HashMap<>();
    private final int[] indexes;
    /** A bit for each field that writes something although it is absent. */
    final long shownAbsent;

    private MessagePlan(Descriptor descriptor) {
        this.descriptor = descriptor;
        this.form = descriptor.getOptions().getExtension(OptionsProto.jsonForm);
        this.typed = TypeMeta.isKind(descriptor);
        this.type = typed && carriesType(descriptor) ? TypeMeta.of(descriptor) : TypeMeta.NONE;
        this.fields = descriptor.getFields().stream().sorted(writingOrder()).map(FieldPlan::new)
                .toArray(FieldPlan[]::new);
        this.byNumber = Arrays.stream(fields).sorted(Comparator.comparingInt(field -> field.number))
                .toArray(FieldPlan[]::new);
        this.indexes = indexes(fields);
        addSlots(fields, List.of());
        if (fields.length > MAX_FIELDS || slots() > MAX_FIELDS) {
            throw new IllegalArgumentException("more than " + MAX_FIELDS + " fields: " + descriptor.getFullName());
        }
        this.shownAbsent = shownAbsent(fields);
    }

    private static long shownAbsent(FieldPlan[] fields) {
        long shown = 0;
        for (int i = 0; i < fields.length; i++) {
            if (fields[i].inline || fields[i].presence == Presence.ALWAYS
                    || fields[i].presence == Presence.NULLABLE) {
                shown |= 1L << i;
            }
        }
        return shown;
    }

    private static boolean carriesType(Descriptor descriptor) {
        return descriptor.getOptions().hasExtension(OptionsProto.resource)
                || descriptor.getName().equals(PARTIAL_OBJECT);
    }

    static MessagePlan of(Descriptor descriptor) {
        MessagePlan known = PLANS.get(descriptor);
        return known != null ? known : PLANS.computeIfAbsent(descriptor, MessagePlan::new);
    }

    private static Comparator<FieldDescriptor> writingOrder() {
        return Comparator.<FieldDescriptor>comparingInt(field -> field.getName().equals("metadata") ? 0 : 1)
                .thenComparingInt(FieldDescriptor::getNumber);
    }

    /** By field number, the position among the fields, or -1; numbers of the API are small. */
    private static int[] indexes(FieldPlan[] fields) {
        int[] indexes = new int[1 + Arrays.stream(fields).mapToInt(field -> field.number).max().orElse(0)];
        Arrays.fill(indexes, -1);
        for (int i = 0; i < fields.length; i++) {
            indexes[fields[i].number] = i;
        }
        return indexes;
    }

    private void addSlots(FieldPlan[] own, List<Integer> ownerTags) {
        for (FieldPlan field : own) {
            if (field.inline) {
                List<Integer> path = new ArrayList<>(ownerTags);
                path.add(field.tag);
                addInlined(field, List.copyOf(path));
            } else {
                byName.put(field.name, Optional.of(new Slot(field, byName.size(), ownerTags)));
            }
        }
    }

    private void addInlined(FieldPlan field, List<Integer> path) {
        FieldPlan[] inner = field.descriptor.getMessageType().getFields().stream().map(FieldPlan::new)
                .toArray(FieldPlan[]::new);
        addSlots(inner, path);
    }

    /** The position in {@link #fields} of the field of this number, or -1. */
    int index(int number) {
        return number < indexes.length ? indexes[number] : -1;
    }

    Optional<Slot> slot(String name) {
        return byName.getOrDefault(name, Optional.empty());
    }

    int slots() {
        return byName.size();
    }
}
