package dev.longshore.scheduler.plugins;

import dev.longshore.scheduler.explain.Verdict;
import dev.longshore.scheduler.state.PodRequirements;
import java.util.Optional;

/** Refuses a pod whose demand no rule here can check, instead of placing it as if it had none. */
final class UnsupportedDemand implements PodRule {
    @Override
    public Optional<Verdict> refuse(PodRequirements pod) {
        return pod.unsupported().isEmpty()
                ? Optional.empty()
                : Optional.of(Verdict.unresolvable("UnsupportedDemand",
                        "this scheduler cannot honour spec." + pod.unsupported()));
    }
}
