package dev.longshore.apiserver.cache;

import java.util.Optional;

/**
 * A change of one object.
 *
 * @param object   the object now; for DELETED its last state, with the revision of the deletion
 * @param previous what was there before; empty for ADDED. A watcher with a selector needs it to tell an object that
 *                 stops matching from one that never matched.
 * @param revision of the change; ascending from event to event, equal only for keys deleted together
 */
public record CacheEvent<V>(Type type, Cached<V> object, Optional<Cached<V>> previous, long revision) {
    public String key() {
        return object.key();
    }

    /** What happened to the object. */
    public enum Type {
        ADDED, MODIFIED, DELETED
    }
}
