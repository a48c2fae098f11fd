package dev.longshore.client.leader;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.ObjectKey;
import dev.longshore.api.ResourceTypes;
import dev.longshore.api.coordination.v1.Lease;
import dev.longshore.client.LeaderTerm;
import dev.longshore.client.fake.FakeApiClient;
import dev.longshore.client.fake.SimulatedTime;
import dev.longshore.common.time.Environment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class LeaderElectorTest {
    private static final ObjectKey LEASE = new ObjectKey("kube-system", "scheduler");

    private final SimulatedTime time = new SimulatedTime(1);
    private final Environment environment = time.inlineEnvironment();
    private final FakeApiClient client = new FakeApiClient(environment.clock(), environment.randomness());
    private final List<String> told = new ArrayList<>();

    private LeaderElector elector(String identity) {
        return new LeaderElector(LeaderConfig.of(LEASE, identity, "ended"::equals), client, environment,
                new Leadership() {
                    @Override
                    public void started(LeaderTerm term) {
                        assertThat(term.over(Optional.of(lease()))).isEmpty();
                        told.add(term.holder() + " leads " + term.number());
                    }

                    @Override
                    public void stopped() {
                        told.add(identity + " stops");
                    }
                });
    }

    private Lease lease() {
        return client.get(ResourceTypes.LEASES, LEASE);
    }

    @Test
    void theFirstLeadsAndTheSecondWaits() {
        LeaderElector first = elector("a");
        LeaderElector second = elector("b");
        first.start();
        second.start();
        time.advance(Duration.ofMinutes(5));

        assertThat(told).containsExactly("a leads 0");
        assertThat(first.isLeader()).isTrue();
        assertThat(second.isLeader()).isFalse();
        assertThat(lease().getSpec().getHolderIdentity()).isEqualTo("a");
    }

    @Test
    void aLeaderThatStopsHandsOverAtOnce() throws InterruptedException {
        LeaderElector first = elector("a");
        LeaderElector second = elector("b");
        first.start();
        second.start();
        first.beginStop();
        assertThat(first.awaitStopped(Duration.ZERO)).isTrue();
        time.advance(Duration.ofSeconds(4));

        assertThat(told).containsExactly("a leads 0", "a stops", "b leads 1");
    }

    private void leaveLease(String holder) {
        client.create(ResourceTypes.LEASES, ((LeaderDecision.Action.Create) LeaderDecision.decide(
                LeaderConfig.of(LEASE, holder, _ -> false), Optional.empty(), environment.clock().now(), 0)).lease());
    }

    @Test
    void aLeaseOfOneWhoIsKnownToHaveEndedIsTakenAtOnce() {
        leaveLease("ended");
        elector("b").start();
        time.advance(Duration.ofMillis(1));
        assertThat(told).containsExactly("b leads 1");
    }

    @Test
    void aLeaseThatNobodyRenewsIsTakenAfterItsDuration() {
        leaveLease("dead");
        LeaderElector second = elector("b");
        second.start();
        time.advance(Duration.ofSeconds(14));
        assertThat(told).isEmpty();
        time.advance(Duration.ofSeconds(4));
        assertThat(told).containsExactly("b leads 1");
    }

    @Test
    void aLeaderThatCannotRenewStopsBeforeAnotherMayStart() {
        LeaderElector first = elector("a");
        first.start();
        Lease taken = lease();
        client.update(ResourceTypes.LEASES, taken.toBuilder().setSpec(taken.getSpec().toBuilder()
                .setHolderIdentity("b")).build());
        time.advance(Duration.ofSeconds(3));

        assertThat(told).containsExactly("a leads 0", "a stops");
    }
}
