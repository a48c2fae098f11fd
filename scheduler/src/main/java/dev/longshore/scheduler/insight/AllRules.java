package dev.longshore.scheduler.insight;

import dev.longshore.scheduler.cycle.Explanation;
import dev.longshore.scheduler.explain.Verdict;
import dev.longshore.scheduler.plugins.DomainFilter;
import dev.longshore.scheduler.plugins.DomainRule;
import dev.longshore.scheduler.plugins.FilterRule;
import dev.longshore.scheduler.plugins.Rejections;
import dev.longshore.scheduler.state.Amounts;
import dev.longshore.scheduler.state.ClusterState;
import dev.longshore.scheduler.state.PodInfo;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Asks every rule about every node, where the scheduler asks no further once a rule has refused it. */
final class AllRules {
    private AllRules() {
    }

    /** One for each node, in the order of their names. */
    static List<NodeVerdicts> ask(PodInfo pod, World world) {
        ClusterState state = world.state();
        List<Rejections> found = rejections(pod, world);
        // Knows also of room that is promised to pods for which others leave.
        Explanation together = world.explain(pod);
        List<NodeVerdicts> nodes = new ArrayList<>();
        state.present().stream().boxed().sorted((a, b) -> name(a, state).compareTo(name(b, state)))
                .forEach(slot -> nodes.add(node(slot, pod, found, together, state)));
        return nodes;
    }

    private static String name(int slot, ClusterState state) {
        return state.facts(slot).name();
    }

    private static List<Rejections> rejections(PodInfo pod, World world) {
        List<Rejections> found = new ArrayList<>();
        for (FilterRule rule : world.plugins(pod).filters()) {
            if (rule.mayRefuse(pod.requirements())) {
                Rejections rejections = Rejections.recording(world.state().present().length());
                rule.filter(pod.requirements(), world.state(), everyNode(world), rejections);
                found.add(rejections);
            }
        }
        for (DomainRule rule : world.plugins(pod).domainRules()) {
            DomainFilter filter = rule.filterFor(pod.requirements(), world.state());
            if (!filter.idle()) {
                Rejections rejections = Rejections.recording(world.state().present().length());
                filter.filter(everyNode(world), rejections);
                found.add(rejections);
            }
        }
        return found;
    }

    private static BitSet everyNode(World world) {
        return (BitSet) world.state().present().clone();
    }

    private static NodeVerdicts node(int slot, PodInfo pod, List<Rejections> found, Explanation together,
            ClusterState state) {
        String node = name(slot, state);
        List<Verdict> verdicts = new ArrayList<>();
        for (Rejections rejections : found) {
            rejections.of(slot).filter(verdict -> isNew(verdict, verdicts)).ifPresent(verdicts::add);
        }
        Verdict joint = together.verdicts().get(node);
        if (joint != null && verdicts.isEmpty()) {
            verdicts.add(joint);
        }
        return new NodeVerdicts(node, verdicts, room(pod.requirements().requests(), slot, state));
    }

    /** A rule that is asked in two steps is named once. */
    private static boolean isNew(Verdict verdict, List<Verdict> before) {
        return before.stream().noneMatch(known -> known.rule().equals(verdict.rule()));
    }

    private static List<String> room(Amounts wanted, int slot, ClusterState state) {
        List<String> room = new ArrayList<>();
        for (String resource : Resources.in(wanted)) {
            long asked = Resources.of(resource, wanted);
            long free = Resources.free(resource, state, slot);
            if (asked > free) {
                room.add(resource + ": " + Resources.text(resource, asked) + " wanted, "
                        + Resources.text(resource, Math.max(0, free)) + " free of "
                        + Resources.text(resource, Resources.of(resource, state.facts(slot).allocatable())));
            }
        }
        return room;
    }
}
