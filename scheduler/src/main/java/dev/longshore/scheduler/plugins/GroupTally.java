package dev.longshore.scheduler.plugins;

import dev.longshore.scheduler.state.PodGroup;
import dev.longshore.scheduler.state.UsageChange;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Keeps domain counts true, asking once for each group of pods which of the counts its pods add to. */
final class GroupTally implements UsageChange {
    /** Groups whose answer is remembered; beyond, all are asked again. */
    private static final int REMEMBERED = 4_096;

    private final Function<PodGroup, List<Contribution>> ask;
    private final Map<PodGroup, List<Contribution>> known = new HashMap<>();

    /** What one pod of a group adds to a count. */
    record Contribution(DomainCounts counts, long amount) {}

    GroupTally(Function<PodGroup, List<Contribution>> ask) {
        this.ask = ask;
    }

    /** Counts all pods of these groups. */
    void countAll(Collection<PodGroup> groups) {
        for (PodGroup group : groups) {
            for (Contribution contribution : of(group)) {
                group.eachSlot(slot -> contribution.counts.add(slot, contribution.amount, 1));
            }
        }
    }

    @Override
    public void changed(int slot, PodGroup group, int by) {
        List<Contribution> contributions = of(group);
        for (int i = 0; i < contributions.size(); i++) {
            Contribution each = contributions.get(i);
            each.counts.add(slot, by * each.amount, by);
        }
    }

    private List<Contribution> of(PodGroup group) {
        List<Contribution> contributions = known.get(group);
        if (contributions == null) {
            if (known.size() >= REMEMBERED) {
                known.clear();
            }
            contributions = ask.apply(group);
            known.put(group, contributions);
        }
        return contributions;
    }
}
