package dev.longshore.apiserver.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.awaitility.Awaitility;

/** A watcher that writes down what it is told and checks what every watcher may rely on. */
final class WatchRecorder implements StoreWatcher {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final List<StoreEvent> events = new ArrayList<>();
    private final List<String> violations = new ArrayList<>();
    private long progress;
    private OptionalLong compacted = OptionalLong.empty();

    @Override
    public synchronized void onEvents(List<StoreEvent> batch) {
        check(!batch.isEmpty(), "an empty call");
        check(compacted.isEmpty(), "events after onCompacted");
        long before = events.isEmpty() ? 0 : events.getLast().revision();
        check(batch.isEmpty() || batch.getFirst().revision() > before,
                "revision " + before + " was repeated or split over two calls");
        check(batch.isEmpty() || batch.getFirst().revision() > progress,
                "a change after a progress report that covers it");
        for (int i = 1; i < batch.size(); i++) {
            check(batch.get(i).revision() >= batch.get(i - 1).revision(), "revisions go back");
        }
        events.addAll(batch);
    }

    @Override
    public synchronized void onProgress(long revision) {
        check(compacted.isEmpty(), "progress after onCompacted");
        progress = Math.max(progress, revision);
    }

    @Override
    public synchronized void onCompacted(long compactRevision) {
        check(compacted.isEmpty(), "onCompacted twice");
        compacted = OptionalLong.of(compactRevision);
    }

    private void check(boolean holds, String violation) {
        if (!holds) {
            violations.add(violation);
        }
    }

    synchronized List<StoreEvent> events() {
        return List.copyOf(events);
    }

    synchronized List<String> violations() {
        return List.copyOf(violations);
    }

    synchronized long progress() {
        return progress;
    }

    synchronized OptionalLong compacted() {
        return compacted;
    }

    /** The changes in short: {@code a=1@2}, {@code -a@3}. */
    List<String> story() {
        return events().stream().map(WatchRecorder::describe).toList();
    }

    static String describe(StoreEvent event) {
        return switch (event) {
            case StoreEvent.Put put -> put.key() + "=" + new String(put.value().value(), UTF_8) + "@" + put.revision();
            case StoreEvent.Delete delete -> "-" + delete.key() + "@" + delete.revision();
        };
    }

    void awaitCount(int count) {
        Awaitility.await().atMost(LIMIT).until(() -> events().size() >= count);
    }

    void awaitProgress(long revision) {
        Awaitility.await().atMost(LIMIT).until(() -> progress() >= revision);
    }

    void awaitCompacted() {
        Awaitility.await().atMost(LIMIT).until(() -> compacted().isPresent());
    }
}
