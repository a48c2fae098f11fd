package dev.longshore.scheduler.volumes;

import dev.longshore.api.ObjectKey;

/**
 * A claim that a pod uses.
 *
 * @param owner name and uid of the pod for which the claim is made and which must own it
 */
public record PodClaim(ObjectKey key, Owner owner) {
    /** Of a claim that belongs to nobody. */
    public static final Owner NOBODY = new Owner("", "");

    public record Owner(String name, String uid) {}

    /** Whether the claim comes and goes with the pod. */
    public boolean ephemeral() {
        return !owner.equals(NOBODY);
    }
}
