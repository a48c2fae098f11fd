package dev.longshore.apiserver.resources;

import dev.longshore.api.core.v1.Container;
import dev.longshore.api.core.v1.ContainerPort;
import dev.longshore.api.core.v1.EnvVar;
import dev.longshore.api.core.v1.EnvVarSource;
import dev.longshore.api.core.v1.ExecAction;
import dev.longshore.api.core.v1.HTTPGetAction;
import dev.longshore.api.core.v1.LifecycleHandler;
import dev.longshore.api.core.v1.Probe;
import dev.longshore.api.core.v1.ProbeHandler;
import dev.longshore.api.core.v1.ResourceRequirements;
import dev.longshore.api.core.v1.VolumeMount;
import dev.longshore.api.resource.Quantity;
import dev.longshore.api.values.Names;
import dev.longshore.api.values.Quantities;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What must hold for the containers of one pod (source: Kubernetes API, core/v1 validation).
 *
 * @param volumes     names that mounts may refer to
 * @param hostNetwork whether the pod uses the node's network
 * @param names       of the containers met so far; grows
 */
record ContainerRules(Set<String> volumes, boolean hostNetwork, Set<String> names) {
    private static final Set<String> CPU_AND_MEMORY = Set.of("cpu", "memory", "ephemeral-storage");

    void check(String path, Container container, boolean init, Causes causes) {
        if (!container.getName().isEmpty()) {
            Checks.label(path + ".name", container.getName(), causes);
            if (!names.add(container.getName())) {
                causes.duplicate(path + ".name", container.getName());
            }
        }
        if (container.getImage().isEmpty()) {
            causes.required(path + ".image", "");
        } else if (!container.getImage().equals(container.getImage().strip())) {
            causes.invalid(path + ".image", container.getImage(), "must not have leading or trailing whitespace");
        }
        checkPorts(path + ".ports", container, causes);
        checkEnvironment(path, container, causes);
        checkMounts(path + ".volumeMounts", container, causes);
        checkResources(path + ".resources", container.getResources(), causes);
        checkProbes(path, container, init, causes);
    }

    private void checkPorts(String path, Container container, Causes causes) {
        Set<String> portNames = new HashSet<>();
        for (int i = 0; i < container.getPortsCount(); i++) {
            ContainerPort port = container.getPorts(i);
            String place = path + "[" + i + "]";
            if (!port.getName().isEmpty()) {
                Names.portName(port.getName())
                        .forEach(problem -> causes.invalid(place + ".name", port.getName(), problem));
                if (!portNames.add(port.getName())) {
                    causes.duplicate(place + ".name", port.getName());
                }
            }
            if (port.getContainerPort() == 0) {
                causes.required(place + ".containerPort", "");
            } else {
                Checks.port(place + ".containerPort", port.getContainerPort(), causes);
            }
            checkHostPort(place, port, causes);
        }
    }

    private void checkHostPort(String path, ContainerPort port, Causes causes) {
        if (port.getHostPort() == 0) {
            return;
        }
        Checks.port(path + ".hostPort", port.getHostPort(), causes);
        if (hostNetwork && port.getHostPort() != port.getContainerPort()) {
            causes.invalid(path + ".hostPort", port.getHostPort(),
                    "must match `containerPort` when `hostNetwork` is true");
        }
    }

    private static void checkEnvironment(String path, Container container, Causes causes) {
        for (int i = 0; i < container.getEnvCount(); i++) {
            EnvVar variable = container.getEnv(i);
            String place = path + ".env[" + i + "]";
            if (!variable.getName().isEmpty()) {
                checkName(place + ".name", variable.getName(), causes);
            }
            if (variable.hasValueFrom()) {
                checkSource(place + ".valueFrom", variable, causes);
            }
        }
        for (int i = 0; i < container.getEnvFromCount(); i++) {
            String place = path + ".envFrom";
            String item = place + "[" + i + "]";
            if (container.getEnvFrom(i).hasConfigMapRef()
                    && container.getEnvFrom(i).getConfigMapRef().getLocalObjectReference().getName().isEmpty()) {
                causes.required(item + ".configMapRef.name", "");
            }
            if (container.getEnvFrom(i).hasSecretRef()
                    && container.getEnvFrom(i).getSecretRef().getLocalObjectReference().getName().isEmpty()) {
                causes.required(item + ".secretRef.name", "");
            }
            boolean map = container.getEnvFrom(i).hasConfigMapRef();
            boolean secret = container.getEnvFrom(i).hasSecretRef();
            if (map && secret) {
                causes.invalid(place, "", "may not have more than one field specified at a time");
            } else if (!map && !secret) {
                causes.invalid(place, "", "must specify one of: `configMapRef` or `secretRef`");
            }
        }
    }

