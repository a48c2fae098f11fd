package dev.longshore.scheduler.cycle;

import dev.longshore.scheduler.state.ClusterState;
import dev.longshore.scheduler.state.NodePods;
import dev.longshore.scheduler.state.PodInfo;
import dev.longshore.scheduler.state.PodRequirements;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * Who would have to leave each node for pods of one kind, kept for the next pod of that kind: what was found for a node
 * holds until its pods change. Only for pods for which nothing but room matters, since of those no other node's pods are
 * asked about.
 *
 * <p>Example: of 5,000 full nodes the first pod that needs room costs a look at all; each other one costs a look at
 * those that lost or got pods since.
 */
final class VictimTable {
    /** How many kinds are kept; the one unused longest makes room. */
    private static final int KEPT_KINDS = 16;
    private static final NodePods[] NO_PODS = {};

    private final PodRequirements pod;
    private NodePods[] pods = NO_PODS;
    private Victims[] found = {};
    private long structureVersion = -1;
    private long budgetsVersion = -1;

    private record Kind(String profile, PodRequirements pod, int priority) {}

    /** The tables of the kinds used last. */
    static final class Cache {
        private final Map<Kind, VictimTable> kept = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Kind, VictimTable> eldest) {
                return size() > KEPT_KINDS;
            }
        };

        /** Up to date with all but the pods, whose changes it sees by itself. */
        VictimTable of(PodInfo pod, ClusterState state) {
            PodRequirements requirements = pod.requirements();
            VictimTable table = kept.computeIfAbsent(new Kind(pod.schedulerName(), requirements, pod.priority()),
                    _ -> new VictimTable(requirements));
            table.refresh(state);
            return table;
        }
    }

    private VictimTable(PodRequirements pod) {
        this.pod = pod;
    }

    private void refresh(ClusterState state) {
        int slots = state.present().length();
        if (structureVersion != state.structureVersion(pod) || budgetsVersion != state.budgets().version()
                || slots > pods.length) {
            pods = Arrays.copyOf(NO_PODS, slots);
            found = new Victims[slots];
            structureVersion = state.structureVersion(pod);
            budgetsVersion = state.budgets().version();
        }
    }

    /** The victims on the node that has these pods; asked for only if they are others than the last time. */
    Optional<Victims> on(int slot, NodePods now, IntFunction<Optional<Victims>> search) {
        if (pods[slot] != now) {
            pods[slot] = now;
            found[slot] = search.apply(slot).orElse(null);
        }
        return Optional.ofNullable(found[slot]);
    }
}
