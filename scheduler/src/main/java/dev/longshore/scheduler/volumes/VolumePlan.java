package dev.longshore.scheduler.volumes;

import dev.longshore.api.ObjectKey;
import java.util.List;
import java.util.stream.Stream;

/**
 * How the claims of a pod that wait for its node are to get their volumes.
 *
 * @param node       where the pod goes
 * @param pairings   claims that get a volume which exists
 * @param provisions claims for which one is to be made
 */
public record VolumePlan(String node, List<Pairing> pairings, List<Provision> provisions) {
    public VolumePlan {
        pairings = List.copyOf(pairings);
        provisions = List.copyOf(provisions);
    }

    public record Pairing(ObjectKey claim, String claimUid, String volume) {}

    public record Provision(ObjectKey claim, String claimUid) {}

    /** Nothing is to be done. */
    public static VolumePlan none(String node) {
        return new VolumePlan(node, List.of(), List.of());
    }

    /** The claims that get a volume by it. */
    public List<ObjectKey> claims() {
        return Stream.concat(pairings.stream().map(Pairing::claim), provisions.stream().map(Provision::claim)).toList();
    }

    /** Whether nothing is to be done. */
    public boolean isEmpty() {
        return pairings.isEmpty() && provisions.isEmpty();
    }
}
