package dev.longshore.client.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.common.time.Clock;
import dev.longshore.common.time.Environment;
import dev.longshore.common.time.Randomness;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class WorkQueueTest {
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final List<Duration> delays = new ArrayList<>();
    private final List<Runnable> timers = new ArrayList<>();
    private final List<String> done = new ArrayList<>();
    private final Map<String, Turn> turns = new HashMap<>();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    private WorkQueue<String> queue(int workers) {
        Clock clock = new Clock() {
            @Override
            public Instant now() {
                return Instant.EPOCH;
            }

            @Override
            public long nanos() {
                return 0;
            }
        };
        Randomness middle = new Randomness() {
            @Override
            public int below(int bound) {
                return bound / 2;
            }

            @Override
            public String uuid() {
                return "";
            }

            @Override
            public double fraction() {
                return 0;
            }
        };
        Environment environment = new Environment(clock, (delay, action) -> {
            delays.add(delay);
            timers.add(action);
            return () -> timers.remove(action);
        }, middle, tasks::add);
        QueueLimits limits = new QueueLimits(workers, Duration.ofMillis(10), Duration.ofMillis(100));
        return new WorkQueue<>("test", limits, environment, meters, key -> {
            done.add(key);
            return turns.getOrDefault(key, new Turn.Done());
        });
    }

    private void runTasks() {
        while (!tasks.isEmpty()) {
            tasks.remove().run();
        }
    }

    @Test
    void aKeyWaitsOnceAndInOrder() {
        WorkQueue<String> queue = queue(1);
        queue.add("a");
        queue.add("a");
        queue.add("b");
        assertThat(tasks).as("nothing runs before the start").isEmpty();
        queue.start();
        runTasks();
        assertThat(done).containsExactly("a", "b");
        assertThat(meters.get("workqueue_adds_total").counter().count()).isEqualTo(2);
    }

    @Test
    void aKeyIsNeverWorkedOnTwiceAtOnce() {
        WorkQueue<String> queue = queue(3);
        queue.start();
        queue.add("a");
        queue.add("b");
        queue.add("a");
        assertThat(tasks).hasSize(2);
        runTasks();
        assertThat(done).containsExactly("a", "b", "a");
    }

    @Test
    void failuresBackOffUpToTheCapAndSuccessResets() {
        WorkQueue<String> queue = queue(1);
        queue.start();
        turns.put("a", new Turn.Failed());
        queue.add("a");
        runTasks();
        for (int i = 0; i < 5; i++) {
            timers.removeFirst().run();
            runTasks();
        }
        assertThat(delays.stream().map(Duration::toMillis)).containsExactly(5L, 10L, 20L, 40L, 50L, 50L);
        turns.put("a", new Turn.Done());
        timers.removeFirst().run();
        runTasks();
        turns.put("a", new Turn.Failed());
        queue.add("a");
        runTasks();
        assertThat(delays.getLast().toMillis()).isEqualTo(5);
    }

    @Test
    void theEarliestDelayCountsAndAnAddOverridesIt() {
        WorkQueue<String> queue = queue(1);
        queue.start();
        queue.addAfter("a", Duration.ofSeconds(5));
        queue.addAfter("a", Duration.ofSeconds(9));
        assertThat(timers).hasSize(1);
        queue.add("a");
        assertThat(timers).isEmpty();
        runTasks();
        assertThat(done).containsExactly("a");
    }

    @Test
    void aStoppedQueueStartsNothing() {
        WorkQueue<String> queue = queue(1);
        queue.start();
        queue.addAfter("a", Duration.ofSeconds(1));
        queue.stop();
        queue.add("b");
        runTasks();
        assertThat(done).isEmpty();
        assertThat(timers).isEmpty();
        assertThat(queue.idle()).isTrue();
    }
}
