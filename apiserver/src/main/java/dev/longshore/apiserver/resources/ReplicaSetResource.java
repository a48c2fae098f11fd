package dev.longshore.apiserver.resources;

import dev.longshore.api.ResourceTypes;
import dev.longshore.api.apps.v1.ReplicaSet;
import dev.longshore.api.apps.v1.ReplicaSetSpec;
import dev.longshore.api.meta.v1.StatusCause;
import java.util.List;

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
        OptionRules.check("spec.template", spec.getTemplate(), causes);
        TemplateRules.check("replica set", spec.getSelector(), spec.hasSelector(), spec.getTemplate(), causes);
        Checks.notNegative("spec.replicas", spec.getReplicas(), causes);
        Checks.notNegative("spec.minReadySeconds", spec.getMinReadySeconds(), causes);
        return causes.list();
    }

    @Override
    public List<StatusCause> validateUpdate(ReplicaSet replicaSet, ReplicaSet stored, String subresource) {
        if (!subresource.isEmpty()) {
            return List.of();
        }
        Causes causes = new Causes();
        causes.addAll(validate(replicaSet));
        TemplateRules.checkUnchanged(replicaSet.getSpec().getSelector(), stored.getSpec().getSelector(), causes);
        return causes.list();
    }

    @Override
    public List<String> warnings(ReplicaSet replicaSet) {
        return PodWarnings.of("spec.template.spec", replicaSet.getSpec().getTemplate().getSpec());
    }
}
