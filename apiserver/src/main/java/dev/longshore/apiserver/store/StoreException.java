package dev.longshore.apiserver.store;

/** A call that the store could not answer. */
public final class StoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Kind kind;

    public StoreException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public StoreException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    static StoreException closed() {
        return new StoreException(Kind.UNAVAILABLE, "the store is closed");
    }

    static StoreException noLease(Store.Lease lease) {
        return new StoreException(Kind.NOT_FOUND, "lease " + lease.id() + " has ended");
    }

    static void requireFits(String key, byte[] value) {
        if (value.length > Store.MAX_VALUE_BYTES) {
            throw new StoreException(Kind.TOO_LARGE, "the value of " + key + " has " + value.length
                    + " bytes, the store takes " + Store.MAX_VALUE_BYTES);
        }
    }

    public Kind kind() {
        return kind;
    }

    /** Why. */
    public enum Kind {
        /** The revision asked for is older than the history kept. */
        COMPACTED,
        /** The revision asked for does not exist yet. */
        FUTURE,
        /** The lease has ended. */
        NOT_FOUND,
        /** The value is larger than the store takes. */
        TOO_LARGE,
        /** Not reached or not done; trying again is safe. */
        UNAVAILABLE,
        /** No answer in time: a write may or may not have happened. */
        UNKNOWN
    }
}
