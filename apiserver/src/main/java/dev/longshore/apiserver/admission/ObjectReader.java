package dev.longshore.apiserver.admission;

import com.google.protobuf.Message;
import dev.longshore.api.ObjectKey;
import dev.longshore.api.ResourceType;
import java.util.List;
import java.util.Optional;

/** Reads objects that an admission step decides by. Calls may block. */
public interface ObjectReader {
    /** The object as of now. */
    <T extends Message> Optional<T> find(ResourceType<T> type, ObjectKey key);

    /**
     * The object as it was a moment ago, at no cost to the store; empty when it may be too new to be known, so that
     * it is missing is no reason to refuse. That it changes right after a look is possible with {@link #find}, too.
     */
    <T extends Message> Optional<T> recent(ResourceType<T> type, ObjectKey key);

    /** All objects of a resource without namespaces as they were a moment ago. */
    <T extends Message> List<T> allRecent(ResourceType<T> type);
}
