package dev.longshore.apiserver.resources;

import dev.longshore.api.ResourceTypes;
import dev.longshore.api.apps.v1.ReplicaSet;

/** ReplicaSets (defaults: Kubernetes API, apps/v1). */
final class ReplicaSetResource extends GenericStrategy<ReplicaSet> {
    ReplicaSetResource() {
        super(ResourceTypes.REPLICA_SETS);
    }

    @Override
    public ReplicaSet defaults(ReplicaSet replicaSet) {
        ReplicaSet.Builder filled = super.defaults(replicaSet).toBuilder();
        if (!filled.getSpec().hasReplicas()) {
            filled.getSpecBuilder().setReplicas(1);
        }
        PodDefaults.fill(filled.getSpecBuilder().getTemplateBuilder().getSpecBuilder());
        return filled.build();
    }
}
