package dev.longshore.apiserver.store;

import java.util.Optional;

/** One change of one key. */
public sealed interface StoreEvent {
    long revision();

    String key();

    /** The key was written; {@code previous} is empty when it did not exist. */
    record Put(StoredValue value, Optional<StoredValue> previous) implements StoreEvent {
        @Override
        public long revision() {
            return value.modRevision();
        }

        @Override
        public String key() {
            return value.key();
        }
    }

    /** The key was deleted at {@code revision}. */
    record Delete(long revision, StoredValue previous) implements StoreEvent {
        @Override
        public String key() {
            return previous.key();
        }
    }
}
