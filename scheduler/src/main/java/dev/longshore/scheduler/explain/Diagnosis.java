package dev.longshore.scheduler.explain;

import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Why a pod fits nowhere.
 *
 * @param nodes      how many nodes there are
 * @param reasons    how many nodes have each reason
 * @param rules      the rules that refused a node; a change that helps none of them need not wake the pod
 * @param refused    what is wrong with the pod whatever the nodes are; replaces the reasons in the text
 * @param preemption what evicting other pods would bring; "" when it would make room somewhere
 */
public record Diagnosis(int nodes, SortedMap<String, Integer> reasons, Set<String> rules, Optional<Verdict> refused,
        String preemption) {
    public Diagnosis {
        reasons = Collections.unmodifiableSortedMap(new TreeMap<>(reasons));
        rules = Collections.unmodifiableSet(new TreeSet<>(rules));
    }

    /** Of a pod that no node can help. */
    public static Diagnosis refused(int nodes, Verdict verdict, String preemption) {
        return new Diagnosis(nodes, new TreeMap<>(), Set.of(verdict.rule()), Optional.of(verdict), preemption);
    }

    /** @param verdicts one for each node */
    public static Diagnosis of(int nodes, Stream<Verdict> verdicts, String preemption) {
        Counts counts = new Counts();
        verdicts.forEach(counts::add);
        counts.addRun();
        return new Diagnosis(nodes, counts.reasons, counts.rules, Optional.empty(), preemption);
    }

    /** Nodes in a row often share a verdict: those are counted as one. */
    private static final class Counts {
        private final SortedMap<String, Integer> reasons = new TreeMap<>();
        private final Set<String> rules = new TreeSet<>();
        private Optional<Verdict> verdict = Optional.empty();
        private int run;

        void add(Verdict next) {
            if (verdict.isEmpty() || verdict.get() != next) {
                addRun();
                verdict = Optional.of(next);
            }
            run++;
        }

        void addRun() {
            verdict.ifPresent(seen -> {
                rules.add(seen.rule());
                seen.reasons().forEach(reason -> reasons.merge(reason, run, Integer::sum));
            });
            run = 0;
        }
    }
}
