package dev.longshore.apiserver.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.ApiException;
import dev.longshore.api.Reason;
import dev.longshore.apiserver.cache.WatcherState.Behind;
import dev.longshore.apiserver.cache.WatcherState.Blocked;
import dev.longshore.apiserver.cache.WatcherState.Ended;
import dev.longshore.apiserver.cache.WatcherState.Event;
import dev.longshore.apiserver.cache.WatcherState.Synced;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every state against every event. All begin at position 5; the window moves to 3 (harmless) or to 8 (too far). */
class WatcherStateTest {
    private static final WatcherState SYNCED = new Synced(5);
    private static final WatcherState BEHIND = new Behind(5, false);
    private static final WatcherState BEHIND_READY = new Behind(5, true);
    private static final WatcherState BLOCKED = new Blocked(5);
    private static final WatcherState ENDED = new Ended(Optional.empty());
    private static final Event CONCERNS = new Event.Appended(6, true);
    private static final Event PASSES = new Event.Appended(6, false);
    private static final Event MOVED_LITTLE = new Event.WindowMoved(3, 40, 30);
    private static final Event MOVED_FAR = new Event.WindowMoved(8, 40, 70);
    private static final Event TAKEN = new Event.Taken(6);
    private static final Event ROOM = new Event.Delivered(true);
    private static final Event NO_ROOM = new Event.Delivered(false);
    private static final Event DRAINED = new Event.Drained(6);
    private static final Event READY = new Event.Ready();
    private static final Event WOKEN = new Event.Woken();
    private static final Event END = new Event.End(Optional.empty());

    record Row(WatcherState state, Event event, WatcherState next) {}

    static Stream<Row> transitions() {
        return Stream.of(new Row(SYNCED, CONCERNS, new Behind(5, false)), new Row(SYNCED, PASSES, new Synced(6)),
                new Row(SYNCED, MOVED_LITTLE, SYNCED), new Row(SYNCED, TAKEN, SYNCED), new Row(SYNCED, ROOM, SYNCED),
                new Row(SYNCED, NO_ROOM, SYNCED), new Row(SYNCED, DRAINED, SYNCED), new Row(SYNCED, READY, SYNCED),
                new Row(SYNCED, WOKEN, new Behind(5, false)), new Row(SYNCED, END, ENDED),

                new Row(BEHIND, CONCERNS, BEHIND), new Row(BEHIND, PASSES, BEHIND),
                new Row(BEHIND, MOVED_LITTLE, BEHIND), new Row(BEHIND, TAKEN, new Behind(6, false)),
                new Row(BEHIND, ROOM, BEHIND), new Row(BEHIND, NO_ROOM, BLOCKED),
                new Row(BEHIND, DRAINED, new Synced(6)), new Row(BEHIND, READY, BEHIND_READY),
                new Row(BEHIND, WOKEN, BEHIND), new Row(BEHIND, END, ENDED),
                new Row(BEHIND_READY, NO_ROOM, BEHIND), new Row(BEHIND_READY, ROOM, BEHIND),
                new Row(BEHIND_READY, TAKEN, new Behind(6, false)),

                new Row(BLOCKED, CONCERNS, BLOCKED), new Row(BLOCKED, PASSES, BLOCKED),
                new Row(BLOCKED, MOVED_LITTLE, BLOCKED), new Row(BLOCKED, TAKEN, BLOCKED),
                new Row(BLOCKED, ROOM, BLOCKED), new Row(BLOCKED, NO_ROOM, BLOCKED),
                new Row(BLOCKED, DRAINED, BLOCKED), new Row(BLOCKED, READY, BEHIND), new Row(BLOCKED, WOKEN, BLOCKED),
                new Row(BLOCKED, END, ENDED),

                new Row(ENDED, CONCERNS, ENDED), new Row(ENDED, PASSES, ENDED), new Row(ENDED, MOVED_LITTLE, ENDED),
                new Row(ENDED, MOVED_FAR, ENDED), new Row(ENDED, TAKEN, ENDED), new Row(ENDED, ROOM, ENDED),
                new Row(ENDED, NO_ROOM, ENDED), new Row(ENDED, DRAINED, ENDED), new Row(ENDED, READY, ENDED),
                new Row(ENDED, WOKEN, ENDED), new Row(ENDED, END, ENDED));
    }

    @ParameterizedTest
    @MethodSource("transitions")
    void goesOn(Row row) {
        assertThat(row.state().on(row.event())).isEqualTo(row.next());
    }

    @ParameterizedTest
    @MethodSource("fallible")
    void expiresWhenTheWindowPasses(WatcherState state) {
        WatcherState next = state.on(MOVED_FAR);

        assertThat(next).isInstanceOf(Ended.class);
        ApiException reason = ((Ended) next).reason().orElseThrow();
        assertThat(reason.reason()).isEqualTo(Reason.EXPIRED);
        assertThat(reason).hasMessage("too old resource version: 40 (70)");
    }

    static Stream<WatcherState> fallible() {
        return Stream.of(SYNCED, BEHIND, BEHIND_READY, BLOCKED);
    }

    @Test
    void aPumpStartsOnlyWhenNoneRuns() {
        WatcherState expired = new Ended(Optional.of(ApiException.expired("")));

        assertThat(BEHIND.needsPumpAfter(SYNCED)).isTrue();
        assertThat(BEHIND.needsPumpAfter(BLOCKED)).isTrue();
        assertThat(expired.needsPumpAfter(SYNCED)).isTrue();
        assertThat(expired.needsPumpAfter(BLOCKED)).isTrue();
        assertThat(BEHIND.needsPumpAfter(BEHIND)).isFalse();
        assertThat(expired.needsPumpAfter(BEHIND)).isFalse();
        assertThat(expired.needsPumpAfter(ENDED)).isFalse();
        assertThat(ENDED.needsPumpAfter(BLOCKED)).isFalse();
        assertThat(SYNCED.needsPumpAfter(SYNCED)).isFalse();
        assertThat(BLOCKED.needsPumpAfter(BLOCKED)).isFalse();
    }
}
