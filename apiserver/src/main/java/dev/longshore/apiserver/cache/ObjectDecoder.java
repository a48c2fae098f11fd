package dev.longshore.apiserver.cache;

import dev.longshore.apiserver.store.StoredValue;

/** Turns what the store holds into objects. Called on the thread that feeds the cache; must not block. */
public interface ObjectDecoder<V> {
    /** The object with {@link StoredValue#modRevision} as its version. May throw: the object is then left out. */
    V decode(StoredValue stored);

    /** The same object as of another revision, for the event that tells of its deletion. */
    V atRevision(V object, long revision);
}
