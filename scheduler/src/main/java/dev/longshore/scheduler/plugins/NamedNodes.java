package dev.longshore.scheduler.plugins;

import dev.longshore.api.core.v1.NodeSelectorRequirement;
import dev.longshore.api.core.v1.NodeSelectorTerm;
import dev.longshore.scheduler.explain.Verdict;
import dev.longshore.scheduler.state.ClusterState;
import dev.longshore.scheduler.state.PodRequirements;
import java.util.BitSet;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Node affinity that names its nodes in every term is settled before any other rule (Kubernetes scheduler 1.32,
 * NodeAffinity before the filters), so these nodes have a verdict of their own.
 */
final class NamedNodes implements FilterRule, PodRule {
    private static final String RULE = "NodeAffinity";
    private static final Verdict CONFLICT = Verdict.unresolvable(RULE, "pod affinity terms conflict");
    private static final Verdict EXCLUDED = Verdict.unresolvable(RULE,
            "node(s) didn't satisfy plugin(s) [NodeAffinity]");

    @Override
    public String name() {
        return RULE;
    }

    @Override
    public Set<ClusterChange> helpedBy() {
        return Set.of(ClusterChange.NODE_ADDED, ClusterChange.NODE_LABELS);
    }

    @Override
    public boolean mayHelp(Refusal refused, ClusterEvent event, ClusterState state) {
        return namesOf(refused.requirements()).isPresent()
                && NodeAffinity.wanted(refused.requirements(), state).get(event.slot());
    }

    @Override
    public Optional<Verdict> refuse(PodRequirements pod, ClusterState state) {
        return namesOf(pod).filter(Set::isEmpty).map(_ -> CONFLICT);
    }

    @Override
    public void filter(PodRequirements pod, ClusterState state, BitSet candidates, Rejections rejections) {
        namesOf(pod).ifPresent(names -> {
            BitSet named = new BitSet();
            names.stream().mapToInt(state::slot).filter(slot -> slot >= 0).forEach(named::set);
            rejections.retain(candidates, named, EXCLUDED);
        });
    }

    /** The only nodes that any term can match; empty when some term does not name nodes. */
    private static Optional<Set<String>> namesOf(PodRequirements pod) {
        var required = pod.nodeAffinity().getRequiredDuringSchedulingIgnoredDuringExecution();
        if (required.getNodeSelectorTermsCount() == 0) {
            return Optional.empty();
        }
        Set<String> names = new HashSet<>();
        for (NodeSelectorTerm term : required.getNodeSelectorTermsList()) {
            Optional<Set<String>> ofTerm = namesIn(term);
            if (ofTerm.isEmpty()) {
                return Optional.empty();
            }
            names.addAll(ofTerm.get());
        }
        return Optional.of(names);
    }

    private static Optional<Set<String>> namesIn(NodeSelectorTerm term) {
        Optional<Set<String>> names = Optional.empty();
        for (NodeSelectorRequirement field : term.getMatchFieldsList()) {
            if (field.getKey().equals(NodeTerms.NAME_FIELD) && field.getOperator().equals("In")) {
                Set<String> both = new HashSet<>(field.getValuesList());
                names.ifPresent(both::retainAll);
                names = Optional.of(both);
            }
        }
        return names;
    }
}
