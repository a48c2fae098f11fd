package dev.longshore.api.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Our bytes are Kubernetes' bytes: another implementation's descriptors read them the same, and back. The classes
 * compared
 * with lack the aggregation layer (APIService).
 */
class WireEqualityTest {
    private static final int SEEDS = 3;

    static Stream<String> kinds() {
        return EveryKind.prototypes().map(message -> message.getDescriptorForType().getFullName())
                .filter(KubernetesDescriptors::knows);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void bytesMeanTheSameToBoth(String kind) throws InvalidProtocolBufferException {
        Message prototype = EveryKind.prototypes()
                .filter(message -> message.getDescriptorForType().getFullName().equals(kind)).findFirst().orElseThrow();
        Descriptor theirs = KubernetesDescriptors.message(kind);
        for (long seed = 0; seed < SEEDS; seed++) {
            Message ours = new RandomMessages(seed).next(prototype);
            DynamicMessage other = DynamicMessage.parseFrom(theirs, ours.toByteArray());
            assertThat(Fields.of(other)).as("seed %d", seed).isEqualTo(Fields.of(ours));
            Message back = prototype.newBuilderForType().mergeFrom(other.toByteArray()).build();
            assertThat(back).as("seed %d", seed).isEqualTo(ours);
        }
    }

    @Test
    void everyFieldHasTheSameNumberTypeAndName() {
        reachable().forEach(descriptor -> {
            Descriptor theirs = KubernetesDescriptors.message(descriptor.getFullName());
            for (FieldDescriptor field : descriptor.getFields()) {
                FieldDescriptor other = theirs.findFieldByNumber(field.getNumber());
                assertThat(other).as(field.getFullName()).isNotNull();
                assertThat(shape(other)).as(field.getFullName()).isEqualTo(shape(field));
            }
        });
    }

    @Test
    void onlyFieldsYoungerThanKubernetes132AreMissing() {
        Set<String> missing = new TreeSet<>();
        reachable().forEach(descriptor -> KubernetesDescriptors.message(descriptor.getFullName()).getFields().stream()
                .filter(field -> descriptor.findFieldByNumber(field.getNumber()) == null)
                .forEach(field -> missing.add(field.getFullName())));
        assertThat(missing).isEqualTo(KubernetesDescriptors.NEWER);
    }

    private static Collection<Descriptor> reachable() {
        Map<String, Descriptor> found = new TreeMap<>();
        EveryKind.prototypes().map(Message::getDescriptorForType)
                .filter(descriptor -> KubernetesDescriptors.knows(descriptor.getFullName()))
                .forEach(descriptor -> collect(descriptor, found));
        return found.values();
    }

    private static void collect(Descriptor descriptor, Map<String, Descriptor> found) {
        if (found.putIfAbsent(descriptor.getFullName(), descriptor) == null) {
            descriptor.getFields().stream().filter(field -> field.getType() == FieldDescriptor.Type.MESSAGE)
                    .forEach(field -> collect(field.getMessageType(), found));
        }
    }

    private static String shape(FieldDescriptor field) {
        String type = field.getType() == FieldDescriptor.Type.MESSAGE
                ? field.getMessageType().getFullName()
                : field.getType().name();
        return field.getNumber() + " " + field.getName() + " " + (field.isRepeated() ? "repeated " : "")
                + (field.isMapField() ? "map " : "") + type;
    }
}
