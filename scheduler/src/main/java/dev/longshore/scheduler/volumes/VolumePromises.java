package dev.longshore.scheduler.volumes;

import dev.longshore.api.ObjectKey;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What has been decided for claims of pods on their way, while the objects do not show it yet. Pods that share a claim
 * promise the same; the promise holds until the last of them gives it up. Owner: the scheduler's thread.
 */
final class VolumePromises {
    private final Map<String, VolumePlan> plans = new HashMap<>();
    private final Map<String, TreeMap<String, VolumeFacts.Holder>> holders = new HashMap<>();
    private final Map<ObjectKey, TreeMap<String, String>> nodes = new HashMap<>();

    void put(String podUid, VolumePlan plan) {
        remove(podUid);
        plans.put(podUid, plan);
        plan.pairings().forEach(pairing -> holders.computeIfAbsent(pairing.volume(), _ -> new TreeMap<>()).put(podUid,
                new VolumeFacts.Holder(pairing.claim(), pairing.claimUid())));
        plan.provisions().forEach(
                provision -> nodes.computeIfAbsent(provision.claim(), _ -> new TreeMap<>()).put(podUid, plan.node()));
    }

    /** False if the pod had promised nothing. */
    boolean remove(String podUid) {
        VolumePlan plan = plans.remove(podUid);
        if (plan == null) {
            return false;
        }
        plan.pairings().forEach(pairing -> without(holders, pairing.volume(), podUid));
        plan.provisions().forEach(provision -> without(nodes, provision.claim(), podUid));
        return true;
    }

    private static <K, V> void without(Map<K, TreeMap<String, V>> promises, K key, String podUid) {
        promises.computeIfPresent(key, (_, byPod) -> {
            byPod.remove(podUid);
            return byPod.isEmpty() ? null : byPod;
        });
    }

    /** The claim that the volume is promised to. */
    Optional<VolumeFacts.Holder> holder(String volume) {
        return Optional.ofNullable(holders.get(volume)).map(byPod -> byPod.firstEntry().getValue());
    }

    /** The node for which the claim's volume will be asked. */
    Optional<String> node(ObjectKey claim) {
        return Optional.ofNullable(nodes.get(claim)).map(byPod -> byPod.firstEntry().getValue());
    }
}
