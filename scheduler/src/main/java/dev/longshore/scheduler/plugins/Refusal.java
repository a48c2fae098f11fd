package dev.longshore.scheduler.plugins;

import dev.longshore.scheduler.state.PodRequirements;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * Why pods wait: those with equal refusals are helped by the same events, so the question is asked once for all of
 * them.
 *
 * @param profile     whose rules they are
 * @param evictsBelow the pods of lower priority than this may have to leave for it
 * @param rules       the names of the rules that refused some node
 * @param helpedBy    the changes that may help at all
 */
public record Refusal(String profile, PodRequirements requirements, int evictsBelow, Set<String> rules,
        Set<ClusterChange> helpedBy) {
    public Refusal {
        rules = sorted(rules);
        helpedBy = sorted(helpedBy);
    }

    /** Every pod that comes has an empty one, which so costs nothing. */
    private static <T extends Comparable<T>> Set<T> sorted(Set<T> set) {
        return set.isEmpty() ? Set.of() : Collections.unmodifiableSet(new TreeSet<>(set));
    }
}
