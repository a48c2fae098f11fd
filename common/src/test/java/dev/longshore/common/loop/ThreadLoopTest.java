package dev.longshore.common.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longshore.common.time.SystemEnvironment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ThreadLoopTest {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final SystemEnvironment system = new SystemEnvironment();
    private final CompletableFuture<Throwable> fault = new CompletableFuture<>();

    @AfterEach
    void close() {
        system.close();
    }

    private ThreadLoop loop(int limit) {
        return new ThreadLoop("test", limit, system.environment().timers(), (_, cause) -> fault.complete(cause));
    }

    @Test
    void actionsRunInTheOrderPostedOnTheOwnerThread() throws Exception {
        ThreadLoop loop = loop(100);
        List<Integer> seen = new ArrayList<>();
        CompletableFuture<Boolean> owner = new CompletableFuture<>();
        for (int i = 0; i < 50; i++) {
            int number = i;
            loop.post(() -> seen.add(number));
        }
        loop.post(() -> owner.complete(loop.isOwner()));
        loop.start();
        assertThat(owner.get(10, TimeUnit.SECONDS)).isTrue();
        assertThat(loop.isOwner()).isFalse();
        assertThat(seen).hasSize(50).isSorted();
        loop.beginStop();
        assertThat(loop.awaitStopped(LIMIT)).isTrue();
    }

    @Test
    void aFullQueueRefusesAndLosesNothingThatItTook() {
        ThreadLoop loop = loop(2);
        loop.post(() -> {
        });
        loop.post(() -> {
        });
        assertThatThrownBy(() -> loop.post(() -> {
        })).isInstanceOf(LoopFullException.class).hasMessageContaining("limit=2");
        assertThat(loop.depth()).isEqualTo(2);
    }

    @Test
    void aStoppedLoopRefuses() throws Exception {
        ThreadLoop loop = loop(2);
        loop.start();
        loop.beginStop();
        assertThat(loop.awaitStopped(LIMIT)).isTrue();
        assertThatThrownBy(() -> loop.post(() -> {
        })).isInstanceOf(LoopClosedException.class);
    }

    @Test
    void stoppingWakesALoopThatWaitsAndOneWhoseQueueIsFull() throws Exception {
        ThreadLoop full = loop(1);
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        full.start();
        full.post(() -> {
            running.countDown();
            awaitQuietly(release);
        });
        assertThat(running.await(10, TimeUnit.SECONDS)).isTrue();
        full.post(() -> {
        });
        full.beginStop();
        release.countDown();
        assertThat(full.awaitStopped(LIMIT)).isTrue();
    }

    @Test
    void anActionThatThrowsGoesToTheFaultHandlerAndEndsTheLoop() throws Exception {
        ThreadLoop loop = loop(2);
        loop.start();
        loop.post(() -> {
            throw new IllegalStateException("broken invariant");
        });
        assertThat(fault.get(10, TimeUnit.SECONDS)).hasMessage("broken invariant");
        assertThat(loop.awaitStopped(LIMIT)).isTrue();
    }

    @Test
    void aTimedActionThatFindsNoRoomIsAFault() throws Exception {
        ThreadLoop loop = loop(1);
        loop.post(() -> {
        });
        loop.postAfter(Duration.ofMillis(1), () -> {
        });
        assertThat(fault.get(10, TimeUnit.SECONDS)).isInstanceOf(LoopFullException.class);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
