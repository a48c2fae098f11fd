package dev.longshore.apiserver.store;

import java.util.Optional;

/** An event and what it replaced, with which it can be undone; {@code before} is empty when the key did not exist. */
record Change(StoreEvent event, Optional<StoredValue> before) {
    static Change put(StoredValue value, Optional<StoredValue> before) {
        return new Change(new StoreEvent.Put(value), before);
    }

    static Change delete(StoredValue before, long revision) {
        return new Change(new StoreEvent.Delete(before.key(), revision), Optional.of(before));
    }

    long revision() {
        return event.revision();
    }

    String key() {
        return event.key();
    }
}
