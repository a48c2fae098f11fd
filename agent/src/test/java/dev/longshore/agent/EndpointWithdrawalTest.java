package dev.longshore.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.agent.pods.WithdrawalGate;
import dev.longshore.api.core.v1.ObjectReference;
import dev.longshore.api.core.v1.Pod;
import dev.longshore.api.core.v1.PodIP;
import dev.longshore.api.discovery.v1.Endpoint;
import dev.longshore.api.discovery.v1.EndpointSlice;
import dev.longshore.common.time.Timers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EndpointWithdrawalTest {
    private static final long SETTLE = EndpointWithdrawal.SETTLE.toMillis();
    private static final long LIMIT = WithdrawalGate.FIXED_DELAY.toMillis();

    private final SteppedTimers timers = new SteppedTimers();
    private final EndpointWithdrawal gate = new EndpointWithdrawal(timers);
    private final List<Long> opened = new ArrayList<>();
    private long generation;

    @BeforeEach
    void noneOpen() {
        assertThat(opened).isEmpty();
    }

    private void await(Pod pod) {
        gate.await(pod, () -> opened.add(timers.nowMillis));
    }

    private void apply(EndpointSlice... slices) {
        gate.onApplied(++generation, List.of(slices));
    }

    @Test
    void aPodThatNoRuleLeadsToWaitsForTheOtherNodesOnly() {
        apply(slice(endpoint("other", true)));
        await(pod("u"));
        timers.passMillis(SETTLE);
        assertThat(opened).containsExactly(SETTLE);
    }

    @Test
    void aReadyEndpointHoldsThePodUntilTheRulesLeaveItOut() {
        apply(slice(endpoint("u", true)));
        await(pod("u"));
        timers.passMillis(SETTLE + 100);
        assertThat(opened).isEmpty();
        apply(slice(endpoint("u", false)));
        timers.passMillis(SETTLE);
        assertThat(opened).containsExactly(2 * SETTLE + 100);
    }

    @Test
    void withoutAnyRulesOrWhenTheyStayTheLimitOpens() {
        await(pod("u"));
        timers.passMillis(LIMIT - 1);
        apply(slice(endpoint("u", true)));
        assertThat(opened).isEmpty();
        timers.passMillis(1);
        assertThat(opened).containsExactly(LIMIT);
    }

    @Test
    void aPodThatComesBackWhileItSettlesWaitsAnew() {
        apply();
        await(pod("u"));
        timers.passMillis(100);
        apply(slice(endpoint("u", true)));
        timers.passMillis(SETTLE);
        assertThat(opened).isEmpty();
        apply();
        timers.passMillis(SETTLE);
        assertThat(opened).containsExactly(100 + 2 * SETTLE);
    }

    @Test
    void itOpensOnce() {
        apply();
        await(pod("u"));
        timers.passMillis(SETTLE);
        apply();
        timers.passMillis(2 * LIMIT);
        assertThat(opened).hasSize(1);
    }

    @Test
    void anEndpointWithoutReferenceIsKnownByItsAddress() {
        apply(slice(Endpoint.newBuilder().addAddresses("10.1.0.2").build()));
        await(pod("u"));
        timers.passMillis(SETTLE);
        assertThat(opened).isEmpty();
        timers.passMillis(LIMIT);
        assertThat(opened).hasSize(1);
    }

    private static Pod pod(String uid) {
        Pod.Builder pod = Pod.newBuilder();
        pod.getMetadataBuilder().setUid(uid);
        pod.getStatusBuilder().addPodIPs(PodIP.newBuilder().setIp("10.1.0.2"));
        return pod.build();
    }

    private static Endpoint endpoint(String uid, boolean ready) {
        Endpoint.Builder endpoint = Endpoint.newBuilder().addAddresses("10.1.0.2")
                .setTargetRef(ObjectReference.newBuilder().setKind("Pod").setUid(uid));
        endpoint.getConditionsBuilder().setReady(ready);
        return endpoint.build();
    }

    private static EndpointSlice slice(Endpoint... endpoints) {
        return EndpointSlice.newBuilder().addAllEndpoints(List.of(endpoints)).build();
    }

    /** Timers that fire when the test lets time pass. */
    private static final class SteppedTimers implements Timers {
        private record Due(long atMillis, Runnable action) {}

        private final List<Due> due = new ArrayList<>();
        private long nowMillis;

        @Override
        public Timer after(Duration delay, Runnable action) {
            Due entry = new Due(nowMillis + delay.toMillis(), action);
            due.add(entry);
            return () -> due.remove(entry);
        }

        void passMillis(long millis) {
            long end = nowMillis + millis;
            while (true) {
                var next = due.stream().filter(entry -> entry.atMillis() <= end)
                        .min(Comparator.comparingLong(Due::atMillis));
                if (next.isEmpty()) {
                    nowMillis = end;
                    return;
                }
                due.remove(next.get());
                nowMillis = next.get().atMillis();
                next.get().action().run();
            }
        }
    }
}
