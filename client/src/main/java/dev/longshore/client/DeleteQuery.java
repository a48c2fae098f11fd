package dev.longshore.client;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * How to delete.
 *
 * @param gracePeriodSeconds empty: what the object says; 0: now
 * @param uid                when present, only the object with this uid is deleted, else CONFLICT
 */
public record DeleteQuery(OptionalLong gracePeriodSeconds, Optional<String> uid, Propagation propagation) {
    /** What becomes of the objects that the deleted one owns. */
    public enum Propagation {
        BACKGROUND, FOREGROUND, ORPHAN
    }

    public static DeleteQuery background() {
        return new DeleteQuery(OptionalLong.empty(), Optional.empty(), Propagation.BACKGROUND);
    }

    public static DeleteQuery of(String uid) {
        return new DeleteQuery(OptionalLong.empty(), Optional.of(uid), Propagation.BACKGROUND);
    }

    /** Removes the object of this uid without waiting for anything. */
    public static DeleteQuery now(String uid) {
        return new DeleteQuery(OptionalLong.of(0), Optional.of(uid), Propagation.BACKGROUND);
    }
}
