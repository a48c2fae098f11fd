package dev.longshore.scheduler.plugins;

import dev.longshore.scheduler.explain.Verdict;
import dev.longshore.scheduler.state.PodGroup;
import dev.longshore.scheduler.state.PodRequirements;
import dev.longshore.scheduler.state.Topology;
import java.util.BitSet;

/** Refuses nodes of domains where one more pod would exceed the emptiest domain by more than the skew allowed. */
final class SpreadFilter implements DomainFilter {
    private static final Verdict UNEVEN = Verdict.resolvable(PodTopologySpread.NAME,
            "node(s) didn't match pod topology spread constraints");
    private static final Verdict NO_LABEL = Verdict.unresolvable(PodTopologySpread.NAME,
            "node(s) didn't match pod topology spread constraints (missing required label)");

    private final PodRequirements pod;
    private final SpreadConstraints constraints;
    private final BitSet full = new BitSet();

    SpreadFilter(PodRequirements pod, SpreadConstraints constraints) {
        this.pod = pod;
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
            topology.addMembers(Topology.NONE, full);
            rejections.remove(candidates, full, NO_LABEL);
            full.clear();
            double most = most(each);
            double[] sums = each.counts().sums();
            for (int domain = Topology.NONE + 1; domain < sums.length; domain++) {
                if (sums[domain] > most) {
                    topology.addMembers(domain, full);
                }
            }
            rejections.remove(candidates, full, UNEVEN);
        }
    }

    /** With how many pods a domain may still take this one. */
    private double most(SpreadConstraints.Counted each) {
        boolean countsItself = each.constraint().selector().matches(pod.traits().labels());
        return each.constraint().maxSkew() + emptiest(each) - (countsItself ? 1 : 0);
    }

    /** The fewest pods of a domain that has a node which counts; 0 while there are fewer domains than wanted. */
    private static double emptiest(SpreadConstraints.Counted each) {
        BitSet domains = each.domains();
        if (domains.cardinality() < each.constraint().minDomains()) {
            return 0;
        }
        double fewest = Integer.MAX_VALUE;
        double[] sums = each.counts().sums();
        for (int domain = domains.nextSetBit(0); domain >= 0; domain = domains.nextSetBit(domain + 1)) {
            fewest = Math.min(fewest, sums[domain]);
        }
        return fewest;
    }
}
