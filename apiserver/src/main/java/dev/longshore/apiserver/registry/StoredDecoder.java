package dev.longshore.apiserver.registry;

import com.google.protobuf.Message;
import dev.longshore.api.ResourceType;
import dev.longshore.apiserver.cache.ObjectDecoder;
import dev.longshore.apiserver.store.StoredValue;

/** Decodes the objects of one resource for its cache; the revision is their resourceVersion. */
record StoredDecoder<T extends Message>(ResourceType<T> type) implements ObjectDecoder<T> {
    @Override
    public T decode(StoredValue stored) {
        return ObjectCodec.decode(type, stored);
    }

    @Override
    public T atRevision(T object, long revision) {
        return ObjectCodec.withVersion(type, object, Long.toString(revision));
    }
}
