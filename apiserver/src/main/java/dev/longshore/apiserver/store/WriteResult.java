package dev.longshore.apiserver.store;

import java.util.Optional;

/** What became of a conditional write. */
public sealed interface WriteResult {
    /** The same without what the key held before it was written. */
    default WriteResult withoutPrevious() {
        return switch (this) {
            case Written written -> new Written(written.revision(), Optional.empty());
            case Mismatch mismatch -> mismatch;
        };
    }

    /** Done, at this revision; {@code previous} is what the key held before. */
    record Written(long revision, Optional<StoredValue> previous) implements WriteResult {}

    /** Not done: the key was in another state, namely {@code current}. */
    record Mismatch(long revision, Optional<StoredValue> current) implements WriteResult {}
}
