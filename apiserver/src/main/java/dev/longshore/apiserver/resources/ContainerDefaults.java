package dev.longshore.apiserver.resources;

import dev.longshore.api.core.v1.Container;
import dev.longshore.api.core.v1.EnvVar;
import dev.longshore.api.core.v1.HTTPGetAction;
import dev.longshore.api.core.v1.LifecycleHandler;
import dev.longshore.api.core.v1.ObjectFieldSelector;
import dev.longshore.api.core.v1.Probe;
import dev.longshore.api.core.v1.ResourceFieldSelector;
import dev.longshore.api.core.v1.ResourceRequirements;
import dev.longshore.api.resource.Quantity;
import dev.longshore.api.values.Quantities;
import java.util.Map;
import java.util.function.BiConsumer;

/** Fills in what a container leaves out (source: Kubernetes API, core/v1 defaults). */
final class ContainerDefaults {
    private static final int PROBE_TIMEOUT_SECONDS = 1;
    private static final int PROBE_PERIOD_SECONDS = 10;
    private static final int PROBE_FAILURES = 3;

    private ContainerDefaults() {
    }

    static void fill(Container.Builder container) {
        if (container.getImagePullPolicy().isEmpty()) {
            container.setImagePullPolicy(pullsAlways(container.getImage()) ? "Always" : "IfNotPresent");
        }
        if (container.getTerminationMessagePath().isEmpty()) {
            container.setTerminationMessagePath("/dev/termination-log");
        }
        if (container.getTerminationMessagePolicy().isEmpty()) {
            container.setTerminationMessagePolicy("File");
        }
        container.clearResizePolicy();
        if (container.hasResources()) {
            roundUp(container.getResourcesBuilder().clearClaims());
        }
        container.getEnvBuilderList().forEach(ContainerDefaults::fill);
        fillProbes(container);
        if (container.hasLifecycle()) {
            fillHooks(container);
        }
    }

    /** No tag, or the tag {@code latest}. An image named by digest never changes; what is no name has no tag. */
    private static boolean pullsAlways(String image) {
        if (image.contains("@") || !image.equals(image.strip()) || image.isEmpty()) {
            return false;
        }
        String last = image.substring(image.lastIndexOf('/') + 1);
        int colon = last.indexOf(':');
        return colon < 0 || last.substring(colon + 1).equals("latest");
    }

    /** Amounts have no more than three decimals (source: Kubernetes API, resource lists). */
    private static void roundUp(ResourceRequirements.Builder resources) {
        roundUp(resources.getLimitsMap(), resources::putLimits);
        roundUp(resources.getRequestsMap(), resources::putRequests);
    }

    private static void roundUp(Map<String, Quantity> amounts, BiConsumer<String, Quantity> put) {
        Map.copyOf(amounts).forEach((name, amount) -> {
            Quantity rounded = Quantities.roundUpToMilli(amount);
            if (rounded != amount) {
                put.accept(name, rounded);
            }
        });
    }

    static void fillRequests(Container.Builder container) {
        ResourceRequirements resources = container.getResources();
        resources.getLimitsMap().forEach((name, limit) -> {
            if (!resources.containsRequests(name)) {
                container.getResourcesBuilder().putRequests(name, limit);
            }
        });
    }

    private static void fill(EnvVar.Builder variable) {
        if (variable.hasValueFrom() && variable.getValueFrom().hasFieldRef()) {
            fill(variable.getValueFromBuilder().getFieldRefBuilder());
        }
        if (variable.hasValueFrom() && variable.getValueFrom().hasResourceFieldRef()) {
            fill(variable.getValueFromBuilder().getResourceFieldRefBuilder());
        }
    }

    static void fill(ObjectFieldSelector.Builder reference) {
        if (reference.getApiVersion().isEmpty()) {
            reference.setApiVersion("v1");
        }
    }

    static void fill(ResourceFieldSelector.Builder reference) {
        if (!reference.hasDivisor()) {
            reference.setDivisor(Quantities.ZERO);
        }
    }

    private static void fillProbes(Container.Builder container) {
        if (container.hasLivenessProbe()) {
            fill(container.getLivenessProbeBuilder());
        }
        if (container.hasReadinessProbe()) {
            fill(container.getReadinessProbeBuilder());
        }
        if (container.hasStartupProbe()) {
            fill(container.getStartupProbeBuilder());
        }
    }

    private static void fill(Probe.Builder probe) {
        if (probe.getTimeoutSeconds() == 0) {
            probe.setTimeoutSeconds(PROBE_TIMEOUT_SECONDS);
        }
        if (probe.getPeriodSeconds() == 0) {
            probe.setPeriodSeconds(PROBE_PERIOD_SECONDS);
        }
        if (probe.getSuccessThreshold() == 0) {
            probe.setSuccessThreshold(1);
        }
        if (probe.getFailureThreshold() == 0) {
            probe.setFailureThreshold(PROBE_FAILURES);
        }
        if (probe.getHandler().hasHttpGet()) {
            fill(probe.getHandlerBuilder().getHttpGetBuilder());
        }
        if (probe.getHandler().hasGrpc() && !probe.getHandler().getGrpc().hasService()) {
            probe.getHandlerBuilder().getGrpcBuilder().setService("");
        }
    }

    private static void fillHooks(Container.Builder container) {
        if (container.getLifecycle().hasPostStart()) {
            fill(container.getLifecycleBuilder().getPostStartBuilder());
        }
        if (container.getLifecycle().hasPreStop()) {
            fill(container.getLifecycleBuilder().getPreStopBuilder());
        }
    }

    private static void fill(LifecycleHandler.Builder hook) {
        if (hook.hasHttpGet()) {
            fill(hook.getHttpGetBuilder());
        }
    }

    private static void fill(HTTPGetAction.Builder request) {
        if (request.getPath().isEmpty()) {
            request.setPath("/");
        }
        if (request.getScheme().isEmpty()) {
            request.setScheme("HTTP");
        }
    }
}
