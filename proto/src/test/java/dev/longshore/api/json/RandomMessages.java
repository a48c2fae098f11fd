package dev.longshore.api.json;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.longshore.api.options.JsonForm;
import dev.longshore.api.options.OptionsProto;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Random;
import java.util.Set;

/**
 * Messages with every field filled, the same for the same seed. Below {@link #FULL_DEPTH} only some fields are set,
 * so that
 * types which contain themselves come to an end.
 */
final class RandomMessages {
    private static final int FULL_DEPTH = 6;
    private static final int MAX_DEPTH = 12;
    private static final int MAX_ELEMENTS = 3;

    private final Random random;

    RandomMessages(long seed) {
        this.random = new Random(seed);
    }

    @SuppressWarnings("unchecked")
    <T extends Message> T next(T prototype) {
        return (T) Canonical.normalise(fill(prototype.newBuilderForType(), 0));
    }

    private Message fill(Message.Builder builder, int depth) {
        Descriptor type = builder.getDescriptorForType();
        switch (type.getOptions().getExtension(OptionsProto.jsonForm)) {
            case OBJECT -> type.getFields().forEach(field -> fillField(builder, field, depth));
            case ITEMS -> fillField(builder, type.findFieldByNumber(1), 0);
            case TIME -> set(builder, 1, 1L + random.nextInt(2_000_000_000));
            case MICRO_TIME -> {
                set(builder, 1, 1L + random.nextInt(2_000_000_000));
                set(builder, 2, random.nextInt(1_000_000) * 1000);
            }
            case DURATION -> set(builder, 1, random.nextLong(1_000_000_000_000L));
            case QUANTITY -> set(builder, 1, (1 + random.nextInt(999)) + suffix());
            case INT_OR_STRING -> fillIntOrString(builder);
            case RAW_JSON -> set(builder, 1,
                    ByteString.copyFrom("{\"a\":[" + random.nextInt() + "]}", StandardCharsets.UTF_8));
            case SCHEMA_OR_ARRAY, SCHEMA_OR_STRINGS -> fillEither(builder, depth);
            case SCHEMA_OR_BOOL -> set(builder, 1, random.nextBoolean());
            case UNRECOGNIZED -> throw new AssertionError(type.getFullName());
        }
        return builder.build();
    }

    private static void set(Message.Builder builder, int number, Object value) {
        builder.setField(builder.getDescriptorForType().findFieldByNumber(number), value);
    }

    private String suffix() {
        return new String[]{"", "m", "Ki", "Mi", "k", "G"}[random.nextInt(6)];
    }

    private void fillIntOrString(Message.Builder builder) {
        if (random.nextBoolean()) {
            set(builder, 2, 1 + random.nextInt(65_535));
        } else {
            set(builder, 1, 1L);
            set(builder, 3, text());
        }
    }

    /** The schema or the list. An empty schema and an absent one differ, so the schema gets a type. */
    private void fillEither(Message.Builder builder, int depth) {
        boolean list = builder.getDescriptorForType().getOptions().getExtension(
                OptionsProto.jsonForm) == JsonForm.SCHEMA_OR_STRINGS;
        if (list && random.nextBoolean()) {
            builder.addRepeatedField(builder.getDescriptorForType().findFieldByNumber(2), text());
        } else {
            FieldDescriptor schema = builder.getDescriptorForType().findFieldByNumber(1);
            builder.setField(schema, fill(builder.newBuilderForField(schema), depth + FULL_DEPTH));
        }
    }

    private void fillField(Message.Builder builder, FieldDescriptor field, int depth) {
        boolean message = field.getType() == FieldDescriptor.Type.MESSAGE && !field.isMapField();
        boolean skipped = depth >= MAX_DEPTH ? message : depth >= FULL_DEPTH && message && random.nextInt(8) > 0;
        if (skipped) {
            return;
        }
        if (field.isMapField()) {
            fillMap(builder, field, depth);
        } else if (field.isRepeated()) {
            int count = 1 + random.nextInt(depth > 2 ? 1 : MAX_ELEMENTS);
            for (int i = 0; i < count; i++) {
                builder.addRepeatedField(field, value(builder, field, depth));
            }
        } else {
            builder.setField(field, value(builder, field, depth));
        }
    }

    private void fillMap(Message.Builder builder, FieldDescriptor field, int depth) {
        FieldDescriptor value = field.getMessageType().findFieldByNumber(2);
        if (depth >= FULL_DEPTH && value.getType() == FieldDescriptor.Type.MESSAGE) {
            return;
        }
        Set<String> keys = new LinkedHashSet<>();
        for (int i = 0; i <= random.nextInt(MAX_ELEMENTS); i++) {
            keys.add(text());
        }
        for (String key : keys) {
            Message.Builder entry = builder.newBuilderForField(field);
            set(entry, 1, key);
            set(entry, 2, value(entry, value, depth));
            builder.addRepeatedField(field, entry.build());
        }
    }

    private Object value(Message.Builder owner, FieldDescriptor field, int depth) {
        return switch (field.getType()) {
            case STRING -> text();
            case BYTES -> ByteString.copyFrom(text(), StandardCharsets.UTF_8);
            case BOOL -> random.nextInt(4) > 0;
            case INT32 -> random.nextInt();
            case INT64 -> random.nextLong();
            case DOUBLE -> random.nextInt(1_000_000) / 16.0 + 1;
            case MESSAGE -> fill(owner.newBuilderForField(field), depth + 1);
            case FLOAT, UINT64, FIXED64, FIXED32, GROUP, UINT32, ENUM, SFIXED32, SFIXED64, SINT32, SINT64 ->
                throw new AssertionError(field.getFullName());
        };
    }

    private String text() {
        String letters = "abcxyzABC019-./ \"\\\n\u00e4\u2028\ud83d\ude80<&>";
        StringBuilder text = new StringBuilder("v");
        for (int i = random.nextInt(6); i > 0; i--) {
            int at = random.nextInt(letters.codePointCount(0, letters.length()));
            text.appendCodePoint(letters.codePointAt(letters.offsetByCodePoints(0, at)));
        }
        return text.toString();
    }
}
