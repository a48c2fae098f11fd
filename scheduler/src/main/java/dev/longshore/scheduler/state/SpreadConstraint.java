package dev.longshore.scheduler.state;

import dev.longshore.api.values.LabelSelectors.Selector;

/**
 * How evenly pods are to lie over the domains of a topology (Kubernetes API, TopologySpreadConstraint).
 *
 * @param maxSkew       by how many pods a domain may exceed the emptiest
 * @param topologyKey   the node label whose values are the domains
 * @param required      whether a node that breaks it is refused, or only liked less
 * @param selector      the pods counted, of the pod's own namespace
 * @param minDomains    with fewer domains the emptiest counts as empty
 * @param honorAffinity whether nodes that the pod's node affinity and selector exclude do not count
 * @param honorTaints   whether nodes with taints that the pod does not tolerate do not count
 */
public record SpreadConstraint(int maxSkew, String topologyKey, boolean required, Selector selector, int minDomains,
        boolean honorAffinity, boolean honorTaints) {
    /** The same about other pods. */
    public SpreadConstraint selecting(Selector pods) {
        return new SpreadConstraint(maxSkew, topologyKey, required, pods, minDomains, honorAffinity, honorTaints);
    }
}
