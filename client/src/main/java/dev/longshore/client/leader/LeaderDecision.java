package dev.longshore.client.leader;

import dev.longshore.api.coordination.v1.Lease;
import dev.longshore.api.coordination.v1.LeaseSpec;
import dev.longshore.api.meta.v1.MicroTime;
import dev.longshore.api.meta.v1.ObjectMeta;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What a candidate does next: a pure function of the Lease it sees, when it first saw the Lease like that, and now.
 * Another's lease is judged by how long it has not changed on this machine's own monotonic clock, never by the times
 * written in it, so clocks may differ between machines.
 */
final class LeaderDecision {
    private LeaderDecision() {
    }

    /** The state of the Lease and the moment, in this process's nanoseconds, since which it is unchanged. */
    record Observation(Lease lease, long sinceNanos) {
        /** The same lease keeps its moment; a changed one gets {@code nowNanos}. */
        static Observation of(Optional<Observation> before, Lease lease, long nowNanos) {
            return before.filter(old -> old.lease().getSpec().equals(lease.getSpec()))
                    .map(old -> new Observation(lease, old.sinceNanos()))
                    .orElseGet(() -> new Observation(lease, nowNanos));
        }
    }

    /** What to do. */
    sealed interface Action {
        /** Nobody has ever led. */
        record Create(Lease lease) implements Action {}

        /** Stay leader or become it; succeeds only if the Lease is still the one seen. */
        record Write(Lease lease) implements Action {}

        /** Another one leads. */
        record Wait(String holder) implements Action {}
    }

    /** @param now wall time, written into the Lease for people */
    static Action decide(LeaderConfig config, Optional<Observation> seen, Instant now, long nowNanos) {
        if (seen.isEmpty()) {
            ObjectMeta meta = ObjectMeta.newBuilder().setNamespace(config.lease().namespace())
                    .setName(config.lease().name()).build();
            return new Action.Create(Lease.newBuilder().setMetadata(meta)
                    .setSpec(spec(config, now).setAcquireTime(time(now)).setLeaseTransitions(0)).build());
        }
        LeaseSpec current = seen.get().lease().getSpec();
        if (current.getHolderIdentity().equals(config.identity())) {
            return write(seen.get(), spec(config, now).setAcquireTime(current.getAcquireTime())
                    .setLeaseTransitions(current.getLeaseTransitions()));
        }
        if (!current.getHolderIdentity().isEmpty() && nowNanos - seen.get().sinceNanos() < durationNanos(current)
                && !config.ended().test(current.getHolderIdentity())) {
            return new Action.Wait(current.getHolderIdentity());
        }
        return write(seen.get(), spec(config, now).setAcquireTime(time(now))
                .setLeaseTransitions(current.getLeaseTransitions() + 1));
    }

    /** The Lease as its holder leaves it, so that the next leader need not wait. */
    static Lease released(Lease held, Instant now) {
        LeaseSpec spec = held.getSpec().toBuilder().setHolderIdentity("").setLeaseDurationSeconds(1)
                .setRenewTime(time(now)).build();
        return held.toBuilder().setSpec(spec).build();
    }

    private static Action.Write write(Observation seen, LeaseSpec.Builder spec) {
        return new Action.Write(seen.lease().toBuilder().setSpec(spec).build());
    }

    private static LeaseSpec.Builder spec(LeaderConfig config, Instant now) {
        return LeaseSpec.newBuilder().setHolderIdentity(config.identity())
                .setLeaseDurationSeconds((int) config.leaseDuration().toSeconds()).setRenewTime(time(now));
    }

    private static long durationNanos(LeaseSpec spec) {
        return Duration.ofSeconds(spec.getLeaseDurationSeconds()).toNanos();
    }

    private static MicroTime time(Instant now) {
        return MicroTime.newBuilder().setSeconds(now.getEpochSecond()).setNanos(now.getNano() / 1_000 * 1_000).build();
    }
}
