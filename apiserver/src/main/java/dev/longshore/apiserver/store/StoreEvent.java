package dev.longshore.apiserver.store;

import java.util.Optional;

/** One change of one key, as watchers are told of it. */
public sealed interface StoreEvent {
    long revision();

    String key();

    /** What the key holds now; empty when it was deleted. */
    Optional<StoredValue> after();

    /** The key was written. */
    record Put(StoredValue value) implements StoreEvent {
        @Override
        public long revision() {
            return value.modRevision();
        }

        @Override
        public String key() {
            return value.key();
        }

        @Override
        public Optional<StoredValue> after() {
            return Optional.of(value);
        }
    }

    /** The key was deleted at {@code revision}. */
    record Delete(String key, long revision) implements StoreEvent {
        @Override
        public Optional<StoredValue> after() {
            return Optional.empty();
        }
    }
}
