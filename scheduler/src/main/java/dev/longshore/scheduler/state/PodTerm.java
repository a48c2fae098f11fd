package dev.longshore.scheduler.state;

/**
 * A wish to be with, or away from, certain pods: in one domain of the topology.
 *
 * @param topologyKey the node label whose values are the domains
 * @param weight      of a preference, never negative; 0 for a requirement
 */
public record PodTerm(String topologyKey, PodSelector selector, int weight) {}
