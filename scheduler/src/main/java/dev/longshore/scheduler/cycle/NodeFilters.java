package dev.longshore.scheduler.cycle;

import dev.longshore.scheduler.plugins.FilterRule;
import dev.longshore.scheduler.plugins.Rejections;
import dev.longshore.scheduler.plugins.RoomRule;
import dev.longshore.scheduler.state.ClusterState;
import dev.longshore.scheduler.state.PodRequirements;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * The nodes that the rules about single nodes accept for one set of requirements. There are three kinds of rules: those
 * that look at the node alone are asked once; those that ask for room, node by node wherever it matters; those that
 * look at its pods otherwise, most of which have nothing to say, about a set of nodes.
 */
final class NodeFilters {
    private static final Rejections UNSEEN = Rejections.ignored();

    private final ClusterState state;
    private final List<FilterRule> fixed = new ArrayList<>();
    private final List<FilterRule> byPods = new ArrayList<>();
    private final List<RoomRule> byRoom = new ArrayList<>();
    private final BitSet fixedFit = new BitSet();
    private final BitSet fit = new BitSet();
    private final BitSet renewed = new BitSet();
    private PodRequirements pod = PodRequirements.NONE;

    NodeFilters(ClusterState state, List<FilterRule> rules) {
        this.state = state;
        for (FilterRule rule : rules) {
            if (rule instanceof RoomRule room) {
                byRoom.add(room);
            } else {
                (rule.dependsOnPods() ? byPods : fixed).add(rule);
            }
        }
    }

    /** Answers for pods with these requirements from now on; {@link #fit} only after {@link #complete}. */
    void rebuild(PodRequirements requirements) {
        pod = requirements;
        fixedFit.clear();
        fixedFit.or(state.present());
        filter(fixed, fixedFit);
    }

    /** Asks about every node. */
    void complete() {
        acceptedButForRoom(fit);
        filter(byRoom, fit);
    }

    /** Asks again about these nodes, whose pods are others now. */
    void renew(SlotList changed) {
        for (int i = 0; i < changed.size(); i++) {
            int slot = changed.slot(i);
            fit.set(slot, fixedFit.get(slot) && hasRoom(slot));
        }
        if (podsMatter()) {
            askAboutPods(changed);
        }
    }

    private boolean podsMatter() {
        for (FilterRule rule : byPods) {
            if (rule.mayRefuse(pod)) {
                return true;
            }
        }
        return false;
    }

    private void askAboutPods(SlotList changed) {
        renewed.clear();
        for (int i = 0; i < changed.size(); i++) {
            renewed.set(changed.slot(i), fit.get(changed.slot(i)));
        }
        filter(byPods, renewed);
        for (int i = 0; i < changed.size(); i++) {
            fit.set(changed.slot(i), renewed.get(changed.slot(i)));
        }
    }

    /** The nodes that every rule accepts, as of when they were asked. Do not modify. */
    BitSet fit() {
        return fit;
    }

    /** Sets the nodes that every rule accepts, but for those that ask for room. */
    void acceptedButForRoom(BitSet accepted) {
        accepted.clear();
        accepted.or(fixedFit);
        filter(byPods, accepted);
    }

    /** Whether some rule asks for room. */
    boolean askForRoom() {
        return !byRoom.isEmpty();
    }

    /** Whether the node in this slot has room. */
    boolean hasRoom(int slot) {
        for (RoomRule rule : byRoom) {
            if (!rule.hasRoom(pod, state, slot)) {
                return false;
            }
        }
        return true;
    }

    private void filter(List<? extends FilterRule> rules, BitSet candidates) {
        for (FilterRule rule : rules) {
            if (rule.mayRefuse(pod)) {
                rule.filter(pod, state, candidates, UNSEEN);
            }
        }
    }
}
