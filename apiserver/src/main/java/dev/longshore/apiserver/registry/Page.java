package dev.longshore.apiserver.registry;

import com.google.protobuf.Message;
import java.util.List;
import java.util.OptionalLong;

/**
 * One page of a list.
 *
 * @param continueToken "" on the last page
 * @param remaining     how many items follow this page, if known
 */
public record Page<T extends Message>(String resourceVersion, List<T> items, String continueToken,
        OptionalLong remaining) {
    public Page {
        items = List.copyOf(items);
    }
}
