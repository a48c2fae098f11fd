package dev.longshore.apiserver.store;

/** A running watch of a store. */
public interface StoreWatch extends AutoCloseable {
    /** Ends the watch; a call of the watcher may still be under way. */
    @Override
    void close();

    /** Asks for an onProgress call as soon as everything up to the store's present revision has been delivered. */
    void requestProgress();
}
