package dev.longshore.apiserver.resources;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.longshore.apiserver.resources.OptionRules.Check;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A scan of an encoding says of every object what a walk over its fields finds. */
class OptionScanTest {
    private static final int SEEDS = 40;
    private static final int DEPTH = 7;

    @Test
    void aScanPassesJustWhatAWalkFindsNothingIn() {
        int valid = 0;
        int invalid = 0;
        for (ResourceStrategy<?> strategy : Resources.served()) {
            for (long seed = 0; seed < SEEDS; seed++) {
                Random random = new Random(seed);
                Message object = random(strategy.type().prototype(), random, seed % 2 == 0 ? 4 : 1_000, DEPTH);
                Causes causes = new Causes();
                OptionRules.find("", object, causes);
                assertThat(OptionScan.isValid(object, true)).as("seed %d: %s", seed, causes.list())
                        .isEqualTo(causes.list().isEmpty());
                valid += causes.list().isEmpty() ? 1 : 0;
                invalid += causes.list().isEmpty() ? 0 : 1;
            }
        }
        assertThat(valid).isGreaterThan(100);
        assertThat(invalid).isGreaterThan(100);
    }

    /** @param errors one field in so many is wrong if it can be */
    private static Message random(Message prototype, Random random, int errors, int depth) {
        Message.Builder builder = prototype.newBuilderForType();
        List<Check> checks = OptionRules.checks(prototype.getDescriptorForType());
        for (FieldDescriptor field : prototype.getDescriptorForType().getFields()) {
            List<Check> own = checks.stream().filter(check -> check.field() == field).toList();
            boolean required = own.stream().anyMatch(Check::required) && random.nextInt(errors) > 0;
            boolean message = field.getJavaType() == FieldDescriptor.JavaType.MESSAGE;
            if (field.isMapField() || message && depth == 0 || !required && random.nextInt(3) > 0) {
                continue;
            }
            for (int i = field.isRepeated() ? 1 + random.nextInt(2) : 1; i > 0; i--) {
                Object value = message
                        ? random(builder.newBuilderForField(field).build(), random, errors, depth - 1)
                        : scalar(field, own, random.nextInt(errors) == 0);
                if (field.isRepeated()) {
                    builder.addRepeatedField(field, value);
                } else {
                    builder.setField(field, value);
                }
            }
        }
        return builder.build();
    }

    private static Object scalar(FieldDescriptor field, List<Check> checks, boolean wrong) {
        return switch (field.getJavaType()) {
            case STRING -> checks.stream().flatMap(check -> check.allowed().stream()).filter(_ -> !wrong).findFirst()
                    .orElse(wrong && !checks.isEmpty() && checks.getFirst().required() ? "" : "x");
            case INT -> 1;
            case LONG -> 1L;
            case DOUBLE -> 1.0;
            case BOOLEAN -> true;
            case BYTE_STRING -> ByteString.EMPTY;
            case FLOAT, ENUM, MESSAGE -> throw new IllegalStateException(field.getFullName());
        };
    }
}
