package dev.longshore.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.longshore.api.ResourceTypes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class ReadinessTest {
    private final List<Boolean> told = Collections.synchronizedList(new ArrayList<>());

    private Readiness of(boolean leading) {
        Readiness readiness = new Readiness(leading, change -> told.add(change.leading()));
        readiness.await(ResourceTypes.NODES);
        readiness.await(ResourceTypes.PODS);
        return readiness;
    }

    @Test
    void whoLeadsPlacesOnceAllIsKnown() {
        Readiness readiness = of(true);
        readiness.known(ResourceTypes.NODES);
        assertThat(readiness.ready()).isFalse();
        readiness.known(ResourceTypes.PODS);
        assertThat(readiness.ready()).isTrue();
        assertThat(told).containsExactly(false, true);
    }

    @Test
    void whoKnowsAllPlacesWhileItLeads() {
        Readiness readiness = of(false);
        readiness.known(ResourceTypes.NODES);
        readiness.known(ResourceTypes.PODS);
        readiness.leads(true);
        readiness.leads(false);
        assertThat(readiness.ready()).isTrue();
        assertThat(told).containsExactly(false, false, true, false);
    }

    @Test
    void aListAfterAnExpiredWatchChangesNothing() {
        Readiness readiness = of(true);
        readiness.known(ResourceTypes.NODES);
        readiness.known(ResourceTypes.PODS);
        readiness.known(ResourceTypes.NODES);
        assertThat(told).containsExactly(false, true, true);
    }

    /** Two informers are ready at the same time, and the one that is not the last is slow to pass its "no" on. */
    @Test
    void whatIsToldLastIsTrueLast() throws InterruptedException {
        CountDownLatch firstTells = new CountDownLatch(1);
        List<Thread> second = new ArrayList<>();
        Readiness readiness = new Readiness(true, change -> {
            if (!change.leading()) {
                firstTells.countDown();
                await().until(() -> !told.isEmpty() || second.getFirst().getState() == Thread.State.BLOCKED);
            }
            told.add(change.leading());
        });
        readiness.await(ResourceTypes.NODES);
        readiness.await(ResourceTypes.PODS);
        Thread first = Thread.ofPlatform().unstarted(() -> readiness.known(ResourceTypes.NODES));
        second.add(Thread.ofPlatform().unstarted(() -> readiness.known(ResourceTypes.PODS)));
        first.start();
        firstTells.await();
        second.getFirst().start();
        first.join();
        second.getFirst().join();
        assertThat(told).containsExactly(false, true);
    }
}
