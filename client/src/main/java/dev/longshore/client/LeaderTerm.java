package dev.longshore.client;

import dev.longshore.api.ObjectKey;
import dev.longshore.api.coordination.v1.Lease;
import java.util.Optional;

/**
 * The time during which one process leads: the fencing token of its writes. Whoever checks it compares it with the
 * Lease, so writes of a leader that has not noticed the end of its term are refused.
 *
 * @param lease  the Lease of the election
 * @param holder the leader's identity
 * @param number the Lease's {@code leaseTransitions} while it leads
 */
public record LeaderTerm(ObjectKey lease, String holder, long number) {
    /** Of a process that leads without an election; it is never over. */
    public static final LeaderTerm ALWAYS = new LeaderTerm(ObjectKey.cluster(""), "", 0);

    public boolean isAlways() {
        return equals(ALWAYS);
    }

    /** Why this term is over, by the Lease as it is now; empty while it lasts. */
    public Optional<String> over(Optional<Lease> now) {
        if (isAlways()) {
            return Optional.empty();
        }
        String mine = "term " + number + " of \"" + holder + "\" is over: ";
        if (now.isEmpty()) {
            return Optional.of(mine + "there is no lease " + lease);
        }
        String holderNow = now.get().getSpec().getHolderIdentity();
        int numberNow = now.get().getSpec().getLeaseTransitions();
        return holder.equals(holderNow) && number == numberNow
                ? Optional.empty()
                : Optional.of(mine + "it is term " + numberNow + " of \"" + holderNow + "\" now");
    }
}
