package dev.longshore.client;

import com.google.protobuf.Message;
import dev.longshore.api.ResourceType;
import java.util.List;

/**
 * The cluster at one moment: the first list decides which, and all others show the same. For one thread. Calls block, and
 * fail with {@link dev.longshore.api.ApiException}.
 */
public interface ClusterView {
    /** All objects of the resource. Ask first for what there is most of: that is read from a cache. */
    <T extends Message> List<T> list(ResourceType<T> type);

    /** The object as it would be stored if it were created now. Nothing is stored; fails as the creation would. */
    <T extends Message> T preview(ResourceType<T> type, T object);
}
