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
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A node must have room for what the pod requests. How good it is depends on the profile's strategy; by default, the
 * emptier it would still be, the better (Kubernetes scheduler, LeastAllocated over cpu and memory, weight 1 each).
 */
final class NodeResourcesFit implements RoomRule, BoundedScore {
    private static final String NAME = "NodeResourcesFit";
    private static final List<String> NATIVE = List.of("Too many pods", "Insufficient cpu", "Insufficient memory",
            "Insufficient ephemeral-storage");
    /** One for each combination of what a node may lack; nodes share them. */
    private static final Verdict[] VERDICTS = verdicts();
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
            int missing = missing(wanted, resources, slot);
            boolean enough = wanted.extended().isEmpty() || missingExtended(wanted, resources, slot).isEmpty();
            if (missing != 0 || !enough) {
                rejections.reject(candidates, slot, enough
                        ? VERDICTS[missing]
                        : rejections.isRecording()
                                ? verdict(missing, missingExtended(wanted, resources, slot))
                                : UNEXPLAINED);
            }
        }
    }

    /** A bit for each of {@link #NATIVE} that is too little. */
    private static int missing(Amounts wanted, ResourceColumns resources, int slot) {
        return (resources.podsFree(slot) < 1 ? 1 : 0) | (enough(wanted.cpuMillis(), resources.cpuFree(slot)) ? 0 : 2)
                | (enough(wanted.memoryBytes(), resources.memoryFree(slot)) ? 0 : 4)
                | (enough(wanted.ephemeralBytes(), resources.ephemeralFree(slot)) ? 0 : 8);
    }

    private static List<String> missingExtended(Amounts wanted, ResourceColumns resources, int slot) {
        List<String> missing = new ArrayList<>();
        wanted.extended().forEach((name, amount) -> {
            if (!enough(amount, resources.extendedFree(name, slot))) {
                missing.add("Insufficient " + name);
            }
        });
        return missing;
    }

    private static Verdict[] verdicts() {
        Verdict[] verdicts = new Verdict[1 << NATIVE.size()];
        for (int missing = 1; missing < verdicts.length; missing++) {
            verdicts[missing] = verdict(missing, List.of());
        }
        return verdicts;
    }

    private static Verdict verdict(int missing, List<String> extended) {
        List<String> reasons = new ArrayList<>();
        for (int i = 0; i < NATIVE.size(); i++) {
            if ((missing >> i & 1) != 0) {
                reasons.add(NATIVE.get(i));
            }
        }
        reasons.addAll(extended);
        return new Verdict(NAME, reasons, true);
    }

    /** Who asks for nothing fits even where more is taken than there is. */
    private static boolean enough(long wanted, long free) {
        return wanted == 0 || wanted <= free;
    }

    @Override
    public boolean hasRoom(PodRequirements pod, ClusterState state, int slot) {
        Amounts wanted = pod.requests();
        return missing(wanted, state.resources(), slot) == 0
                && (wanted.extended().isEmpty() || hasExtended(wanted, state.resources(), slot));
    }

    private boolean hasExtended(Amounts wanted, ResourceColumns resources, int slot) {
        for (Map.Entry<String, Long> each : wanted.extended().entrySet()) {
            if (!enough(each.getValue(), resources.extendedFree(each.getKey(), slot)) && !isIgnored(each.getKey())) {
                return false;
            }
        }
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
            state.resources().scores().meanUnused(pod.scoredCpuMillis(), pod.scoredMemoryBytes(), from, to, raw);
            return;
        }
        for (int slot = from; slot < to; slot++) {
            raw[slot] = ResourceScore.mean(arguments.strategy(), arguments.resources(), pod, state.resources(), slot);
        }
    }

    @Override
    public boolean isBounded() {
        return usual;
    }

    @Override
    public void addBounds(PodRequirements pod, ClusterState state, int from, int to, double[] sums) {
        state.resources().scores().addMeanUnusedBound(weight, pod.scoredCpuMillis(), pod.scoredMemoryBytes(), from, to,
                sums);
    }
}
