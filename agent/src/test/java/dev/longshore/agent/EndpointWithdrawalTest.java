package dev.longshore.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.agent.pods.WithdrawalGate;
import dev.longshore.api.core.v1.ObjectReference;
import dev.longshore.api.core.v1.Pod;
import dev.longshore.api.core.v1.PodIP;
import dev.longshore.api.discovery.v1.Endpoint;
import dev.longshore.api.discovery.v1.EndpointSlice;
import dev.longshore.client.fake.SimulatedTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EndpointWithdrawalTest {
    private static final long SETTLE = EndpointWithdrawal.SETTLE.toMillis();
    private static final long LIMIT = WithdrawalGate.FIXED_DELAY.toMillis();

    private final SimulatedTime time = new SimulatedTime(1);
    private final Instant begin = time.now();
    private final EndpointWithdrawal gate = new EndpointWithdrawal(time.environment().timers());
    private final List<Long> opened = new ArrayList<>();
    private long generation;

    @BeforeEach
    void noneOpen() {
        assertThat(opened).isEmpty();
    }

    private void await(Pod pod) {
        gate.await(pod, () -> opened.add(Duration.between(begin, time.now()).toMillis()));
    }

    private void passMillis(long millis) {
        time.advance(Duration.ofMillis(millis));
    }

    private void apply(EndpointSlice... slices) {
        gate.onApplied(++generation, List.of(slices));
    }

    @Test
    void aPodThatNoRuleLeadsToWaitsForTheOtherNodesOnly() {
        apply(slice(endpoint("other", true)));
        await(pod("u"));
        passMillis(SETTLE);
        assertThat(opened).containsExactly(SETTLE);
    }

    @Test
    void aReadyEndpointHoldsThePodUntilTheRulesLeaveItOut() {
        apply(slice(endpoint("u", true)));
        await(pod("u"));
        passMillis(SETTLE + 100);
        assertThat(opened).isEmpty();
        apply(slice(endpoint("u", false)));
        passMillis(SETTLE);
        assertThat(opened).containsExactly(2 * SETTLE + 100);
    }

    @Test
    void withoutAnyRulesOrWhenTheyStayTheLimitOpens() {
        await(pod("u"));
        passMillis(LIMIT - 1);
        apply(slice(endpoint("u", true)));
        assertThat(opened).isEmpty();
        passMillis(1);
        assertThat(opened).containsExactly(LIMIT);
    }

    @Test
    void aPodThatComesBackWhileItSettlesWaitsAnew() {
        apply();
        await(pod("u"));
        passMillis(100);
        apply(slice(endpoint("u", true)));
        passMillis(SETTLE);
        assertThat(opened).isEmpty();
        apply();
        passMillis(SETTLE);
        assertThat(opened).containsExactly(100 + 2 * SETTLE);
    }

    @Test
    void itOpensOnce() {
        apply();
        await(pod("u"));
        passMillis(SETTLE);
        apply();
        passMillis(2 * LIMIT);
        assertThat(opened).hasSize(1);
    }

    @Test
    void anEndpointWithoutReferenceIsKnownByItsAddress() {
        apply(slice(Endpoint.newBuilder().addAddresses("10.1.0.2").build()));
        await(pod("u"));
        passMillis(SETTLE);
        assertThat(opened).isEmpty();
        passMillis(LIMIT);
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
}
