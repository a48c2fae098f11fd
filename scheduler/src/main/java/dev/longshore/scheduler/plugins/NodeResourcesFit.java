package dev.longshore.scheduler.plugins;

import dev.longshore.scheduler.explain.Verdict;
import dev.longshore.scheduler.state.Amounts;
import dev.longshore.scheduler.state.ClusterState;
import dev.longshore.scheduler.state.FreedRoom;
import dev.longshore.scheduler.state.NodePods;
import dev.longshore.scheduler.state.PodRequirements;
import dev.longshore.scheduler.state.ResourceColumns;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A node must have room for what the pod requests. How good it is depends on the profile's strategy; by default, the
 * emptier it would still be, the better (Kubernetes scheduler, LeastAllocated over cpu and memory, weight 1 each).
 */
final class NodeResourcesFit implements FilterRule, ScoreRule {
    private static final String NAME = "NodeResourcesFit";
    private static final Verdict UNEXPLAINED = new Verdict(NAME, List.of("Insufficient resources"), true);

    private final int weight;
    private final PluginArguments.Fit arguments;
    private final boolean usual;

    NodeResourcesFit(int weight, PluginArguments.Fit arguments) {
        this.weight = weight;
        this.arguments = arguments;
        PluginArguments.Fit standard = PluginArguments.STANDARD.fit();
        this.usual = arguments.strategy().equals(standard.strategy())
                && Set.copyOf(arguments.resources()).equals(Set.copyOf(standard.resources()));
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Set<ClusterChange> helpedBy() {
        return Set.of(ClusterChange.NODE_ADDED, ClusterChange.NODE_ALLOCATABLE, ClusterChange.ROOM_FREED);
    }

    @Override
    public boolean mayHelp(Refusal refused, ClusterEvent event, ClusterState state) {
        if (event.slot() < 0) {
            return false;
        }
        FreedRoom freed = new FreedRoom();
        NodePods pods = state.pods(event.slot());
        freed.addFrom(pods, pods.firstBelow(refused.evictsBelow()));
        return freed.mayDoFor(refused.requirements().requests(), state.resources(), event.slot());
    }

    @Override
    public void filter(PodRequirements pod, ClusterState state, BitSet candidates, Rejections rejections) {
        if (pod.requests().extended().isEmpty() && !rejections.isRecording() && isMany(candidates)) {
            candidates.and(BitSet.valueOf(state.resources().room(pod.requests(), candidates.length())));
        } else {
            filterEach(considered(pod.requests()), state.resources(), candidates, rejections);
        }
    }

    private Amounts considered(Amounts requests) {
        if (arguments.ignored().isEmpty() && arguments.ignoredGroups().isEmpty()) {
            return requests;
        }
        SortedMap<String, Long> extended = new TreeMap<>(requests.extended());
        extended.keySet().removeIf(this::isIgnored);
        return new Amounts(requests.cpuMillis(), requests.memoryBytes(), requests.ephemeralBytes(), requests.pods(),
                extended);
    }

    /** Only extended resources can be; they are those that name a domain, and not Kubernetes' own. */
    private boolean isIgnored(String resource) {
        int slash = resource.indexOf('/');
        return slash >= 0 && !resource.contains("kubernetes.io/") && (arguments.ignored().contains(resource)
                || arguments.ignoredGroups().contains(resource.substring(0, slash)));
    }

    /** Whether looking at all slots is cheaper than looking for those that are candidates. */
    private static boolean isMany(BitSet candidates) {
        return candidates.cardinality() > candidates.length() / 4;
    }

    private static void filterEach(Amounts wanted, ResourceColumns resources, BitSet candidates,
            Rejections rejections) {
        for (int slot = candidates.nextSetBit(0); slot >= 0; slot = candidates.nextSetBit(slot + 1)) {
            if (!fits(wanted, resources, slot)) {
                rejections.reject(candidates, slot, rejections.isRecording()
                        ? new Verdict(NAME, lacking(wanted, resources, slot), true)
                        : UNEXPLAINED);
            }
        }
    }

    private static boolean fits(Amounts wanted, ResourceColumns resources, int slot) {
        return resources.podsFree(slot) >= 1 && enough(wanted.cpuMillis(), resources.cpuFree(slot))
                && enough(wanted.memoryBytes(), resources.memoryFree(slot))
                && enough(wanted.ephemeralBytes(), resources.ephemeralFree(slot))
                && (wanted.extended().isEmpty() || lacking(wanted, resources, slot).isEmpty());
    }

    private static List<String> lacking(Amounts wanted, ResourceColumns resources, int slot) {
        List<String> lacking = new ArrayList<>();
        if (resources.podsFree(slot) < 1) {
            lacking.add("Too many pods");
        }
        if (!enough(wanted.cpuMillis(), resources.cpuFree(slot))) {
            lacking.add("Insufficient cpu");
        }
        if (!enough(wanted.memoryBytes(), resources.memoryFree(slot))) {
            lacking.add("Insufficient memory");
        }
        if (!enough(wanted.ephemeralBytes(), resources.ephemeralFree(slot))) {
            lacking.add("Insufficient ephemeral-storage");
        }
        wanted.extended().forEach((name, amount) -> {
            if (!enough(amount, resources.extendedFree(name, slot))) {
                lacking.add("Insufficient " + name);
            }
        });
        return lacking;
    }

    /** Who asks for nothing fits even where more is taken than there is. */
    private static boolean enough(long wanted, long free) {
        return wanted == 0 || wanted <= free;
    }

    @Override
    public boolean asksOnlyForRoom() {
        return true;
    }

    @Override
    public boolean dependsOnPods() {
        return true;
    }

    @Override
    public int weight() {
        return weight;
    }

    @Override
    public void score(PodRequirements pod, ClusterState state, int from, int to, double[] raw) {
        if (usual) {
            state.resources().meanUnused(pod.scoredCpuMillis(), pod.scoredMemoryBytes(), from, to, raw);
            return;
        }
        for (int slot = from; slot < to; slot++) {
            raw[slot] = ResourceScore.mean(arguments.strategy(), arguments.resources(), pod, state.resources(), slot);
        }
    }
}
