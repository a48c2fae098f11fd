package dev.longshore.scheduler.volumes;

import dev.longshore.api.core.v1.TopologySelectorTerm;
import dev.longshore.api.storage.v1.StorageClass;
import java.util.List;

/**
 * A storage class.
 *
 * @param provisioner who makes its volumes
 * @param waits       whether claims are bound only when a pod with a node wants them
 * @param topologies  labels of nodes for which volumes can be made, any of them; empty: for all nodes
 */
public record ClassFacts(String name, String provisioner, boolean waits, List<TopologySelectorTerm> topologies)
        implements
            StorageFacts {
    /** Says that nobody makes volumes of the class (Kubernetes API). */
    private static final String NO_PROVISIONER = "kubernetes.io/no-provisioner";

    public ClassFacts {
        topologies = List.copyOf(topologies);
    }

    public static ClassFacts of(StorageClass storageClass) {
        return new ClassFacts(storageClass.getMetadata().getName(), storageClass.getProvisioner(),
                storageClass.getVolumeBindingMode().equals("WaitForFirstConsumer"),
                storageClass.getAllowedTopologiesList());
    }

    /** Whether volumes of it can be made. */
    public boolean provisions() {
        return !provisioner.isEmpty() && !provisioner.equals(NO_PROVISIONER);
    }
}
