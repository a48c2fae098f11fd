package dev.longshore.scheduler.recording;

import com.google.protobuf.Empty;
import com.google.protobuf.Message;
import dev.longshore.scheduler.cycle.SchedulerEvent;

/**
 * An event on its way to the owner thread.
 *
 * @param source the object that the event was read from; an {@link Empty} where there is none
 */
public record Arrival(SchedulerEvent event, Message source) {
    public static Arrival of(SchedulerEvent event) {
        return new Arrival(event, Empty.getDefaultInstance());
    }
}
