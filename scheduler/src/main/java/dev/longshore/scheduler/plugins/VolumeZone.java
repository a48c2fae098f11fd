package dev.longshore.scheduler.plugins;

import dev.longshore.scheduler.explain.Verdict;
import dev.longshore.scheduler.state.ClusterState;
import dev.longshore.scheduler.state.LabelIndex;
import dev.longshore.scheduler.state.PodRequirements;
import dev.longshore.scheduler.volumes.ClaimFacts;
import dev.longshore.scheduler.volumes.PodClaim;
import dev.longshore.scheduler.volumes.VolumeFacts;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A volume with labels of a zone or region is used there. Nodes without any such label take any volume (Kubernetes
 * scheduler 1.32).
 */
final class VolumeZone implements FilterRule, PodRule {
    private static final String NAME = "VolumeZone";
    private static final Verdict ELSEWHERE = Verdict.unresolvable(NAME, "node(s) had no available volume zone");
    private static final String ZONE = "topology.kubernetes.io/zone";
    private static final String REGION = "topology.kubernetes.io/region";
    /** Each label by which a place is named, with the one by which nodes name it today. */
    private static final Map<String, String> PLACES = Map.of("failure-domain.beta.kubernetes.io/zone", ZONE,
            "failure-domain.beta.kubernetes.io/region", REGION, ZONE, ZONE, REGION, REGION);
    /** Between the zones of a volume that lies in several. */
    private static final String SEPARATOR = "__";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Set<ClusterChange> helpedBy() {
        return Set.of(ClusterChange.NODE_ADDED, ClusterChange.NODE_LABELS, ClusterChange.CLAIM, ClusterChange.VOLUME,
                ClusterChange.STORAGE_CLASS);
    }

    @Override
    public boolean mayHelp(Refusal refused, ClusterEvent event, ClusterState state) {
        if (event.storage().isPresent() && event.storage().get() instanceof ClaimFacts claim) {
            return refused.requirements().volumes().uses(claim.key());
        }
        return event.slot() < 0 || !elsewhere(refused.requirements(), state).get(event.slot());
    }

    @Override
    public boolean mayRefuse(PodRequirements pod) {
        return !pod.volumes().claims().isEmpty();
    }

    /** The claims of the pod that name a volume; those made for the pod are not looked at. */
    private static Stream<ClaimFacts> claims(PodRequirements pod, ClusterState state) {
        return pod.volumes().claims().stream().filter(claim -> !claim.ephemeral()).map(PodClaim::key)
                .flatMap(key -> state.volumes().claim(key).stream()).filter(claim -> !claim.volume().isEmpty());
    }

    @Override
    public Optional<Verdict> refuse(PodRequirements pod, ClusterState state) {
        if (pod.volumes().claims().isEmpty()) {
            return Optional.empty();
        }
        return claims(pod, state).map(ClaimFacts::volume).filter(name -> state.volumes().volume(name).isEmpty())
                .findFirst().map(name -> Verdict.unresolvable(NAME, "persistentvolume \"" + name + "\" not found"));
    }

    @Override
    public void filter(PodRequirements pod, ClusterState state, BitSet candidates, Rejections rejections) {
        Optional<Verdict> refused = refuse(pod, state);
        if (refused.isPresent()) {
            rejections.remove(candidates, state.present(), refused.get());
            return;
        }
        rejections.remove(candidates, elsewhere(pod, state), ELSEWHERE);
    }

    private static BitSet elsewhere(PodRequirements pod, ClusterState state) {
        BitSet elsewhere = new BitSet();
        claims(pod, state).flatMap(claim -> state.volumes().volume(claim.volume()).stream())
                .forEach(volume -> elsewhere.or(outside(volume, state)));
        return elsewhere;
    }

    private static BitSet outside(VolumeFacts volume, ClusterState state) {
        BitSet outside = new BitSet();
        PLACES.forEach((label, today) -> {
            Set<String> values = values(volume.labels().getOrDefault(label, ""));
            if (!values.isEmpty()) {
                BitSet others = placed(state.labels());
                others.andNot(inside(label, today, values, state.labels()));
                outside.or(others);
            }
        });
        return outside;
    }

    /** Nodes with a label of any place. */
    private static BitSet placed(LabelIndex labels) {
        BitSet placed = new BitSet();
        PLACES.keySet().forEach(label -> placed.or(labels.having(label)));
        return placed;
    }

    private static BitSet inside(String label, String today, Set<String> values, LabelIndex labels) {
        BitSet inside = new BitSet();
        values.forEach(value -> inside.or(labels.with(today, value)));
        inside.andNot(labels.having(label));
        values.forEach(value -> inside.or(labels.with(label, value)));
        return inside;
    }

    /** The places of a volume; none when one of the names is empty, as the label means nothing then. */
    private static Set<String> values(String label) {
        Set<String> values = new HashSet<>();
        Arrays.stream(label.split(SEPARATOR, -1)).map(String::trim).forEach(values::add);
        return values.contains("") ? Set.of() : values;
    }
}
