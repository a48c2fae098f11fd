package dev.longshore.scheduler.volumes;

import dev.longshore.api.ObjectKey;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The disks and claims of the pods on each node, by node slot. Owner: the scheduler's thread. */
public final class VolumeUse {
    private final Map<Integer, List<Disk>> disks = new TreeMap<>();
    private final Map<Integer, Map<ObjectKey, Integer>> claims = new HashMap<>();
    /** How many pods of any node use a claim; those made for their pods aside. */
    private final Map<ObjectKey, Integer> shared = new HashMap<>();

    public void add(int slot, PodVolumes pod) {
        if (!pod.disks().isEmpty()) {
            disks.computeIfAbsent(slot, _ -> new ArrayList<>()).addAll(pod.disks());
        }
        for (PodClaim claim : pod.claims()) {
            claims.computeIfAbsent(slot, _ -> new HashMap<>()).merge(claim.key(), 1, Integer::sum);
            if (!claim.ephemeral()) {
                shared.merge(claim.key(), 1, Integer::sum);
            }
        }
    }

    public void remove(int slot, PodVolumes pod) {
        for (Disk disk : pod.disks()) {
            disks.computeIfPresent(slot, (_, held) -> {
                held.remove(disk);
                return held.isEmpty() ? null : held;
            });
        }
        for (PodClaim claim : pod.claims()) {
            claims.computeIfPresent(slot, (_, held) -> {
                held.computeIfPresent(claim.key(), (_, count) -> count == 1 ? null : count - 1);
                return held.isEmpty() ? null : held;
            });
            if (!claim.ephemeral()) {
                shared.computeIfPresent(claim.key(), (_, count) -> count == 1 ? null : count - 1);
            }
        }
    }

    /** Adds to {@code conflicting} the nodes with a pod whose disks are among those wanted. */
    public void conflicts(List<Disk> wanted, BitSet conflicting) {
        disks.forEach((slot, held) -> {
            if (held.stream().anyMatch(disk -> wanted.stream().anyMatch(disk::conflictsWith))) {
                conflicting.set(slot);
            }
        });
    }

    /** The claims that pods of the node use. Do not modify. */
    public Set<ObjectKey> claims(int slot) {
        Map<ObjectKey, Integer> held = claims.get(slot);
        return held == null ? Set.of() : held.keySet();
    }

    /** Whether a pod of any node uses the claim. */
    public boolean inUse(ObjectKey claim) {
        return shared.containsKey(claim);
    }
}
