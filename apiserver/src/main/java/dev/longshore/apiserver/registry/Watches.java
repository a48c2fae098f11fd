package dev.longshore.apiserver.registry;

import com.google.protobuf.Message;
import dev.longshore.api.ApiException;
import dev.longshore.api.ResourceType;
import dev.longshore.apiserver.store.StoreEvent;
import dev.longshore.apiserver.store.StoreWatch;
import dev.longshore.apiserver.store.StoreWatcher;
import dev.longshore.apiserver.store.StoredValue;
import dev.longshore.client.WatchEvent;
import java.util.List;
import java.util.Optional;

/** Turns the store's changes into the events of one resource, as each watcher's selectors show them. */
final class Watches {
    private final RegistryParts parts;

    Watches(RegistryParts parts) {
        this.parts = parts;
    }

    <T extends Message> ObjectWatch watch(ResourceType<T> type, WatchRequest request, ObjectWatcher<T> watcher) {
        Selection<T> selection = Selection.parse(parts.resources().of(type), request.labelSelector(),
                request.fieldSelector());
        WatchQueue<T> queue = new WatchQueue<>(watcher);
        long from = Lists.parse(request.resourceVersion());
        if (from == 0 || request.initialEvents()) {
            from = addPresent(type, request, selection, queue, from);
        } else {
            requireKnown(from);
        }
        StoreWatch watch = parts.storage().store().watch(Keys.in(type, request.namespace()), from + 1,
                new Feed<>(type, selection, request.bookmarks(), queue));
        queue.onClose(watch::close);
        return queue;
    }

    private void requireKnown(long revision) {
        long current = parts.storage().revision();
        if (revision > current) {
            throw Lists.tooLarge(revision, current);
        }
    }

    /** Queues the present objects; answers the revision that they show. */
    private <T extends Message> long addPresent(ResourceType<T> type, WatchRequest request, Selection<T> selection,
            WatchQueue<T> queue, long atLeast) {
        ObjectStorage.Slice<T> present = parts.storage().range(type, request.namespace(), "", 0, 0);
        if (atLeast > present.revision()) {
            throw Lists.tooLarge(atLeast, present.revision());
        }
        present.items().stream().filter(selection::matches)
                .forEach(item -> queue.addInitial(new WatchEvent.Added<>(item)));
        if (request.initialEvents()) {
            queue.addInitialEnd(Long.toString(present.revision()));
        }
        return present.revision();
    }

    /** Called by the store, in order of revision. */
    private record Feed<T extends Message>(ResourceType<T> type, Selection<T> selection, boolean bookmarks,
            WatchQueue<T> queue) implements StoreWatcher {
        @Override
        public void onEvents(List<StoreEvent> events) {
            for (StoreEvent event : events) {
                seen(event).ifPresent(shown -> queue.offer(shown, new SharedEncoding()));
            }
        }

        private Optional<WatchEvent<T>> seen(StoreEvent event) {
            return switch (event) {
                case StoreEvent.Put(StoredValue value, Optional<StoredValue> previous) -> {
                    T now = ObjectCodec.decode(type, value);
                    Optional<T> before = previous.map(old -> ObjectCodec.decode(type, old, value.modRevision()))
                            .filter(selection::matches);
                    yield selection.matches(now)
                            ? Optional.of(before.isPresent()
                                    ? new WatchEvent.Modified<>(now)
                                    : new WatchEvent.Added<>(now))
                            : before.map(WatchEvent.Deleted::new);
                }
                case StoreEvent.Delete(long revision, StoredValue previous) -> Optional
                        .of(ObjectCodec.decode(type, previous, revision)).filter(selection::matches)
                        .map(WatchEvent.Deleted::new);
            };
        }

        @Override
        public void onProgress(long revision) {
            if (bookmarks) {
                queue.offer(new WatchEvent.Bookmark<>(Long.toString(revision)), new SharedEncoding());
            }
        }

        @Override
        public void onCompacted(long compactRevision) {
            queue.end(ApiException.expired("too old resource version: the history before " + compactRevision
                    + " is gone"));
        }
    }
}
