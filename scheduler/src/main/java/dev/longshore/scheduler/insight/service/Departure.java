package dev.longshore.scheduler.insight.service;

import dev.longshore.api.core.v1.Pod;
import dev.longshore.api.meta.v1.OwnerReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What becomes of the pods of a node that leaves: those of controllers are made again, without a node. */
final class Departure {
    /** These make pods for a node, and none in its stead (Kubernetes API: of static pods, the node is the owner). */
    private static final Set<String> NODE_BOUND = Set.of("DaemonSet", "Node");
    private static final Set<String> ENDED = Set.of("Succeeded", "Failed");

    private Departure() {
    }

    /** The pods that would be made again, under the names they have; notes tell of the others. */
    static List<Pod> of(List<Pod> pods, List<String> notes) {
        List<Pod> again = new ArrayList<>();
        List<String> orphans = new ArrayList<>();
        int nodeBound = 0;
        for (Pod pod : pods) {
            Optional<String> controller = pod.getMetadata().getOwnerReferencesList().stream()
                    .filter(OwnerReference::getController).map(OwnerReference::getKind).findFirst();
            if (pod.getMetadata().hasDeletionTimestamp() || ENDED.contains(pod.getStatus().getPhase())) {
                continue;
            }
            if (controller.isEmpty()) {
                orphans.add(pod.getMetadata().getNamespace() + "/" + pod.getMetadata().getName());
            } else if (NODE_BOUND.contains(controller.get())) {
                nodeBound++;
            } else {
                again.add(withoutNode(pod));
            }
        }
        if (!orphans.isEmpty()) {
            notes.add("gone with the node, as no controller makes them again: " + String.join(", ", orphans));
        }
        if (nodeBound > 0) {
            notes.add("gone with the node, as they belong to it: " + nodeBound
                    + (nodeBound == 1 ? " pod" : " pods") + " of DaemonSets or its own");
        }
        return again;
    }

    private static Pod withoutNode(Pod pod) {
        Pod.Builder again = pod.toBuilder().clearStatus();
        again.getMetadataBuilder().setUid("again-" + pod.getMetadata().getUid());
        again.getSpecBuilder().clearNodeName();
        return again.build();
    }
}
