package dev.longshore.scheduler.state;

import dev.longshore.api.core.v1.NodeAffinity;
import dev.longshore.api.core.v1.Toleration;
import dev.longshore.scheduler.volumes.PodVolumes;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All that the rules ask about a pod. Pods with equal requirements fit the same nodes with the same scores, so they
 * share one evaluation.
 *
 * @param requests       what the pod takes from a node
 * @param scoredCpuMillis   the processor share that LeastAllocated counts (a missing request is not nothing there)
 * @param scoredMemoryBytes as scoredCpuMillis, for memory
 * @param nodeName       the only node wanted; "" for any
 * @param images         normalised image names of containers and init containers, repeats included
 * @param traits         what other pods' rules ask about it, and its wishes about them
 * @param spread         its topology spread constraints; empty: those of the cluster hold
 * @param owner          the controller whose pods are spread by default
 * @param volumes        what it asks of volumes
 */
public record PodRequirements(Amounts requests, long scoredCpuMillis, long scoredMemoryBytes, String nodeName,
        SortedMap<String, String> nodeSelector, NodeAffinity nodeAffinity, List<Toleration> tolerations,
        List<HostPort> ports, List<String> images, PodTraits traits, List<SpreadConstraint> spread,
        Optional<OwnerRef> owner, PodVolumes volumes) {
    /** Of a pod that wants nothing. */
    public static final PodRequirements NONE = new PodRequirements(Amounts.NONE, 0, 0, "", new TreeMap<>(),
            NodeAffinity.getDefaultInstance(), List.of(), List.of(), List.of(),
            new PodTraits("", new TreeMap<>(), PodTerms.NONE), List.of(), Optional.empty(), PodVolumes.NONE);

    /** Of few parts, as it is asked for every pod. */
    @Override
    public int hashCode() {
        return 31 * (31 * requests.hashCode() + traits.namespace().hashCode()) + traits.labels().hashCode();
    }
}
