package dev.longshore.apiserver.cache;

import dev.longshore.api.ApiException;
import java.util.Optional;

/**
 * Where a watcher stands: in exactly one of these states. {@code position} is the number of the next change in the
 * {@link Window} that it has not been given. Pure; a test runs every state against every event.
 *
 * <p>Invariant: a pump runs (or is about to) exactly when the state is Behind, or Ended with a reason not yet told.
 */
sealed interface WatcherState {
    /** It has everything and has room. */
    record Synced(long position) implements WatcherState {}

    /** A pump is giving it what it lacks; {@code readyAgain}: it said so during the present call. */
    record Behind(long position, boolean readyAgain) implements WatcherState {}

    /** It has no room. */
    record Blocked(long position) implements WatcherState {}

    /** Over; with a reason unless the watcher ended it itself. */
    record Ended(Optional<ApiException> reason) implements WatcherState {}

    /** What can happen to a watcher. */
    sealed interface Event {
        /** A change was appended; the window now ends at {@code end}. */
        record Appended(long end, boolean concerns) implements Event {}

        /** The window begins at number {@code first}, after revision {@code floor}; the watcher saw {@code seen}. */
        record WindowMoved(long first, long seen, long floor) implements Event {}

        /** The pump took the changes before {@code position} to deliver them. */
        record Taken(long position) implements Event {}

        /** The call with what was taken returned. */
        record Delivered(boolean room) implements Event {}

        /** The pump found nothing more before {@code end}. */
        record Drained(long end) implements Event {}

        /** The watcher has room again. */
        record Ready() implements Event {}

        /** There is something other than changes to tell. */
        record Woken() implements Event {}

        /** It is over. */
        record End(Optional<ApiException> reason) implements Event {}
    }

    default WatcherState on(Event event) {
        return switch (this) {
            case Synced synced -> synced(synced, event);
            case Behind behind -> behind(behind, event);
            case Blocked blocked -> blocked(blocked, event);
            case Ended ended -> ended;
        };
    }

    /** Whether going from {@code before} to this state calls for a pump to start. */
    default boolean needsPumpAfter(WatcherState before) {
        boolean idle = before instanceof Synced || before instanceof Blocked;
        return idle && switch (this) {
            case Behind behind -> true;
            case Ended ended -> ended.reason().isPresent();
            case Synced synced -> false;
            case Blocked blocked -> false;
        };
    }

    private static WatcherState synced(Synced state, Event event) {
        return switch (event) {
            case Event.Appended appended ->
                appended.concerns() ? new Behind(state.position(), false) : new Synced(appended.end());
            case Event.WindowMoved moved -> expireBefore(moved, state.position(), state);
            case Event.Woken woken -> new Behind(state.position(), false);
            case Event.End end -> new Ended(end.reason());
            case Event.Taken taken -> state;
            case Event.Delivered delivered -> state;
            case Event.Drained drained -> state;
            case Event.Ready ready -> state;
        };
    }

    private static WatcherState behind(Behind state, Event event) {
        return switch (event) {
            case Event.WindowMoved moved -> expireBefore(moved, state.position(), state);
            case Event.Taken taken -> new Behind(taken.position(), false);
            case Event.Delivered delivered -> delivered.room() || state.readyAgain()
                    ? new Behind(state.position(), false)
                    : new Blocked(state.position());
            case Event.Drained drained -> new Synced(drained.end());
            case Event.Ready ready -> new Behind(state.position(), true);
            case Event.End end -> new Ended(end.reason());
            case Event.Appended appended -> state;
            case Event.Woken woken -> state;
        };
    }

    private static WatcherState blocked(Blocked state, Event event) {
        return switch (event) {
            case Event.WindowMoved moved -> expireBefore(moved, state.position(), state);
            case Event.Ready ready -> new Behind(state.position(), false);
            case Event.End end -> new Ended(end.reason());
            case Event.Appended appended -> state;
            case Event.Taken taken -> state;
            case Event.Delivered delivered -> state;
            case Event.Drained drained -> state;
            case Event.Woken woken -> state;
        };
    }

    private static WatcherState expireBefore(Event.WindowMoved moved, long position, WatcherState state) {
        return position < moved.first() ? new Ended(Optional.of(expired(moved.seen(), moved.floor()))) : state;
    }

    /** The error of a watcher that saw too little (text: Kubernetes API server). */
    static ApiException expired(long seen, long floor) {
        return ApiException.expired("too old resource version: " + seen + " (" + floor + ")");
    }
}
