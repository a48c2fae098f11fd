package dev.longshore.apiserver.auth;

import java.util.List;
import java.util.Set;

/**
 * What the cluster's own components may do. A fixed table until roles decide; narrower than or equal to the default
 * roles of the Kubernetes API ({@code system:kube-scheduler} and so on).
 */
final class RuleTable {
    private static final Set<String> CREATE_AND_CHANGE = Set.of("create", "update", "patch");
    private static final Rule EVENTS = Rule.of("", CREATE_AND_CHANGE, "events");
    private static final Rule LEASES = Rule.of("coordination.k8s.io", Set.of("get", "list", "watch", "create", "update",
            "patch"), "leases");

    static final List<Rule> SCHEDULER = List.of(EVENTS, LEASES,
            Rule.read("", "nodes", "pods", "namespaces", "services", "replicationcontrollers", "persistentvolumeclaims",
                    "persistentvolumes"),
            Rule.read("apps", "replicasets", "statefulsets"), Rule.read("policy", "poddisruptionbudgets"),
            Rule.read("storage.k8s.io", "storageclasses", "csinodes", "csidrivers", "csistoragecapacities",
                    "volumeattachments"),
            Rule.read("scheduling.k8s.io", "priorityclasses"),
            Rule.of("", Set.of("create"), "pods/binding", "bindings"), Rule.of("", Set.of("delete"), "pods"),
            Rule.of("", Set.of("update", "patch"), "pods/status"),
            Rule.of("", Set.of("update", "patch"), "persistentvolumes", "persistentvolumeclaims"));

    static final List<Rule> CONTROLLER_MANAGER = List.of(EVENTS,
            Rule.write("coordination.k8s.io", "leases"),
            Rule.write("", "pods", "pods/status", "pods/eviction", "services", "services/status", "endpoints",
                    "namespaces", "namespaces/status", "namespaces/finalize", "nodes", "nodes/status",
                    "serviceaccounts", "configmaps", "secrets", "events", "persistentvolumeclaims",
                    "persistentvolumeclaims/status", "persistentvolumes", "persistentvolumes/status",
                    "replicationcontrollers", "replicationcontrollers/status", "resourcequotas",
                    "resourcequotas/status", "limitranges", "podtemplates"),
            Rule.write("apps", "deployments", "deployments/status", "deployments/scale", "replicasets",
                    "replicasets/status", "replicasets/scale", "statefulsets", "statefulsets/status",
                    "statefulsets/scale", "daemonsets", "daemonsets/status", "controllerrevisions"),
            Rule.write("batch", "jobs", "jobs/status", "cronjobs", "cronjobs/status"),
            Rule.write("autoscaling", "horizontalpodautoscalers", "horizontalpodautoscalers/status"),
            Rule.write("discovery.k8s.io", "endpointslices"),
            Rule.write("policy", "poddisruptionbudgets", "poddisruptionbudgets/status"),
            Rule.write("networking.k8s.io", "ingresses", "networkpolicies"),
            Rule.write("rbac.authorization.k8s.io", "roles", "rolebindings"),
            Rule.read("rbac.authorization.k8s.io", "clusterroles", "clusterrolebindings"),
            Rule.read("scheduling.k8s.io", "priorityclasses"), Rule.read("storage.k8s.io", "storageclasses"));

    /** What any node may do; whose object it is, is checked beside it. */
    static final List<Rule> NODE = List.of(EVENTS,
            Rule.read("", "nodes", "services", "pods", "configmaps", "secrets", "namespaces", "serviceaccounts"),
            Rule.read("discovery.k8s.io", "endpointslices"), Rule.read("node.k8s.io", "runtimeclasses"),
            Rule.of("", CREATE_AND_CHANGE, "nodes"), Rule.of("", Set.of("update", "patch"), "nodes/status"),
            Rule.of("", Set.of("update", "patch"), "pods/status"), Rule.of("", Set.of("delete"), "pods"),
            Rule.of("coordination.k8s.io", Set.of("get", "create", "update", "patch", "delete"), "leases"));

    /** Paths that need no credentials (Kubernetes API, system:public-info-viewer). */
    static final Set<String> PUBLIC_PATHS = Set.of("/healthz", "/livez", "/readyz", "/version", "/version/");

    private RuleTable() {
    }
}
