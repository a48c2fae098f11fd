package dev.longshore.client;

import dev.longshore.api.ApiException;

/** What became of one binding. */
public sealed interface BindOutcome {
    /** The pod is bound to the node. */
    record Bound() implements BindOutcome {}

    /**
     * The pod was not bound by this call; after SERVICE_UNAVAILABLE, TIMEOUT or INTERNAL_ERROR it may have been.
     *
     * @param cause CONFLICT when the pod is bound, being deleted, gated, or another one by its uid, or when the term is
     *              over; NOT_FOUND when there is none
     */
    record Refused(ApiException cause) implements BindOutcome {}

    /** Throws the cause of a refusal. */
    default void requireBound() {
        switch (this) {
            case Bound _ -> {
            }
            case Refused refused -> throw refused.cause();
        }
    }
}
