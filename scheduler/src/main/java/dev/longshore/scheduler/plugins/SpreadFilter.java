package dev.longshore.scheduler.plugins;

import dev.longshore.scheduler.explain.Verdict;
import dev.longshore.scheduler.state.PodGroup;
import dev.longshore.scheduler.state.Topology;
import java.util.BitSet;
import java.util.List;

/** Refuses nodes of domains where one more pod would exceed the emptiest domain by more than the skew allowed. */
final class SpreadFilter implements DomainFilter {
    private static final Verdict UNEVEN = Verdict.resolvable(PodTopologySpread.NAME,
            "node(s) didn't match pod topology spread constraints");
    private static final Verdict NO_LABEL = Verdict.unresolvable(PodTopologySpread.NAME,
            "node(s) didn't match pod topology spread constraints (missing required label)");

    private final SpreadConstraints constraints;
    private final BitSet full = new BitSet();

    SpreadFilter(SpreadConstraints constraints) {
        this.constraints = constraints;
    }

    @Override
    public boolean idle() {
        return constraints.all().isEmpty();
    }

    @Override
    public void changed(int slot, PodGroup group, int by) {
        constraints.changed(slot, group, by);
    }

    @Override
    public void filter(BitSet candidates, Rejections rejections) {
        for (SpreadConstraints.Counted each : constraints.all()) {
            Topology topology = each.counts().topology();
            full.clear();
            topology.eachMember(Topology.NONE, full::set);
            rejections.remove(candidates, full, NO_LABEL);
            full.clear();
            double most = most(each);
            double[] sums = each.counts().sums();
            for (int domain = Topology.NONE + 1; domain < sums.length; domain++) {
                if (sums[domain] > most) {
                    topology.eachMember(domain, full::set);
                }
            }
            rejections.remove(candidates, full, UNEVEN);
        }
    }

    @Override
    public boolean accepts(int slot) {
        List<SpreadConstraints.Counted> all = constraints.all();
        for (int i = 0; i < all.size(); i++) {
            double number = all.get(i).counts().at(slot);
            if (number == Double.NEGATIVE_INFINITY || number > most(all.get(i))) {
                return false;
            }
        }
        return true;
    }

    @Override
    public List<DomainCounts> counts() {
        return constraints.counts();
    }

    /** With how many pods a domain may still take this one. While there are fewer domains than wanted, one is empty. */
    private static double most(SpreadConstraints.Counted each) {
        double fewest = each.enoughDomains() ? each.counts().lowest() : 0;
        return each.constraint().maxSkew() + fewest - (each.countsItself() ? 1 : 0);
    }
}
