package dev.longshore.apiserver.resources;

import dev.longshore.api.ResourceTypes;
import dev.longshore.api.coordination.v1.Lease;
import dev.longshore.api.meta.v1.StatusCause;
import java.util.List;

/** Leases. */
final class LeaseResource extends GenericStrategy<Lease> {
    LeaseResource() {
        super(ResourceTypes.LEASES);
    }

    /** Coordinated leader election is not offered: its fields are dropped with a warning. */
    @Override
    public Lease defaults(Lease lease) {
        Lease.Builder filled = super.defaults(lease).toBuilder();
        filled.getSpecBuilder().clearPreferredHolder().clearStrategy();
        return filled.build();
    }

    @Override
    public List<String> warnings(Lease lease) {
        return lease.getSpec().hasPreferredHolder() || lease.getSpec().hasStrategy()
                ? List.of("spec.preferredHolder and spec.strategy are dropped: coordinated leader election is"
                        + " not supported")
                : List.of();
    }

    @Override
    public List<StatusCause> validate(Lease lease) {
        Causes causes = new Causes();
        causes.addAll(super.validate(lease));
        if (lease.getSpec().hasLeaseDurationSeconds() && lease.getSpec().getLeaseDurationSeconds() <= 0) {
            causes.invalid("spec.leaseDurationSeconds", lease.getSpec().getLeaseDurationSeconds(),
                    "must be greater than 0");
        }
        if (lease.getSpec().hasLeaseTransitions()) {
            Checks.notNegative("spec.leaseTransitions", lease.getSpec().getLeaseTransitions(), causes);
        }
        return causes.list();
    }
}
