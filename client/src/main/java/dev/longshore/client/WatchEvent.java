package dev.longshore.client;

import com.google.protobuf.Message;

/** One message of a watch. */
public sealed interface WatchEvent<T extends Message> {
    /** The object exists now and did not (for this watch's selectors) before. */
    record Added<T extends Message>(T object) implements WatchEvent<T> {}

    record Modified<T extends Message>(T object) implements WatchEvent<T> {}

    /** The object is gone, or matches the selectors no more; it is shown as it last was, with the newer version. */
    record Deleted<T extends Message>(T object) implements WatchEvent<T> {}

    /** Nothing changed up to this version. */
    record Bookmark<T extends Message>(String resourceVersion) implements WatchEvent<T> {}
}
