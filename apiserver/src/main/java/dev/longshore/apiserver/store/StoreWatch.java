package dev.longshore.apiserver.store;

/** A running watch of a store. No call blocks. */
public interface StoreWatch extends AutoCloseable {
    /** Ends the watch; a call of the watcher may still be under way. */
    @Override
    void close();

    /**
     * Asks for an onProgress call as soon as everything up to the store's present revision has been delivered. Requests
     * may be answered together. A store that is not reached for long may drop one: who waits for it asks again. A watch
     * that begins in the future may answer only when it got there.
     */
    void requestProgress();
}
