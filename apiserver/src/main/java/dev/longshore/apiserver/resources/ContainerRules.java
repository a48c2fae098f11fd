package dev.longshore.apiserver.resources;

import dev.longshore.api.core.v1.Container;
import dev.longshore.api.core.v1.ContainerPort;
import dev.longshore.api.core.v1.ExecAction;
import dev.longshore.api.core.v1.HTTPGetAction;
import dev.longshore.api.core.v1.LifecycleHandler;
import dev.longshore.api.core.v1.Probe;
import dev.longshore.api.core.v1.ProbeHandler;
import dev.longshore.api.core.v1.SecurityContext;
import dev.longshore.api.values.Names;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What must hold for the containers of one pod (source: Kubernetes API, core/v1 validation).
 *
 * @param volumes      names that mounts may refer to
 * @param hostNetwork  whether the pod uses the node's network
 * @param graceSeconds what the pod is given to end
 * @param names        of the containers met so far; grows
 */
record ContainerRules(Set<String> volumes, boolean hostNetwork, long graceSeconds, Set<String> names) {
    private static final String HEADER = "[-A-Za-z0-9]+";

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
        EnvironmentRules.check(path, container, causes);
        new MountRules(volumes).check(path, container, causes);
        ResourceRules.check(path + ".resources", container.getResources(), causes);
        checkProbes(path, container, init, causes);
        checkSecurity(path + ".securityContext", container.getSecurityContext(), causes);
        checkRestarts(path + ".restartPolicy", container, init, causes);
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

    private void checkProbes(String path, Container container, boolean init, Causes causes) {
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
        if (!once && probe.hasTerminationGracePeriodSeconds()) {
            causes.invalid(path + ".terminationGracePeriodSeconds", probe.getTerminationGracePeriodSeconds(),
                    "must not be set for readinessProbes");
        }
        Checks.notNegative(path + ".initialDelaySeconds", probe.getInitialDelaySeconds(), causes);
        Checks.notNegative(path + ".timeoutSeconds", probe.getTimeoutSeconds(), causes);
        Checks.notNegative(path + ".periodSeconds", probe.getPeriodSeconds(), causes);
        Checks.notNegative(path + ".successThreshold", probe.getSuccessThreshold(), causes);
        Checks.notNegative(path + ".failureThreshold", probe.getFailureThreshold(), causes);
        if (once && probe.getSuccessThreshold() != 1) {
            causes.invalid(path + ".successThreshold", probe.getSuccessThreshold(), "must be 1");
        }
        if (once && probe.hasTerminationGracePeriodSeconds() && probe.getTerminationGracePeriodSeconds() <= 0) {
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

    private void hook(String path, LifecycleHandler handler, Causes causes) {
        long sleep = handler.getSleep().getSeconds();
        if (handler.hasSleep() && (sleep < 1 || sleep > graceSeconds)) {
            causes.invalid(path + ".sleep", sleep, "must be greater than 0 and less than"
                    + " terminationGracePeriodSeconds (" + graceSeconds + ")");
        }
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
        request.getHttpHeadersList().stream().filter(header -> !header.getName().matches(HEADER))
                .forEach(header -> causes.invalid(path + ".httpHeaders", header.getName(),
                        "a valid HTTP header must consist of alphanumeric characters or '-' (e.g. 'X-Header-Name',"
                                + " regex used for validation is '" + HEADER + "')"));
    }

    private static void checkSecurity(String path, SecurityContext context, Causes causes) {
        if (context.hasRunAsUser()) {
            PodSecurityRules.id(path + ".runAsUser", context.getRunAsUser(), causes);
        }
        if (context.hasRunAsGroup()) {
            PodSecurityRules.id(path + ".runAsGroup", context.getRunAsGroup(), causes);
        }
        if (context.hasSeccompProfile()) {
            ProfileRules.check(path + ".seccompProfile", context.getSeccompProfile(), causes);
        }
        if (context.hasAppArmorProfile()) {
            ProfileRules.check(path + ".appArmorProfile", context.getAppArmorProfile(), causes);
        }
        boolean barred = context.hasAllowPrivilegeEscalation() && !context.getAllowPrivilegeEscalation();
        if (barred && context.getPrivileged()) {
            causes.invalid(path, "{}", "cannot set `allowPrivilegeEscalation` to false and `privileged` to true");
        }
        if (barred && context.getCapabilities().getAddList().contains("CAP_SYS_ADMIN")) {
            causes.invalid(path, "{}",
                    "cannot set `allowPrivilegeEscalation` to false and `capabilities.Add` CAP_SYS_ADMIN");
        }
    }

    private static void checkRestarts(String field, Container container, boolean init, Causes causes) {
        if (container.hasRestartPolicy() && !init) {
            causes.forbidden(field, "may not be set for non-init containers");
        } else if (container.hasRestartPolicy() && !container.getRestartPolicy().equals("Always")) {
            causes.notSupported(field, container.getRestartPolicy(), List.of("Always"));
        }
    }
}
