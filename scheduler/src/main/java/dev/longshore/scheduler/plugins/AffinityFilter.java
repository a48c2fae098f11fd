package dev.longshore.scheduler.plugins;

import dev.longshore.scheduler.explain.Verdict;
import dev.longshore.scheduler.state.ClusterState;
import dev.longshore.scheduler.state.PodGroup;
import dev.longshore.scheduler.state.PodRequirements;
import dev.longshore.scheduler.state.PodTerm;
import dev.longshore.scheduler.state.PodTraits;
import dev.longshore.scheduler.state.Topology;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Required affinity and anti-affinity of the pod, and required anti-affinity of the pods already placed.
 *
 * <p>For affinity a placed pod counts if it matches all terms. While none does anywhere, a pod that matches its own
 * terms may be the first, on any node that has the topology keys.
 */
final class AffinityFilter implements DomainFilter {
    private static final Verdict ALONE = Verdict.unresolvable(InterPodAffinity.NAME,
            "node(s) didn't match pod affinity rules");
    private static final Verdict DISLIKES = Verdict.resolvable(InterPodAffinity.NAME,
            "node(s) didn't match pod anti-affinity rules");
    private static final Verdict DISLIKED = Verdict.resolvable(InterPodAffinity.NAME,
            "node(s) didn't satisfy existing pods anti-affinity rules");

    private final PodTraits pod;
    private final ClusterState state;
    private final List<PodTerm> wanted;
    private final List<PodTerm> unwanted;
    private final List<DomainCounts> wantedPods;
    private final List<DomainCounts> unwantedPods;
    /** By topology key: the placed pods that want this one nowhere in their domain. */
    private final SortedMap<String, DomainCounts> opponents = new TreeMap<>();
    private final List<DomainCounts> opponentPods = new ArrayList<>();
    private final List<DomainCounts> counts = new ArrayList<>();
    private final GroupTally tally = new GroupTally(this::contributions);
    private final boolean mayBeFirst;

    AffinityFilter(PodRequirements requirements, ClusterState state) {
        this.pod = requirements.traits();
        this.state = state;
        this.wanted = pod.terms().requiredAffinity();
        this.unwanted = pod.terms().requiredAntiAffinity();
        this.wantedPods = wanted.stream().map(term -> counts(term.topologyKey())).toList();
        this.unwantedPods = unwanted.stream().map(term -> counts(term.topologyKey())).toList();
        this.mayBeFirst = matchesAll(wanted, pod);
        boolean hasTerms = !wanted.isEmpty() || !unwanted.isEmpty();
        tally.countAll(hasTerms ? state.groups().all() : state.groups().withTerms());
    }

    private DomainCounts counts(String topologyKey) {
        DomainCounts made = new DomainCounts(state.topology(topologyKey), state.present());
        counts.add(made);
        return made;
    }

    private DomainCounts opponents(String topologyKey) {
        DomainCounts made = counts(topologyKey);
        opponentPods.add(made);
        return made;
    }

    private List<GroupTally.Contribution> contributions(PodGroup group) {
        List<GroupTally.Contribution> contributions = new ArrayList<>();
        if (matchesAll(wanted, group.traits())) {
            wantedPods.forEach(counts -> contributions.add(new GroupTally.Contribution(counts, 1)));
        }
        for (int i = 0; i < unwanted.size(); i++) {
            if (matches(unwanted.get(i), group.traits())) {
                contributions.add(new GroupTally.Contribution(unwantedPods.get(i), 1));
            }
        }
        for (PodTerm term : group.traits().terms().requiredAntiAffinity()) {
            if (matches(term, pod)) {
                contributions.add(new GroupTally.Contribution(
                        opponents.computeIfAbsent(term.topologyKey(), this::opponents), 1));
            }
        }
        return List.copyOf(contributions);
    }

    private boolean matchesAll(List<PodTerm> terms, PodTraits traits) {
        return !terms.isEmpty() && terms.stream().allMatch(term -> matches(term, traits));
    }

    private boolean matches(PodTerm term, PodTraits traits) {
        return term.selector().matches(traits, state.namespaces().labels(traits.namespace()));
    }

    @Override
    public boolean idle() {
        return wanted.isEmpty() && unwanted.isEmpty() && DomainCounts.noHits(opponentPods);
    }

    @Override
    public void changed(int slot, PodGroup group, int by) {
        tally.changed(slot, group, by);
    }

    @Override
    public void filter(BitSet candidates, Rejections rejections) {
        if (!wanted.isEmpty()) {
            filterWanted(candidates, rejections);
        }
        unwantedPods.forEach(counts -> removeOccupied(counts, candidates, rejections, DISLIKES));
        opponentPods.forEach(counts -> removeOccupied(counts, candidates, rejections, DISLIKED));
    }

    private void filterWanted(BitSet candidates, Rejections rejections) {
        boolean first = isFirst();
        for (int i = 0; i < wanted.size(); i++) {
            rejections.retain(candidates, first
                    ? state.labels().having(wanted.get(i).topologyKey())
                    : wantedPods.get(i).occupied(), ALONE);
        }
    }

    /** Whether the pod may go anywhere as there is no other that it wants to be near. */
    private boolean isFirst() {
        return mayBeFirst && DomainCounts.noHits(wantedPods);
    }

    @Override
    public boolean accepts(int slot) {
        return !isOccupied(unwantedPods, slot) && !isOccupied(opponentPods, slot)
                && (wanted.isEmpty() || acceptsWanted(slot));
    }

    private static boolean isOccupied(List<DomainCounts> any, int slot) {
        for (int i = 0; i < any.size(); i++) {
            if (any.get(i).occupied().get(slot)) {
                return true;
            }
        }
        return false;
    }

    private boolean acceptsWanted(int slot) {
        boolean first = isFirst();
        for (int i = 0; i < wantedPods.size(); i++) {
            DomainCounts each = wantedPods.get(i);
            if (!(first ? each.topology().domain(slot) != Topology.NONE : each.occupied().get(slot))) {
                return false;
            }
        }
        return true;
    }

    @Override
    public List<DomainCounts> counts() {
        return counts;
    }

    private static void removeOccupied(DomainCounts counts, BitSet candidates, Rejections rejections, Verdict verdict) {
        rejections.remove(candidates, counts.occupied(), verdict);
    }
}
