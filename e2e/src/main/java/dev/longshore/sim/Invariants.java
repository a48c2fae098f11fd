package dev.longshore.sim;

import dev.longshore.api.apps.v1.Deployment;
import dev.longshore.api.apps.v1.DeploymentStatus;
import dev.longshore.api.apps.v1.ReplicaSet;
import dev.longshore.api.core.v1.Node;
import dev.longshore.api.core.v1.Pod;
import dev.longshore.api.meta.v1.ObjectMeta;
import dev.longshore.api.values.Quantities;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Every invariant of a cluster at rest, one line each in {@link #ALL}. */
final class Invariants {
    static final List<Invariant> ALL = List.of(Invariants::deploymentsAreAsWanted, Invariants::statusesTellTheTruth,
            Invariants::podsRunOnNodes, Invariants::nothingIsOrphaned, Invariants::nodesAreNotOvercommitted,
            Invariants::endpointsAreTheReadyPods);

    private Invariants() {
    }

    static List<String> violations(SimView view, Scenario scenario) {
        List<String> violations = new ArrayList<>();
        ALL.forEach(invariant -> violations.addAll(invariant.violations(view, scenario)));
        return violations;
    }

    private static List<String> deploymentsAreAsWanted(SimView view, Scenario scenario) {
        List<String> found = new ArrayList<>();
        Map<String, Scenario.Wanted> wanted = scenario.wanted();
        Set<String> names = new TreeSet<>();
        for (Deployment deployment : view.deployments()) {
            String name = deployment.getMetadata().getName();
            names.add(name);
            Scenario.Wanted want = wanted.get(name);
            if (want == null) {
                found.add("deployment " + name + " should be gone");
                continue;
            }
            List<Pod> pods = view.podsOf(deployment);
            if (pods.size() != want.replicas()) {
                found.add("deployment " + name + " has " + pods.size() + " pods, wants " + want.replicas());
            }
            pods.stream().filter(pod -> !pod.getSpec().getContainers(0).getImage()
                    .equals(SimUser.image(want.version())))
                    .forEach(pod -> found.add("pod " + pod.getMetadata().getName() + " has an old template"));
        }
        wanted.keySet().stream().filter(name -> !names.contains(name))
                .forEach(name -> found.add("deployment " + name + " is missing"));
        return found;
    }

    private static List<String> statusesTellTheTruth(SimView view, Scenario scenario) {
        List<String> found = new ArrayList<>();
        for (Deployment deployment : view.deployments()) {
            DeploymentStatus status = deployment.getStatus();
            int replicas = deployment.getSpec().getReplicas();
            boolean right = status.getReplicas() == replicas && status.getUpdatedReplicas() == replicas
                    && status.getReadyReplicas() == replicas && status.getAvailableReplicas() == replicas
                    && status.getUnavailableReplicas() == 0
                    && status.getObservedGeneration() == deployment.getMetadata().getGeneration();
            if (!right) {
                found.add("status of deployment " + deployment.getMetadata().getName() + " is wrong: "
                        + status.getReplicas() + " replicas, " + status.getUpdatedReplicas() + " updated, "
                        + status.getAvailableReplicas() + " available of " + replicas);
            }
        }
        return found;
    }

    private static List<String> podsRunOnNodes(SimView view, Scenario scenario) {
        Set<String> nodes = new HashSet<>();
        view.nodes().forEach(node -> nodes.add(node.getMetadata().getName()));
        List<String> found = new ArrayList<>();
        for (Pod pod : view.pods()) {
            String name = pod.getMetadata().getName();
            if (!nodes.contains(pod.getSpec().getNodeName())) {
                found.add("pod " + name + " is on node \"" + pod.getSpec().getNodeName() + "\", which is none");
            }
            if (!SimView.live(pod)) {
                found.add("pod " + name + " is still going away");
            } else if (!SimPodStatus.ready(pod)) {
                found.add("pod " + name + " is not ready");
            }
        }
        return found;
    }

    private static List<String> nothingIsOrphaned(SimView view, Scenario scenario) {
        List<String> found = new ArrayList<>();
        for (ReplicaSet set : view.replicaSets()) {
            if (view.deployments().stream().noneMatch(owner -> owned(set.getMetadata(), owner.getMetadata()))) {
                found.add("replica set " + set.getMetadata().getName() + " has no deployment");
            }
        }
        for (Pod pod : view.pods()) {
            if (view.replicaSets().stream().noneMatch(owner -> owned(pod.getMetadata(), owner.getMetadata()))) {
                found.add("pod " + pod.getMetadata().getName() + " has no replica set");
            }
        }
        return found;
    }

    private static boolean owned(ObjectMeta object, ObjectMeta owner) {
        return SimView.ownedBy(object, owner.getUid());
    }

    private static List<String> nodesAreNotOvercommitted(SimView view, Scenario scenario) {
        Map<String, Long> taken = new HashMap<>();
        view.pods().forEach(pod -> taken.merge(pod.getSpec().getNodeName(), cpuMillis(pod), Long::sum));
        List<String> found = new ArrayList<>();
        for (Node node : view.nodes()) {
            long has = Quantities.milliValue(node.getStatus().getAllocatableOrDefault("cpu", Quantities.ZERO));
            long takes = taken.getOrDefault(node.getMetadata().getName(), 0L);
            if (takes > has) {
                found.add("node " + node.getMetadata().getName() + " has " + has + "m and gave " + takes + "m");
            }
        }
        return found;
    }

    static long cpuMillis(Pod pod) {
        return pod.getSpec().getContainersList().stream().mapToLong(container -> Quantities
                .milliValue(container.getResources().getRequestsOrDefault("cpu", Quantities.ZERO))).sum();
    }

    private static List<String> endpointsAreTheReadyPods(SimView view, Scenario scenario) {
        List<String> found = new ArrayList<>();
        for (Deployment deployment : view.deployments()) {
            String name = deployment.getMetadata().getName();
            TreeSet<String> ready = new TreeSet<>();
            view.podsOf(deployment).stream().filter(SimPodStatus::ready)
                    .forEach(pod -> ready.add(pod.getStatus().getPodIP()));
            if (!ready.equals(view.readyAddresses(name))) {
                found.add("endpoints of " + name + " are " + view.readyAddresses(name) + ", ready are " + ready);
            }
        }
        view.servicesWithSlices().stream().filter(service -> !service.equals("kubernetes")
                && view.services().stream().noneMatch(known -> known.getMetadata().getName().equals(service)))
                .forEach(service -> found.add("endpoints of service " + service + ", which is gone"));
        return found;
    }
}
