package dev.longshore.scheduler.explain;

import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Why a pod fits nowhere.
 *
 * @param verdicts   by node name, one for each node of the cluster
 * @param refused    what is wrong with the pod whatever the nodes are; replaces the verdicts in the text
 * @param preemption what evicting other pods would bring; "" when it would make room somewhere
 */
public record Diagnosis(SortedMap<String, Verdict> verdicts, Optional<Verdict> refused, String preemption) {
    public Diagnosis {
        verdicts = Collections.unmodifiableSortedMap(new TreeMap<>(verdicts));
    }

    /** The rules that refused a node; a change that helps none of them need not wake the pod. */
    public Set<String> rules() {
        Set<String> rules = new TreeSet<>();
        verdicts.values().forEach(verdict -> rules.add(verdict.rule()));
        refused.ifPresent(verdict -> rules.add(verdict.rule()));
        return Collections.unmodifiableSet(rules);
    }
}
