package dev.longshore.client.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.ResourceTypes;
import dev.longshore.api.core.v1.Event;
import dev.longshore.api.core.v1.Node;
import dev.longshore.api.core.v1.Pod;
import dev.longshore.api.meta.v1.ObjectMeta;
import dev.longshore.client.Query;
import dev.longshore.client.fake.FakeApiClient;
import dev.longshore.client.fake.SimulatedTime;
import dev.longshore.common.time.Environment;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class EventRecorderTest {
    private static final Pod POD = Pod.newBuilder()
            .setMetadata(ObjectMeta.newBuilder().setNamespace("n").setName("p").setUid("u1")).build();

    private final Environment inline = new SimulatedTime(1).inlineEnvironment();
    private final FakeApiClient client = new FakeApiClient(inline.clock(), inline.randomness());

    private List<Event> events() {
        return client.list(ResourceTypes.EVENTS, Query.all()).items();
    }

    @Test
    void anEventNamesItsObjectAndReporter() {
        new EventRecorder(client, inline, "scheduler", "h").record(POD, "Normal", "Scheduled", "Binding", "to n1");

        Event event = events().getFirst();
        assertThat(event.getMetadata().getNamespace()).isEqualTo("n");
        assertThat(event.getMetadata().getName()).startsWith("p.");
        assertThat(event.getInvolvedObject().getKind()).isEqualTo("Pod");
        assertThat(event.getInvolvedObject().getUid()).isEqualTo("u1");
        assertThat(event.getSource().getComponent()).isEqualTo("scheduler");
        assertThat(event.getCount()).isEqualTo(1);
    }

    @Test
    void theSameEventIsCounted() {
        EventRecorder recorder = new EventRecorder(client, inline, "agent", "h");
        recorder.record(POD, "Warning", "BackOff", "again");
        recorder.record(POD, "Warning", "BackOff", "again");
        recorder.record(POD, "Warning", "BackOff", "again");
        recorder.record(POD, "Warning", "BackOff", "something else");

        assertThat(events()).extracting(Event::getCount).containsExactlyInAnyOrder(3, 1);
    }

    @Test
    void eventsOfClusterObjectsLieInTheDefaultNamespace() {
        new EventRecorder(client, inline, "agent", "h").record(
                Node.newBuilder().setMetadata(ObjectMeta.newBuilder().setName("n1")).build(), "Normal", "Ready", "up");

        assertThat(events().getFirst().getMetadata().getNamespace()).isEqualTo("default");
    }

    @Test
    void aFullQueueDropsAndNeverBlocks() {
        List<Runnable> waiting = new ArrayList<>();
        Environment slow = new Environment(inline.clock(), inline.timers(), inline.randomness(), waiting::add);
        EventRecorder recorder = new EventRecorder(client, slow, "agent", "h");
        for (int i = 0; i < EventRecorder.QUEUE_LIMIT + 5; i++) {
            recorder.record(POD, "Normal", "R", "m" + i);
        }

        assertThat(waiting).hasSize(1);
        assertThat(recorder.dropped()).isEqualTo(5);
        waiting.getFirst().run();
        assertThat(events()).hasSize(EventRecorder.QUEUE_LIMIT);
    }

    @Test
    void whatWaitsTogetherIsCountedAndKeptApartByNamespace() {
        List<Runnable> waiting = new ArrayList<>();
        Environment slow = new Environment(inline.clock(), inline.timers(), inline.randomness(), waiting::add);
        EventRecorder recorder = new EventRecorder(client, slow, "agent", "h");
        recorder.record(POD, "Normal", "R", "one");
        recorder.record(POD, "Normal", "R", "two");
        recorder.record(Node.newBuilder().setMetadata(ObjectMeta.newBuilder().setName("n1")).build(), "Normal", "Up",
                "three");
        recorder.record(POD, "Normal", "R", "one");
        recorder.record(POD, "Normal", "R", "one");
        waiting.getFirst().run();

        assertThat(events()).extracting(Event::getMessage).containsExactlyInAnyOrder("one", "two", "three");
        assertThat(events().stream().filter(event -> event.getMessage().equals("one"))).extracting(Event::getCount)
                .containsExactly(3);
        recorder.record(POD, "Normal", "R", "later");
        waiting.getLast().run();
        assertThat(events()).hasSize(4);
        assertThat(recorder.dropped()).isZero();
    }
}
