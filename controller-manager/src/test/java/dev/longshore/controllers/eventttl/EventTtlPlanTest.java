package dev.longshore.controllers.eventttl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.core.v1.Event;
import dev.longshore.api.meta.v1.MicroTime;
import dev.longshore.api.values.Times;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class EventTtlPlanTest {
    private static final Instant NOW = Instant.ofEpochSecond(2_000_000);

    /** One row: an event, and how many minutes it may stay. */
    record Row(String name, Consumer<Event.Builder> event, int minutes) {
        @Override
        public String toString() {
            return name;
        }
    }

    static final List<Row> ROWS = List.of(
            new Row("just made", event -> created(event, 0), 60),
            new Row("half of its time", event -> created(event, 30), 30),
            new Row("its time is over", event -> created(event, 61), -1),
            new Row("repeated since", event -> {
                created(event, 300);
                event.setLastTimestamp(Times.time(ago(10)));
            }, 50),
            new Row("the newer kind", event -> {
                created(event, 300);
                event.setEventTime(micros(ago(20)));
            }, 40),
            new Row("the newer kind, repeated", event -> {
                created(event, 300);
                event.setEventTime(micros(ago(200))).getSeriesBuilder().setLastObservedTime(micros(ago(5)));
            }, 55),
            new Row("without any time", _ -> {
            }, 60));

    @ParameterizedTest
    @FieldSource("ROWS")
    void isAsOldAsItsLastRepetition(Row row) {
        Event.Builder event = Event.newBuilder();
        row.event.accept(event);
        assertThat(EventTtlPlan.left(event.build(), NOW)).isEqualTo(Duration.ofMinutes(row.minutes));
    }

    private static Instant ago(int minutes) {
        return NOW.minus(Duration.ofMinutes(minutes));
    }

    private static MicroTime micros(Instant at) {
        return MicroTime.newBuilder().setSeconds(at.getEpochSecond()).build();
    }

    private static void created(Event.Builder event, int minutesAgo) {
        event.getMetadataBuilder().setCreationTimestamp(Times.time(ago(minutesAgo)));
    }
}
