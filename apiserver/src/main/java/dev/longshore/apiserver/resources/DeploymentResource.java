package dev.longshore.apiserver.resources;

import dev.longshore.api.ResourceTypes;
import dev.longshore.api.apps.v1.Deployment;
import dev.longshore.api.apps.v1.DeploymentSpec;
import dev.longshore.api.apps.v1.RollingUpdateDeployment;
import dev.longshore.api.values.IntOrStrings;

/** Deployments (defaults: Kubernetes API, apps/v1). */
final class DeploymentResource extends GenericStrategy<Deployment> {
    private static final String ROLLING = "RollingUpdate";
    private static final String QUARTER = "25%";
    private static final int HISTORY = 10;
    private static final int DEADLINE_SECONDS = 600;

    DeploymentResource() {
        super(ResourceTypes.DEPLOYMENTS);
    }

    @Override
    public Deployment defaults(Deployment deployment) {
        Deployment.Builder filled = super.defaults(deployment).toBuilder();
        DeploymentSpec.Builder spec = filled.getSpecBuilder();
        if (!spec.hasReplicas()) {
            spec.setReplicas(1);
        }
        if (spec.getStrategy().getType().isEmpty()) {
            spec.getStrategyBuilder().setType(ROLLING);
        }
        if (spec.getStrategy().getType().equals(ROLLING)) {
            fill(spec.getStrategyBuilder().getRollingUpdateBuilder());
        }
        if (!spec.hasRevisionHistoryLimit()) {
            spec.setRevisionHistoryLimit(HISTORY);
        }
        if (!spec.hasProgressDeadlineSeconds()) {
            spec.setProgressDeadlineSeconds(DEADLINE_SECONDS);
        }
        PodDefaults.fill(spec.getTemplateBuilder().getSpecBuilder());
        return filled.build();
    }

    private static void fill(RollingUpdateDeployment.Builder rolling) {
        if (!rolling.hasMaxUnavailable()) {
            rolling.setMaxUnavailable(IntOrStrings.of(QUARTER));
        }
        if (!rolling.hasMaxSurge()) {
            rolling.setMaxSurge(IntOrStrings.of(QUARTER));
        }
    }
}