    /** Printable ASCII without the sign that parts it from its value. */
    private static void checkName(String field, String name, Causes causes) {
        if (!name.chars().allMatch(letter -> letter >= ' ' && letter <= '~' && letter != '=')) {
            causes.invalid(field, name, "a valid environment variable name must consist only of printable ASCII"
                    + " characters other than '='");
        }
    }

    private static void checkSource(String path, EnvVar variable, Causes causes) {
        EnvVarSource source = variable.getValueFrom();
        int count = source.getAllFields().size();
        if (count == 0) {
            causes.invalid(path, "",
                    "must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef` or `secretKeyRef`");
        } else if (!variable.getValue().isEmpty()) {
            causes.invalid(path, "", "may not be specified when `value` is not empty");
        } else if (count > 1) {
            causes.invalid(path, "", "may not have more than one field specified at a time");
        }
        if (source.hasConfigMapKeyRef()
                && source.getConfigMapKeyRef().getLocalObjectReference().getName().isEmpty()) {
            causes.required(path + ".configMapKeyRef.name", "");
        }
        if (source.hasSecretKeyRef() && source.getSecretKeyRef().getLocalObjectReference().getName().isEmpty()) {
            causes.required(path + ".secretKeyRef.name", "");
        }
        if (source.hasFieldRef() && source.getFieldRef().getFieldPath().isEmpty()) {
            causes.required(path + ".fieldRef.fieldPath", "");
        }
    }

    private void checkMounts(String path, Container container, Causes causes) {
        Set<String> paths = new HashSet<>();
        for (int i = 0; i < container.getVolumeMountsCount(); i++) {
            VolumeMount mount = container.getVolumeMounts(i);
            String place = path + "[" + i + "]";
            if (!mount.getName().isEmpty() && !volumes.contains(mount.getName())) {
                causes.notFound(place + ".name", mount.getName());
            }
            if (!paths.add(mount.getMountPath())) {
                causes.invalid(place + ".mountPath", mount.getMountPath(), "must be unique");
            }
            if (!mount.getSubPath().isEmpty() && !mount.getSubPathExpr().isEmpty()) {
                causes.invalid(place + ".subPathExpr", mount.getSubPathExpr(),
                        "subPathExpr and subPath are mutually exclusive");
            }
            Checks.localPath(path + ".subPath", mount.getSubPath(), causes);
            Checks.localPath(path + ".subPathExpr", mount.getSubPathExpr(), causes);
        }
    }

    private static void checkResources(String path, ResourceRequirements resources, Causes causes) {
        amounts(path + ".limits", resources.getLimitsMap(), causes);
        amounts(path + ".requests", resources.getRequestsMap(), causes);
        resources.getRequestsMap().forEach((name, request) -> {
            if (resources.containsLimits(name)
                    && Quantities.compare(request, resources.getLimitsOrThrow(name)) > 0) {
                causes.invalid(path + ".requests", request.getString(), "must be less than or equal to " + name
                        + " limit of " + resources.getLimitsOrThrow(name).getString());
            }
        });
    }

    private static void amounts(String path, Map<String, Quantity> amounts, Causes causes) {
        amounts.forEach((name, amount) -> {
            if (!CPU_AND_MEMORY.contains(name) && !name.contains("/") && !name.startsWith("hugepages-")) {
                causes.invalid(path + "[" + name + "]", name,
                        "must be a standard resource type or fully qualified");
                causes.invalid(path + "[" + name + "]", name, "must be a standard resource for containers");
            }
            if (Quantities.signum(amount) < 0) {
                causes.invalid(path + "[" + name + "]", amount.getString(), "must be greater than or equal to 0");
            }
        });
    }

