package dev.longshore.api.json;

import com.google.protobuf.Message;
import dev.longshore.api.TypeMeta;
import java.util.List;

/**
 * An object as it was read.
 *
 * @param type what the text called itself; parts that it left out are ""
 * @param problems fields that were unknown or given twice, in the words of Kubernetes: {@code unknown field "spec.a"},
 *     {@code duplicate field "spec.b"}; what they held is not part of {@code object}, but for the last of duplicates
 */
public record Decoded<T extends Message>(T object, TypeMeta type, List<String> problems) {
    public Decoded {
        problems = List.copyOf(problems);
    }
}
