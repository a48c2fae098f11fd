package dev.longshore.client.informer;

import java.util.Optional;

/** Hears of changes to an informer's cache, after the cache shows them. Must not block. */
public interface ChangeListener<T> {
    /** {@code before} is empty for a new object, {@code after} for one that is gone; never both. */
    void onChange(Optional<T> before, Optional<T> after);

    /** A whole list is in the cache: the first, or another after the watch had expired. */
    default void onSynced() {
    }

    /** The cache has taken in one more event, so {@link Informer#hasSeen} may answer true for more versions. */
    default void onProgress() {
    }
}
