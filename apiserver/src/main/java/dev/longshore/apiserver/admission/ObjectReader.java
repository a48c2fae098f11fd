package dev.longshore.apiserver.admission;

import com.google.protobuf.Message;
import dev.longshore.api.ObjectKey;
import dev.longshore.api.ResourceType;
import java.util.List;
import java.util.Optional;

/** Reads objects that an admission step decides by. Calls may block. */
public interface ObjectReader {
    <T extends Message> Optional<T> find(ResourceType<T> type, ObjectKey key);

    /** All objects of a resource, of one namespace unless {@code namespace} is "". */
    <T extends Message> List<T> all(ResourceType<T> type, String namespace);
}
