package dev.longshore.api.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.UnknownFieldSet;
import dev.longshore.api.core.v1.Pod;
import dev.longshore.api.core.v1.PodSpec;
import dev.longshore.api.options.JsonForm;
import dev.longshore.api.options.OptionsProto;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The quick look at an encoding finds just those messages that a way through JSON leaves as they are. */
class CanonicalScanTest {
    private static final int SEEDS = 5;

    static Stream<String> kinds() {
        return RoundTripTest.kinds();
    }

    private static boolean scan(Message message) {
        return CanonicalScan.isSurelyCanonical(MessagePlan.of(message.getDescriptorForType()), message.toByteString());
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void canonicalIsWhatJsonGivesBack(String kind) {
        Message prototype = RoundTripTest.prototype(kind);
        for (long seed = 0; seed < SEEDS; seed++) {
            Message canonical = new RandomMessages(seed).next(prototype);
            assertThat(scan(canonical)).as("seed %d", seed).isTrue();
            Message blanked = blank(canonical.toBuilder(), new Random(seed));
            Message throughJson = JsonCodec.read(JsonCodec.write(blanked), prototype).object();
            assertThat(Canonical.normalise(blanked)).as("seed %d: %s", seed, blanked).isEqualTo(throughJson);
            assertThat(scan(blanked)).as("seed %d: %s", seed, blanked).isEqualTo(throughJson.equals(blanked));
        }
    }

    @Test
    void unknownFieldsAndFieldsGivenTwiceAreNotSurelyCanonical() {
        UnknownFieldSet unknown = UnknownFieldSet.newBuilder()
                .addField(999, UnknownFieldSet.Field.newBuilder().addVarint(1).build()).build();
        assertThat(scan(Pod.newBuilder().setSpec(PodSpec.newBuilder().setUnknownFields(unknown)).build())).isFalse();
        ByteString once = Pod.newBuilder().setSpec(PodSpec.newBuilder().setNodeName("n")).build().toByteString();
        MessagePlan plan = MessagePlan.of(Pod.getDescriptor());
        assertThat(CanonicalScan.isSurelyCanonical(plan, once)).isTrue();
        assertThat(CanonicalScan.isSurelyCanonical(plan, once.concat(once))).isFalse();
        assertThat(CanonicalScan.isSurelyCanonical(plan, once.substring(0, once.size() - 1))).isFalse();
    }

    /** Sets some of the fields to what may mean "absent". Raw content stays: JSON has no form of an empty one. */
    private static Message blank(Message.Builder builder, Random random) {
        for (FieldDescriptor field : builder.getDescriptorForType().getFields()) {
            if (field.isRepeated() || !builder.hasField(field) || isRaw(field)) {
                continue;
            }
            boolean hit = random.nextInt(40) == 0;
            if (field.getJavaType() != FieldDescriptor.JavaType.MESSAGE) {
                builder.setField(field, hit ? field.getDefaultValue() : builder.getField(field));
            } else if (hit) {
                builder.setField(field, builder.newBuilderForField(field).build());
            } else {
                builder.setField(field, blank(((Message) builder.getField(field)).toBuilder(), random));
            }
        }
        return builder.build();
    }

    private static boolean isRaw(FieldDescriptor field) {
        return field.getJavaType() == FieldDescriptor.JavaType.MESSAGE
                && field.getMessageType().getOptions().getExtension(OptionsProto.jsonForm) == JsonForm.RAW_JSON;
    }
}
