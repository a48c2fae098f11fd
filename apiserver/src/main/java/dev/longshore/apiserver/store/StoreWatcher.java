package dev.longshore.apiserver.store;

import java.util.List;

/** Receives the changes of a store. Called by one thread at a time, in order of revision; must not block. */
public interface StoreWatcher {
    /** Changes with ascending revisions, none left out. One revision is never split over two calls. */
    void onEvents(List<StoreEvent> events);

    /** Every change up to {@code revision} has been delivered. */
    void onProgress(long revision);

    /** The last call: history before {@code compactRevision} is gone, so changes would be missed. */
    void onCompacted(long compactRevision);
}
