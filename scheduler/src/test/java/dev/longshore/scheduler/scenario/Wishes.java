package dev.longshore.scheduler.scenario;

import dev.longshore.api.core.v1.PodAffinityTerm;
import dev.longshore.api.core.v1.PodSpec;
import dev.longshore.api.core.v1.TopologySpreadConstraint;
import dev.longshore.api.core.v1.WeightedPodAffinityTerm;
import java.util.List;

/**
 * Reads what a pod wishes about other pods. {@code near(zone,app=web)} and {@code away(zone,app=web)} are required
 * affinity and anti-affinity, {@code likes(5,zone,app=web)} and {@code avoids(5,zone,app=web)} the preferred ones;
 * behind the pods' selector ({@code -} for none) may stand {@code ns:a|b} and {@code nsl:team=x}.
 * {@code spread(1,zone,app=web)} is a topology spread constraint of skew 1, {@code softspread} one that need not hold;
 * behind the selector may stand {@code min:3}, {@code affinity:Ignore}, {@code taints:Honor}, {@code keys:rev}.
 */
final class Wishes {
    private Wishes() {
    }

    static void add(String wish, List<String> words, PodSpec.Builder spec) {
        var affinity = spec.getAffinityBuilder();
        switch (wish) {
            case "near" -> affinity.getPodAffinityBuilder()
                    .addRequiredDuringSchedulingIgnoredDuringExecution(term(words));
            case "away" -> affinity.getPodAntiAffinityBuilder()
                    .addRequiredDuringSchedulingIgnoredDuringExecution(term(words));
            case "likes" -> affinity.getPodAffinityBuilder()
                    .addPreferredDuringSchedulingIgnoredDuringExecution(weighted(words));
            case "avoids" -> affinity.getPodAntiAffinityBuilder()
                    .addPreferredDuringSchedulingIgnoredDuringExecution(weighted(words));
            case "spread" -> spec.addTopologySpreadConstraints(spread(words, "DoNotSchedule"));
            case "softspread" -> spec.addTopologySpreadConstraints(spread(words, "ScheduleAnyway"));
            default -> throw new IllegalArgumentException(wish);
        }
    }

    private static WeightedPodAffinityTerm weighted(List<String> words) {
        return WeightedPodAffinityTerm.newBuilder().setWeight(Integer.parseInt(words.getFirst()))
                .setPodAffinityTerm(term(words.subList(1, words.size()))).build();
    }

    private static PodAffinityTerm term(List<String> words) {
        PodAffinityTerm.Builder term = PodAffinityTerm.newBuilder().setTopologyKey(Lines.key(words.get(0)));
        if (!words.get(1).equals("-")) {
            term.setLabelSelector(Selectors.labels(words.get(1)));
        }
        for (String word : words.subList(2, words.size())) {
            if (word.startsWith("ns:")) {
                term.addAllNamespaces(List.of(word.substring("ns:".length()).split("\\|")));
            } else {
                term.setNamespaceSelector(Selectors.labels(word.substring("nsl:".length())));
            }
        }
        return term.build();
    }

    private static TopologySpreadConstraint spread(List<String> words, String otherwise) {
        TopologySpreadConstraint.Builder spread = TopologySpreadConstraint.newBuilder()
                .setMaxSkew(Integer.parseInt(words.get(0))).setTopologyKey(Lines.key(words.get(1)))
                .setWhenUnsatisfiable(otherwise);
        if (!words.get(2).equals("-")) {
            spread.setLabelSelector(Selectors.labels(words.get(2)));
        }
        for (String word : words.subList(3, words.size())) {
            String value = word.substring(word.indexOf(':') + 1);
            switch (word.substring(0, word.indexOf(':'))) {
                case "min" -> spread.setMinDomains(Integer.parseInt(value));
                case "affinity" -> spread.setNodeAffinityPolicy(value);
                case "taints" -> spread.setNodeTaintsPolicy(value);
                case "keys" -> spread.addAllMatchLabelKeys(List.of(value.split("\\|")));
                default -> throw new IllegalArgumentException(word);
            }
        }
        return spread.build();
    }
}
