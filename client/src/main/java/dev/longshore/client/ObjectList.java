package dev.longshore.client;

import com.google.protobuf.Message;
import java.util.List;

/**
 * What a list answered.
 *
 * @param resourceVersion the state that the items show: a watch from here misses nothing
 * @param items           sorted by namespace and name
 */
public record ObjectList<T extends Message>(String resourceVersion, List<T> items) {
    public ObjectList {
        items = List.copyOf(items);
    }
}
