package dev.longshore.api.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.UnknownFieldSet;
import dev.longshore.api.TypeMeta;
import dev.longshore.api.apiextensions.v1.JSONSchemaProps;
import dev.longshore.api.core.v1.ConfigMap;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is written from an encoding is, byte for byte, what asking the message for its fields gives. */
class MessageWriterTest {
    private static final int SEEDS = 4;

    static Stream<String> kinds() {
        return RoundTripTest.kinds();
    }

    private static String reflective(TypeMeta type, Message message) throws IOException {
        return new String(ReflectiveWriter.write(type, message), StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void fullAndSparseMessagesAreWrittenAsByReflection(String kind) throws IOException {
        Message prototype = RoundTripTest.prototype(kind);
        assertThat(JsonCodec.toText(prototype)).isEqualTo(reflective(TypeMeta.of(prototype), prototype));
        for (long seed = 0; seed < SEEDS; seed++) {
            Message full = new RandomMessages(seed).next(prototype);
            assertThat(JsonCodec.toText(full)).isEqualTo(reflective(TypeMeta.of(full), full));
            Message sparse = sparse(full, new Random(seed));
            assertThat(JsonCodec.toText(sparse)).as("seed %d: %s", seed, sparse)
                    .isEqualTo(reflective(TypeMeta.of(sparse), sparse));
        }
    }

    /** Some fields absent, some zero, some unknown, at every depth. */
    private static Message sparse(Message message, Random random) {
        Message.Builder builder = message.toBuilder();
        message.getAllFields().forEach((field, value) -> {
            int dice = random.nextInt(16);
            if (dice < 3) {
                builder.clearField(field);
            } else if (!field.isRepeated()) {
                builder.setField(field, dice < 6 ? zero(builder, field) : sparseValue(field, value, random));
            } else if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
                builder.setField(field,
                        ((List<?>) value).stream().map(element -> sparseValue(field, element, random)).toList());
            }
        });
        if (random.nextInt(8) == 0 && !message.getDescriptorForType().getOptions().getMapEntry()) {
            builder.setUnknownFields(UnknownFieldSet.newBuilder().addField(999,
                    UnknownFieldSet.Field.newBuilder().addVarint(1).addFixed32(2).addLengthDelimited(ByteString.EMPTY)
                            .addGroup(UnknownFieldSet.getDefaultInstance()).build())
                    .build());
        }
        return builder.build();
    }

    private static Object zero(Message.Builder builder, FieldDescriptor field) {
        return field.getJavaType() == FieldDescriptor.JavaType.MESSAGE
                ? builder.newBuilderForField(field).build()
                : field.getDefaultValue();
    }

    /** A map keeps its keys: two empty ones would not be a map. */
    private static Object sparseValue(FieldDescriptor field, Object value, Random random) {
        if (!(value instanceof Message message)) {
            return value;
        }
        if (!field.isMapField()) {
            return sparse(message, random);
        }
        FieldDescriptor content = field.getMessageType().findFieldByNumber(2);
        return content.getJavaType() == FieldDescriptor.JavaType.MESSAGE
                ? message.toBuilder().setField(content, sparse((Message) message.getField(content), random)).build()
                : message;
    }

    @Test
    void keysAreSortedAsJavaSortsStrings() {
        ConfigMap.Builder map = ConfigMap.newBuilder();
        for (String key : List.of("\ud83d\ude80", "\uffee", "\ue000", "\ud7ff", "ab", "a", "", "\u00e4", "b")) {
            map.putData(key, "1");
        }
        assertThat(JsonCodec.toText(map.build())).contains(
                "{\"\":\"1\",\"a\":\"1\",\"ab\":\"1\",\"b\":\"1\",\"\u00e4\":\"1\",\"\ud7ff\":\"1\","
                        + "\"\\uD83D\\uDE80\":\"1\",\"\ue000\":\"1\",\"\uffee\":\"1\"}");
    }

    @Test
    void depthIsLimitedInWritingToo() {
        JSONSchemaProps deep = JSONSchemaProps.getDefaultInstance();
        for (int i = 0; i < JsonOut.MAX_DEPTH; i++) {
            deep = JSONSchemaProps.newBuilder().setNot(deep).build();
        }
        JSONSchemaProps tooDeep = deep;
        assertThat(JsonCodec.write(deep.getNot())).isNotEmpty();
        assertThatThrownBy(() -> JsonCodec.write(tooDeep)).isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void aGeneratorTakesObjectsOfAnySizeWhereItStands() throws IOException {
        ConfigMap large = ConfigMap.newBuilder().putData("a", "\u00e4".repeat(20_000)).build();
        ConfigMap small = ConfigMap.newBuilder().putData("b", "c").build();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (var json = JsonCodec.generator(bytes)) {
            json.writeStartArray();
            JsonCodec.write(TypeMeta.NONE, large, json);
            JsonCodec.write(TypeMeta.NONE, small, json);
            json.writeEndArray();
        }
        assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo(
                "[" + reflective(TypeMeta.NONE, large) + "," + reflective(TypeMeta.NONE, small) + "]");
    }
}