    private static void checkProbes(String path, Container container, boolean init, Causes causes) {
        boolean plainInit = init && !container.getRestartPolicy().equals("Always");
        if (container.hasLivenessProbe()) {
            probe(path + ".livenessProbe", container.getLivenessProbe(), plainInit, true, causes);
        }
        if (container.hasReadinessProbe()) {
            probe(path + ".readinessProbe", container.getReadinessProbe(), plainInit, false, causes);
        }
        if (container.hasStartupProbe()) {
            probe(path + ".startupProbe", container.getStartupProbe(), plainInit, true, causes);
        }
        if (container.hasLifecycle() && plainInit) {
            causes.forbidden(path + ".lifecycle", "may not be set for init containers without restartPolicy=Always");
        } else {
            if (container.getLifecycle().hasPostStart()) {
                hook(path + ".lifecycle.postStart", container.getLifecycle().getPostStart(), causes);
            }
            if (container.getLifecycle().hasPreStop()) {
                hook(path + ".lifecycle.preStop", container.getLifecycle().getPreStop(), causes);
            }
        }
    }

    private static void probe(String path, Probe probe, boolean forbidden, boolean once, Causes causes) {
        if (forbidden) {
            causes.forbidden(path, "may not be set for init containers without restartPolicy=Always");
            return;
        }
        handler(path, probe.getHandler(), causes);
        Checks.notNegative(path + ".initialDelaySeconds", probe.getInitialDelaySeconds(), causes);
        Checks.notNegative(path + ".timeoutSeconds", probe.getTimeoutSeconds(), causes);
        Checks.notNegative(path + ".periodSeconds", probe.getPeriodSeconds(), causes);
        Checks.notNegative(path + ".successThreshold", probe.getSuccessThreshold(), causes);
        Checks.notNegative(path + ".failureThreshold", probe.getFailureThreshold(), causes);
        if (once && probe.getSuccessThreshold() != 1) {
            causes.invalid(path + ".successThreshold", probe.getSuccessThreshold(), "must be 1");
        }
        if (probe.hasTerminationGracePeriodSeconds() && probe.getTerminationGracePeriodSeconds() <= 0) {
            causes.invalid(path + ".terminationGracePeriodSeconds", probe.getTerminationGracePeriodSeconds(),
                    "must be greater than 0");
        }
    }

    private static void handler(String path, ProbeHandler handler, Causes causes) {
        int count = handler.getAllFields().size();
        if (count == 0) {
            causes.required(path, "must specify a handler type");
        }
        handler.getAllFields().keySet().stream().skip(1).forEach(field -> causes.forbidden(
                path + "." + field.getJsonName(), "may not specify more than 1 handler type"));
        if (handler.hasExec()) {
            exec(path + ".exec", handler.getExec(), causes);
        }
        if (handler.hasHttpGet()) {
            request(path + ".httpGet", handler.getHttpGet(), causes);
        }
        if (handler.hasTcpSocket()) {
            Checks.port(path + ".tcpSocket.port", handler.getTcpSocket().getPort(), causes);
        }
        if (handler.hasGrpc()) {
            Checks.port(path + ".grpc.port", handler.getGrpc().getPort(), causes);
        }
    }

    private static void hook(String path, LifecycleHandler handler, Causes causes) {
        if (handler.getAllFields().isEmpty()) {
            causes.required(path, "must specify a handler type");
        }
        handler.getAllFields().keySet().stream().skip(1).forEach(field -> causes.forbidden(
                path + "." + field.getJsonName(), "may not specify more than 1 handler type"));
        if (handler.hasExec()) {
            exec(path + ".exec", handler.getExec(), causes);
        }
        if (handler.hasHttpGet()) {
            request(path + ".httpGet", handler.getHttpGet(), causes);
        }
        if (handler.hasTcpSocket()) {
            Checks.port(path + ".tcpSocket.port", handler.getTcpSocket().getPort(), causes);
        }
    }

    private static void exec(String path, ExecAction exec, Causes causes) {
        if (exec.getCommandCount() == 0) {
            causes.required(path + ".command", "");
        }
    }

    private static void request(String path, HTTPGetAction request, Causes causes) {
        Checks.port(path + ".port", request.getPort(), causes);
    }
}
