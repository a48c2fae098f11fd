package dev.longshore.apiserver.store;

import java.util.Optional;

/** One change of one key. */
public sealed interface StoreEvent {
    long revision();

    String key();

    /** What the key held before; empty when it did not exist. */
    Optional<StoredValue> before();

    /** What the key holds now; empty when it was deleted. */
    Optional<StoredValue> after();

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

        @Override
        public Optional<StoredValue> before() {
            return previous;
        }

        @Override
        public Optional<StoredValue> after() {
            return Optional.of(value);
        }
    }

    /** The key was deleted at {@code revision}. */
    record Delete(long revision, StoredValue previous) implements StoreEvent {
        @Override
        public String key() {
            return previous.key();
        }

        @Override
        public Optional<StoredValue> before() {
            return Optional.of(previous);
        }

        @Override
        public Optional<StoredValue> after() {
            return Optional.empty();
        }
    }
}
