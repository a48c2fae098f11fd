package dev.longshore.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * What a cluster has come to, without what chance decides: names, addresses, nodes and times of pods. Two runs of a
 * scenario end equal, whatever went wrong on the way.
 *
 * @param lines one for each object that counts, sorted
 */
record EndState(List<String> lines) {
    static EndState of(SimView view) {
        TreeSet<String> lines = new TreeSet<>();
        view.deployments().forEach(deployment -> {
            String name = deployment.getMetadata().getName();
            List<String> images = new ArrayList<>(view.podsOf(deployment).stream()
                    .map(pod -> pod.getSpec().getContainers(0).getImage()).sorted().toList());
            long active = view.replicaSets().stream().filter(set -> set.getSpec().getReplicas() > 0
                    && SimView.ownedBy(set.getMetadata(), deployment.getMetadata().getUid())).count();
            lines.add("deployment " + name + " replicas=" + deployment.getSpec().getReplicas() + " available="
                    + deployment.getStatus().getAvailableReplicas() + " images=" + images + " sets=" + active);
        });
        view.services().forEach(service -> lines.add("service " + service.getMetadata().getName() + " endpoints="
                + view.readyAddresses(service.getMetadata().getName()).size()));
        view.nodes().forEach(node -> lines.add("node " + node.getMetadata().getName() + " taints="
                + node.getSpec().getTaintsCount()));
        return new EndState(List.copyOf(lines));
    }
}
