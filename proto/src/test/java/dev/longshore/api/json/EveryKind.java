package dev.longshore.api.json;

import com.google.protobuf.Message;
import dev.longshore.api.ResourceTypes;
import java.util.stream.Stream;

/** One empty message of each kind, of each list kind, and of each kind that only travels. */
final class EveryKind {
    private EveryKind() {
    }

    static Stream<Message> prototypes() {
        return Stream.concat(ResourceTypes.all().stream()
                .flatMap(type -> Stream.<Message>of(type.prototype(), type.listPrototype())),
                NonStoredKinds.ALL.stream());
    }
}
