package dev.longshore.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import dev.longshore.api.core.v1.Pod;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** kubectl explain has something to say about everything. */
class DescriptionsTest {
    @Test
    void everyMessageAndFieldOfEveryKindIsDescribed() {
        Map<String, Descriptor> messages = new TreeMap<>();
        ResourceTypes.all().forEach(type -> {
            collect(type.prototype().getDescriptorForType(), messages);
            collect(type.listPrototype().getDescriptorForType(), messages);
        });
        Set<String> silent = new TreeSet<>();
        for (Descriptor message : messages.values()) {
            if (Descriptions.of(message).isEmpty()) {
                silent.add(message.getFullName());
            }
            message.getFields().stream().filter(field -> Descriptions.of(field).isEmpty())
                    .forEach(field -> silent.add(field.getFullName()));
        }
        assertThat(silent).isEmpty();
    }

    private static void collect(Descriptor message, Map<String, Descriptor> found) {
        if (message.getOptions().getMapEntry()) {
            message.getFields().stream().filter(field -> field.getType() == FieldDescriptor.Type.MESSAGE)
                    .forEach(field -> collect(field.getMessageType(), found));
        } else if (found.putIfAbsent(message.getFullName(), message) == null) {
            message.getFields().stream().filter(field -> field.getType() == FieldDescriptor.Type.MESSAGE)
                    .forEach(field -> collect(field.getMessageType(), found));
        }
    }

    @Test
    void theTextIsTheCommentWithoutItsMarks() {
        assertThat(Descriptions.of(Pod.getDescriptor()))
                .contains("Containers that run together on one node and share network and volumes.");
        assertThat(Descriptions.of(Pod.getDescriptor().findFieldByName("spec"))).contains("What is wanted.");
    }
}
