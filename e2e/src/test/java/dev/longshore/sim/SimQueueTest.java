package dev.longshore.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.common.loop.EventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SimQueueTest {
    private static SimQueue queue(long seed) {
        return new SimQueue(new SimRandom(seed, "queue"));
    }

    private static List<Integer> simultaneous(long seed) {
        SimQueue queue = queue(seed);
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            int number = i;
            queue.after(Duration.ofSeconds(1), () -> order.add(number));
        }
        queue.runUntil(Duration.ofSeconds(1));
        return order;
    }

    @Test
    void timeDecidesFirst() {
        SimQueue queue = queue(1);
        List<String> order = new ArrayList<>();
        queue.after(Duration.ofMillis(2), () -> order.add("later at " + queue.millis()));
        queue.after(Duration.ofMillis(1), () -> order.add("earlier at " + queue.millis()));
        queue.after(Duration.ofMillis(9), () -> order.add("too late"));
        queue.runUntil(Duration.ofMillis(5));
        assertThat(order).containsExactly("earlier at 1", "later at 2");
        assertThat(queue.millis()).isEqualTo(5);
    }

    @Test
    void theSeedOrdersWhatIsSimultaneous() {
        assertThat(simultaneous(1)).isEqualTo(simultaneous(1)).isNotEqualTo(simultaneous(2))
                .containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
    }

    @Test
    void aLoopKeepsTheOrderOfItsActionsAndADeadProcessDoesNothing() {
        SimQueue queue = queue(3);
        SimLog log = new SimLog(queue);
        SimProcess process = new SimProcess("p", queue, new SimRandom(3, "p"), new SimFailures(queue, log), () -> {
        });
        EventLoop loop = process.loop();
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            int number = i;
            loop.post(() -> order.add(number));
        }
        queue.runUntil(Duration.ofSeconds(1));
        assertThat(order).isSorted().hasSize(20);
        loop.post(() -> order.add(99));
        process.kill();
        queue.runUntil(Duration.ofSeconds(2));
        assertThat(order).doesNotContain(99);
    }

    @Test
    void whatWasValidLatelyIsRememberedForItsSpan() {
        Lately lately = new Lately(1_000);
        lately.add(0, 5);
        lately.add(100, 2);
        assertThat(lately.most(1_000)).isEqualTo(5);
        assertThat(lately.fewest(1_000)).isEqualTo(2);
        assertThat(lately.most(1_101)).isEqualTo(2);
        assertThat(lately.most(1_000_000)).isEqualTo(2);
    }
}
