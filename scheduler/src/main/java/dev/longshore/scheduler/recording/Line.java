package dev.longshore.scheduler.recording;

import dev.longshore.scheduler.cycle.SchedulerEvent;
import java.time.Instant;

/** A line behind the first. */
sealed interface Line {
    /**
     * A call of the machine.
     *
     * @param decision what came of it, as {@link DecisionText} writes it; "" for nothing
     */
    record Call(Input input, Instant at, String decision) implements Line {}

    /** Nothing is recorded behind this line although the scheduler went on. */
    record Cut(String reason) implements Line {}

    /** What the machine was asked. */
    sealed interface Input {
        record Handle(SchedulerEvent event) implements Input {}

        record Settle() implements Input {}

        record Step() implements Input {}
    }
}
