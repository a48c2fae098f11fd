package dev.longshore.scheduler.reference;

import java.util.SortedMap;
import java.util.TreeMap;

/** How often each rule had a say, so that a random test cannot go on while it tests nothing. */
final class Statistics {
    private final SortedMap<String, Integer> counts = new TreeMap<>();

    void count(Answer answer) {
        add("decisions");
        add(switch (answer.scores().size()) {
            case 0 -> "nowhere";
            case 1 -> "one node";
            default -> answer.best().size() == 1 ? "one best" : "several best";
        });
        answer.refusals().values().stream().map(Refusal::rule).distinct().forEach(rule -> add("refused by " + rule));
        answer.scores().values().stream().findFirst().ifPresent(first -> first.forEach((rule, score) -> {
            if (answer.scores().values().stream().anyMatch(other -> !score.equals(other.get(rule)))) {
                add("differs in " + rule);
            }
        }));
    }

    synchronized void add(Statistics more) {
        more.counts.forEach((what, count) -> counts.merge(what, count, Integer::sum));
    }

    private void add(String what) {
        counts.merge(what, 1, Integer::sum);
    }

    int of(String what) {
        return counts.getOrDefault(what, 0);
    }

    @Override
    public String toString() {
        return counts.toString();
    }
}
