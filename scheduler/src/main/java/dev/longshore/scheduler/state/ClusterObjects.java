package dev.longshore.scheduler.state;

import dev.longshore.scheduler.volumes.VolumeState;

/** What there is beside nodes and pods and has a say in where pods go. Owner: the scheduler's thread. */
final class ClusterObjects {
    private final Namespaces namespaces = new Namespaces();
    private final Workloads workloads = new Workloads();
    private final VolumeState volumes = new VolumeState();
    private final DisruptionBudgets budgets = new DisruptionBudgets();
    private long version;

    /** Takes in an object as it is now. True when it is news about where pods fit. */
    boolean put(ClusterObject object) {
        return noted(object, switch (object) {
            case ClusterObject.NamespaceFacts namespace -> namespaces.put(namespace);
            case ClusterObject.ServiceFacts service -> workloads.put(service);
            case ClusterObject.OwnerFacts owner -> workloads.put(owner);
            case ClusterObject.StorageObject storage -> volumes.put(storage.facts());
            // Budgets limit who may be evicted, not where pods fit, so no evaluation is out of date.
            case ClusterObject.BudgetFacts budget -> {
                budgets.put(budget);
                yield false;
            }
        });
    }

    /** Forgets an object. True when that is news about where pods fit. */
    boolean remove(ClusterObject object) {
        return noted(object, switch (object) {
            case ClusterObject.NamespaceFacts namespace -> namespaces.remove(namespace);
            case ClusterObject.ServiceFacts service -> workloads.remove(service);
            case ClusterObject.OwnerFacts owner -> workloads.remove(owner);
            case ClusterObject.StorageObject storage -> volumes.remove(storage.facts());
            case ClusterObject.BudgetFacts budget -> {
                budgets.remove(budget);
                yield false;
            }
        });
    }

    Namespaces namespaces() {
        return namespaces;
    }

    Workloads workloads() {
        return workloads;
    }

    VolumeState volumes() {
        return volumes;
    }

    DisruptionBudgets budgets() {
        return budgets;
    }

    /** Changes with every namespace, Service and owner. Storage has a version of its own: it concerns few pods. */
    long version() {
        return version;
    }

    private boolean noted(ClusterObject object, boolean news) {
        if (news && !(object instanceof ClusterObject.StorageObject)) {
            version++;
        }
        return news;
    }
}
