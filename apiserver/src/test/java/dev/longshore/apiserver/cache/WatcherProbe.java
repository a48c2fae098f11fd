package dev.longshore.apiserver.cache;

import dev.longshore.api.ApiException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** A watcher that takes a given number of calls before it says that it is full, and keeps what it learned. */
final class WatcherProbe implements CacheWatcher<String> {
    private final List<CacheEvent<String>> events = new ArrayList<>();
    private final List<Long> bookmarks = new ArrayList<>();
    private final TreeMap<String, String> replica = new TreeMap<>();
    private Optional<ApiException> end = Optional.empty();
    private int room;

    WatcherProbe(int room) {
        this.room = room;
    }

    static WatcherProbe quick() {
        return new WatcherProbe(Integer.MAX_VALUE);
    }

    void setRoom(int calls) {
        room = calls;
    }

    @Override
    public synchronized boolean onEvents(List<CacheEvent<String>> batch) {
        if (end.isPresent()) {
            throw new AssertionError("events after the end");
        }
        for (CacheEvent<String> event : batch) {
            String before = replica.get(event.key());
            String told = event.previous().map(Cached::value).orElse(null);
            boolean knowsAll = before == null ? told == null : before.equals(told);
            if (!knowsAll) {
                throw new AssertionError(event + " replaces " + told + " but the watcher has " + before);
            }
            if (event.type() == CacheEvent.Type.DELETED) {
                replica.remove(event.key());
            } else {
                replica.put(event.key(), event.object().value());
            }
        }
        events.addAll(batch);
        room--;
        return room > 0;
    }

    @Override
    public synchronized void onBookmark(long revision) {
        bookmarks.add(revision);
    }

    @Override
    public synchronized void onEnd(ApiException reason) {
        if (end.isPresent()) {
            throw new AssertionError("ended twice");
        }
        end = Optional.of(reason);
    }

    /** Begins with what a list showed. */
    WatcherProbe startingWith(Snapshot<String> snapshot) {
        snapshot.objects().forEach(object -> replica.put(object.key(), object.value()));
        return this;
    }

    synchronized List<String> story() {
        return events.stream().map(event -> event.type() + " " + event.object().value() + "@" + event.revision())
                .toList();
    }

    synchronized List<CacheEvent<String>> events() {
        return List.copyOf(events);
    }

    synchronized List<Long> bookmarks() {
        return List.copyOf(bookmarks);
    }

    synchronized List<String> replica() {
        return List.copyOf(replica.values());
    }

    synchronized Optional<ApiException> end() {
        return end;
    }
}
