package dev.longshore.apiserver.store;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a conditional write comes to: the answer, and the change it makes if it is done. Pure.
 */
record Decision(WriteResult result, Optional<Change> change) {
    /** @param revision the newest revision before this write */
    static Decision put(Optional<StoredValue> current, String key, byte[] value, OptionalLong expected,
            long revision) {
        if (expected.isPresent() && expected.getAsLong() != modRevision(current)) {
            return mismatch(current, revision);
        }
        long next = revision + 1;
        long created = current.map(StoredValue::createRevision).orElse(next);
        return new Decision(new WriteResult.Written(next, current),
                Optional.of(Change.put(new StoredValue(key, value, created, next), current)));
    }

    /** @param revision the newest revision before this write */
    static Decision delete(Optional<StoredValue> current, OptionalLong expected, long revision) {
        if (current.isEmpty() || (expected.isPresent() && expected.getAsLong() != modRevision(current))) {
            return mismatch(current, revision);
        }
        return new Decision(new WriteResult.Written(revision + 1, current),
                Optional.of(Change.delete(current.get(), revision + 1)));
    }

    private static Decision mismatch(Optional<StoredValue> current, long revision) {
        return new Decision(new WriteResult.Mismatch(revision, current), Optional.empty());
    }

    private static long modRevision(Optional<StoredValue> value) {
        return value.map(StoredValue::modRevision).orElse(0L);
    }
}
