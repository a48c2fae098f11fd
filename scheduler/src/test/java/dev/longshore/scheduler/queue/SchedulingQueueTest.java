package dev.longshore.scheduler.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.core.v1.PodSchedulingGate;
import dev.longshore.scheduler.TestPods;
import dev.longshore.scheduler.plugins.ClusterChange;
import dev.longshore.scheduler.plugins.Refusal;
import dev.longshore.scheduler.state.PodInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SchedulingQueueTest {
    private static final Instant START = Instant.ofEpochSecond(1_000);

    private final SchedulingQueue queue = new SchedulingQueue(BackOff.STANDARD);

    private static Instant at(long seconds) {
        return START.plusSeconds(seconds);
    }

    private static PodInfo pod(String name, int priority) {
        return TestPods.info(name, 100, spec -> spec.setPriority(priority));
    }

    private static Refusal refusal() {
        return new Refusal("default-scheduler", pod("p", 0).requirements(), 0, Set.of("NodeResourcesFit"),
                Set.of(ClusterChange.ROOM_FREED));
    }

    private List<String> drain(Instant now) {
        List<String> names = new ArrayList<>();
        for (Optional<QueuedPod> next = queue.next(now); next.isPresent(); next = queue.next(now)) {
            names.add(next.get().pod().uid());
        }
        return names;
    }

    @Test
    void priorityThenTimeThenArrivalDecideTheTurn() {
        queue.put(pod("late", 0), at(2));
        queue.put(pod("early", 0), at(1));
        queue.put(pod("early-too", 0), at(1));
        queue.put(pod("urgent", 10), at(3));
        assertThat(drain(at(3))).containsExactly("urgent", "early", "early-too", "late");
    }

    @Test
    void backOffDoublesUpToTenSeconds() {
        List<Long> seconds = new ArrayList<>();
        for (int attempts = 1; attempts <= 6; attempts++) {
            seconds.add(BackOff.STANDARD.after(attempts).toSeconds());
        }
        assertThat(seconds).containsExactly(1L, 2L, 4L, 8L, 10L, 10L);
    }

    @Test
    void aFailedPodWaitsForItsBackOff() {
        queue.put(pod("p", 0), START);
        queue.failed(queue.next(START).orElseThrow(), START);
        assertThat(queue.wakeAt()).contains(at(1));
        assertThat(drain(START.plusMillis(999))).isEmpty();
        QueuedPod second = queue.next(at(1)).orElseThrow();
        queue.failed(second, at(1));
        assertThat(queue.wakeAt()).contains(at(3));
    }

    @Test
    void onlyAChangeThatMayHelpMovesAnUnschedulablePod() {
        queue.put(pod("p", 0), START);
        queue.unschedulable(queue.next(START).orElseThrow(), refusal(), START);
        queue.changed(ClusterChange.NODE_LABELS, _ -> true, at(60));
        assertThat(drain(at(60))).isEmpty();
        queue.changed(ClusterChange.ROOM_FREED, _ -> true, at(60));
        assertThat(drain(at(60))).containsExactly("p");
    }

    @Test
    void aHelpfulChangeDoesNotShortenTheBackOff() {
        queue.put(pod("p", 0), START);
        queue.unschedulable(queue.next(START).orElseThrow(), refusal(), START);
        queue.changed(ClusterChange.ROOM_FREED, _ -> true, START);
        assertThat(queue.depth()).isEqualTo(new SchedulingQueue.Depth(0, 1, 0, 0));
        assertThat(drain(at(1))).containsExactly("p");
    }

    @Test
    void whatNothingHelpsIsTriedAgainAfterFiveMinutes() {
        queue.put(pod("p", 0), START);
        queue.unschedulable(queue.next(START).orElseThrow(), refusal(), START);
        assertThat(queue.wakeAt()).contains(START.plus(SchedulingQueue.LONGEST_WAIT));
        assertThat(drain(START.plus(Duration.ofSeconds(299)))).isEmpty();
        assertThat(drain(START.plus(Duration.ofMinutes(5)))).containsExactly("p");
    }

    @Test
    void aGatedPodIsHeldUntilItsGatesAreGone() {
        queue.put(TestPods.info("p", 100, spec -> spec.addSchedulingGates(PodSchedulingGate.newBuilder().setName("g"))),
                START);
        assertThat(queue.depth()).isEqualTo(new SchedulingQueue.Depth(0, 0, 0, 1));
        assertThat(drain(at(600))).isEmpty();
        queue.put(pod("p", 0), at(601));
        assertThat(drain(at(601))).containsExactly("p");
    }

    @Test
    void anUpdateWithOtherRequirementsFreesAnUnschedulablePod() {
        queue.put(pod("p", 0), START);
        queue.unschedulable(queue.next(START).orElseThrow(), refusal(), START);
        queue.put(pod("p", 0), at(30));
        assertThat(drain(at(30))).as("nothing that matters changed").isEmpty();
        queue.put(TestPods.info("p", 50), at(31));
        assertThat(drain(at(31))).containsExactly("p");
    }

    @Test
    void aRemovedPodIsNowhere() {
        queue.put(pod("p", 0), START);
        assertThat(queue.remove("p")).isTrue();
        assertThat(queue.remove("p")).isFalse();
        assertThat(queue.depth()).isEqualTo(new SchedulingQueue.Depth(0, 0, 0, 0));
    }
}
