package dev.longshore.apiserver.resources;

import dev.longshore.api.ResourceTypes;
import dev.longshore.api.apps.v1.ReplicaSet;
import dev.longshore.api.apps.v1.ReplicaSetSpec;
import dev.longshore.api.apps.v1.ReplicaSetStatus;
import dev.longshore.api.meta.v1.StatusCause;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

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

    @Override
    public List<StatusCause> validate(ReplicaSet replicaSet) {
        Causes causes = new Causes();
        ReplicaSetSpec spec = replicaSet.getSpec();
        TemplateRules.check("replica set", spec.getSelector(), spec.hasSelector(), spec.getTemplate(), causes);
        Checks.notNegative("spec.replicas", spec.getReplicas(), causes);
        Checks.notNegative("spec.minReadySeconds", spec.getMinReadySeconds(), causes);
        return causes.list();
    }

    @Override
    public List<StatusCause> validateUpdate(ReplicaSet replicaSet, ReplicaSet stored, String subresource) {
        Causes causes = new Causes();
        if (subresource.equals("status")) {
            checkStatus(replicaSet.getStatus(), causes);
            return causes.list();
        }
        causes.addAll(validate(replicaSet));
        TemplateRules.checkUnchanged(replicaSet.getSpec().getSelector(), stored.getSpec().getSelector(), causes);
        return causes.list();
    }

    private static void checkStatus(ReplicaSetStatus status, Causes causes) {
        Map<String, Integer> parts = new TreeMap<>(Map.of("fullyLabeledReplicas", status.getFullyLabeledReplicas(),
                "readyReplicas", status.getReadyReplicas(), "availableReplicas", status.getAvailableReplicas()));
        StatusRules.checkReplicas(status.getReplicas(), parts, causes);
        StatusRules.checkAvailable(status.getAvailableReplicas(), status.getReadyReplicas(), causes);
    }

    @Override
    public List<String> warnings(ReplicaSet replicaSet) {
        return PodWarnings.of("spec.template.spec", replicaSet.getSpec().getTemplate().getSpec());
    }
}
