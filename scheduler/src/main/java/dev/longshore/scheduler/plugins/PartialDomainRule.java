package dev.longshore.scheduler.plugins;

import dev.longshore.scheduler.state.ClusterState;
import dev.longshore.scheduler.state.PodGroup;
import dev.longshore.scheduler.state.PodRequirements;
import java.util.BitSet;
import java.util.List;
import java.util.Set;

/** A rule of which a profile uses the filter alone, or the score alone. */
record PartialDomainRule(DomainRule rule, boolean filters) implements DomainRule {
    /** Says nothing and counts nothing. */
    private static final class Silence implements DomainFilter, DomainScore {
        @Override
        public boolean idle() {
            return true;
        }

        @Override
        public void changed(int slot, PodGroup group, int by) {
            // Nothing to count.
        }

        @Override
        public void filter(BitSet candidates, Rejections rejections) {
            // Every node will do.
        }

        @Override
        public void score(BitSet feasible, double[] normalised) {
            throw new IllegalStateException("an idle score is not asked");
        }

        @Override
        public boolean accepts(int slot) {
            return true;
        }

        @Override
        public void score(NodeSample feasible, double[] normalised) {
            throw new IllegalStateException("an idle score is not asked");
        }

        @Override
        public List<DomainCounts> counts() {
            return List.of();
        }
    }

    private static final Silence SILENCE = new Silence();

    @Override
    public String name() {
        return rule.name();
    }

    @Override
    public int weight() {
        return rule.weight();
    }

    @Override
    public Set<ClusterChange> helpedBy() {
        return rule.helpedBy();
    }

    @Override
    public boolean mayHelp(Refusal refused, ClusterEvent event, ClusterState state) {
        return rule.mayHelp(refused, event, state);
    }

    @Override
    public DomainFilter filterFor(PodRequirements pod, ClusterState state) {
        return filters ? rule.filterFor(pod, state) : SILENCE;
    }

    @Override
    public DomainScore scoreFor(PodRequirements pod, ClusterState state) {
        return filters ? SILENCE : rule.scoreFor(pod, state);
    }
}
