package dev.longshore.apiserver.resources;

import dev.longshore.api.ResourceTypes;
import dev.longshore.api.apps.v1.Deployment;
import dev.longshore.api.apps.v1.DeploymentSpec;
import dev.longshore.api.apps.v1.DeploymentStatus;
import dev.longshore.api.apps.v1.DeploymentStrategy;
import dev.longshore.api.apps.v1.RollingUpdateDeployment;
import dev.longshore.api.intstr.IntOrString;
import dev.longshore.api.meta.v1.StatusCause;
import dev.longshore.api.values.IntOrStrings;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Deployments (defaults: Kubernetes API, apps/v1). */
final class DeploymentResource extends GenericStrategy<Deployment> {
    private static final String ROLLING = "RollingUpdate";
    private static final List<String> STRATEGIES = List.of("Recreate", ROLLING);
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

    /** Annotations count: a rollout carries them over to its ReplicaSet. */
    @Override
    public boolean specificationDiffers(Deployment deployment, Deployment other) {
        return super.specificationDiffers(deployment, other) || !deployment.getMetadata().getAnnotationsMap()
                .equals(other.getMetadata().getAnnotationsMap());
    }

    @Override
    public List<StatusCause> validate(Deployment deployment) {
        Causes causes = new Causes();
        DeploymentSpec spec = deployment.getSpec();
        TemplateRules.check("deployment", spec.getSelector(), spec.hasSelector(), spec.getTemplate(), causes);
        Checks.notNegative("spec.replicas", spec.getReplicas(), causes);
        Checks.notNegative("spec.minReadySeconds", spec.getMinReadySeconds(), causes);
        Checks.notNegative("spec.revisionHistoryLimit", spec.getRevisionHistoryLimit(), causes);
        Checks.notNegative("spec.progressDeadlineSeconds", spec.getProgressDeadlineSeconds(), causes);
        if (spec.getProgressDeadlineSeconds() <= spec.getMinReadySeconds()) {
            causes.invalid("spec.progressDeadlineSeconds", spec.getProgressDeadlineSeconds(),
                    "must be greater than minReadySeconds");
        }
        check(spec.getStrategy(), causes);
        return causes.list();
    }

    private static void check(DeploymentStrategy strategy, Causes causes) {
        String path = "spec.strategy";
        if (!STRATEGIES.contains(strategy.getType())) {
            causes.notSupported(path, strategy.getType(), STRATEGIES);
        }
        if (strategy.getType().equals("Recreate") && strategy.hasRollingUpdate()) {
            causes.forbidden(path + ".rollingUpdate",
                    "may not be specified when strategy `type` is 'Recreate'");
        }
        if (strategy.getType().equals(ROLLING)) {
            IntOrString unavailable = strategy.getRollingUpdate().getMaxUnavailable();
            IntOrString surge = strategy.getRollingUpdate().getMaxSurge();
            amount(path + ".rollingUpdate.maxUnavailable", unavailable, true, causes);
            amount(path + ".rollingUpdate.maxSurge", surge, false, causes);
            if (isZero(unavailable) && isZero(surge)) {
                causes.invalid(path + ".rollingUpdate.maxUnavailable", IntOrStrings.text(unavailable),
                        "may not be 0 when `maxSurge` is 0");
            }
        }
    }

    private static boolean isZero(IntOrString amount) {
        return IntOrStrings.isInt(amount) ? amount.getIntVal() == 0 : amount.getStrVal().equals("0%");
    }

    private static void amount(String field, IntOrString amount, boolean capped, Causes causes) {
        if (IntOrStrings.isInt(amount)) {
            Checks.notNegative(field, amount.getIntVal(), causes);
        } else if (!amount.getStrVal().matches("[0-9]+%")) {
            causes.invalid(field, amount.getStrVal(),
                    "a valid percent string must be a numeric string followed by an ending '%'");
        } else if (capped && amount.getStrVal().length() > 3 && !amount.getStrVal().equals("100%")) {
            causes.invalid(field, amount.getStrVal(), "must not be greater than 100%");
        }
    }

    @Override
    public List<StatusCause> validateUpdate(Deployment deployment, Deployment stored, String subresource) {
        Causes causes = new Causes();
        if (subresource.equals("status")) {
            checkStatus(deployment.getStatus(), stored.getStatus(), causes);
            return causes.list();
        }
        causes.addAll(validate(deployment));
        TemplateRules.checkUnchanged(deployment.getSpec().getSelector(), stored.getSpec().getSelector(), causes);
        return causes.list();
    }

    private static void checkStatus(DeploymentStatus status, DeploymentStatus stored, Causes causes) {
        Map<String, Integer> parts = new TreeMap<>(Map.of("updatedReplicas", status.getUpdatedReplicas(),
                "readyReplicas", status.getReadyReplicas(), "availableReplicas", status.getAvailableReplicas()));
        StatusRules.checkReplicas(status.getReplicas(), parts, causes);
        Checks.notNegative("status.unavailableReplicas", status.getUnavailableReplicas(), causes);
        StatusRules.checkAvailable(status.getAvailableReplicas(), status.getReadyReplicas(), causes);
        if (status.getCollisionCount() < stored.getCollisionCount()) {
            causes.invalid("status.collisionCount", status.getCollisionCount(), "cannot be decremented");
        }
    }

    @Override
    public List<String> warnings(Deployment deployment) {
        return PodWarnings.of("spec.template.spec", deployment.getSpec().getTemplate().getSpec());
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
