package dev.longshore.agent.pods;

import dev.longshore.agent.env.EnvExpander;
import dev.longshore.agent.runtime.ImageView;
import dev.longshore.agent.runtime.Labels;
import dev.longshore.api.core.v1.Container;
import dev.longshore.api.core.v1.Pod;
import dev.longshore.api.core.v1.PodSecurityContext;
import dev.longshore.api.core.v1.SecurityContext;
import dev.longshore.api.resource.Quantity;
import dev.longshore.api.values.Quantities;
import dev.longshore.cri.v1.ContainerConfig;
import dev.longshore.cri.v1.Int64Value;
import dev.longshore.cri.v1.KeyValue;
import dev.longshore.cri.v1.LinuxContainerResources;
import dev.longshore.cri.v1.LinuxContainerSecurityContext;
import dev.longshore.cri.v1.Mount;
import java.util.List;
import java.util.Map;

/** The configuration of a container. A pure function of its arguments. */
final class ContainerSpec {
    /** The period over which the kernel accounts a processor limit, and the smallest share of it (Linux, CFS). */
    private static final long CPU_PERIOD_MICROS = 100_000;
    private static final long MIN_QUOTA_MICROS = 1_000;
    private static final long MIN_SHARES = 2;
    private static final long SHARES_PER_CPU = 1024;
    private static final long MILLIS_PER_CPU = 1000;
    private static final List<String> MASKED = List.of("/proc/asound", "/proc/acpi", "/proc/kcore", "/proc/keys",
            "/proc/latency_stats", "/proc/timer_list", "/proc/timer_stats", "/proc/sched_debug", "/proc/scsi",
            "/sys/firmware", "/sys/devices/virtual/powercap");
    private static final List<String> READ_ONLY = List.of("/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys",
            "/proc/sysrq-trigger");

    private ContainerSpec() {
    }

    /**
     * What a container is made with besides its specification.
     *
     * @param attempt how many containers of this name were before
     * @param image   what the image says about its user
     */
    record Input(Pod pod, Container container, int attempt, ImageView image, Map<String, String> env,
            List<Mount> mounts, NodeFacts node) {}

    static ContainerConfig of(Input input) {
        Container container = input.container();
        Map<String, String> env = input.env();
        ContainerConfig.Builder config = ContainerConfig.newBuilder().setWorkingDir(container.getWorkingDir())
                .addAllCommand(container.getCommandList().stream().map(word -> EnvExpander.expand(word, env)).toList())
                .addAllArgs(container.getArgsList().stream().map(word -> EnvExpander.expand(word, env)).toList())
                .addAllMounts(input.mounts()).putAllLabels(SandboxSpec.labels(input.pod()))
                .putLabels(Labels.CONTAINER_NAME, container.getName()).setLogPath(logPath(container, input.attempt()))
                .setStdin(container.getStdin()).setStdinOnce(container.getStdinOnce()).setTty(container.getTty());
        config.getMetadataBuilder().setName(container.getName()).setAttempt(input.attempt());
        config.getImageBuilder().setImage(input.image().id()).setUserSpecifiedImage(container.getImage());
        env.forEach((key, value) -> config.addEnvs(KeyValue.newBuilder().setKey(key).setValue(value)));
        config.getLinuxBuilder().setResources(resources(input)).setSecurityContext(security(input));
        return config.build();
    }

    /** Relative to the pod's log directory. */
    static String logPath(Container container, int attempt) {
        return container.getName() + "/" + attempt + ".log";
    }

    static LinuxContainerResources resources(Input input) {
        Map<String, Quantity> limits = input.container().getResources().getLimitsMap();
        Map<String, Quantity> requests = input.container().getResources().getRequestsMap();
        long cpuLimit = Quantities.milliValue(limits.getOrDefault("cpu", Quantities.ZERO));
        long cpuRequest = requests.containsKey("cpu") ? Quantities.milliValue(requests.get("cpu")) : cpuLimit;
        LinuxContainerResources.Builder resources = LinuxContainerResources.newBuilder()
                .setCpuShares(Math.max(MIN_SHARES, cpuRequest * SHARES_PER_CPU / MILLIS_PER_CPU))
                .setOomScoreAdj(Qos.oomScore(input.pod(), input.container(), input.node().memoryBytes()))
                .setMemoryLimitInBytes(Quantities.value(limits.getOrDefault("memory", Quantities.ZERO)));
        if (cpuLimit > 0) {
            resources.setCpuPeriod(CPU_PERIOD_MICROS)
                    .setCpuQuota(Math.max(MIN_QUOTA_MICROS, cpuLimit * CPU_PERIOD_MICROS / MILLIS_PER_CPU));
        }
        return resources.build();
    }

    private static LinuxContainerSecurityContext security(Input input) {
        PodSecurityContext pod = input.pod().getSpec().getSecurityContext();
        SecurityContext own = input.container().getSecurityContext();
        checkNonRoot(pod, own, input.image());
        LinuxContainerSecurityContext.Builder security = LinuxContainerSecurityContext.newBuilder()
                .setPrivileged(own.getPrivileged()).setNamespaceOptions(SandboxSpec.namespaces(input.pod()))
                .setReadonlyRootfs(own.getReadOnlyRootFilesystem())
                .setNoNewPrivs(own.hasAllowPrivilegeEscalation() && !own.getAllowPrivilegeEscalation())
                .setSeccomp(Seccomp.of(pod, own)).addAllSupplementalGroups(pod.getSupplementalGroupsList());
        security.getCapabilitiesBuilder().addAllAddCapabilities(own.getCapabilities().getAddList())
                .addAllDropCapabilities(own.getCapabilities().getDropList());
        if (!own.getPrivileged() && !own.getProcMount().equals("Unmasked")) {
            security.addAllMaskedPaths(MASKED).addAllReadonlyPaths(READ_ONLY);
        }
        if (pod.hasFsGroup()) {
            security.addSupplementalGroups(pod.getFsGroup());
        }
        user(security, pod, own, input.image());
        return security.build();
    }

    private static void user(LinuxContainerSecurityContext.Builder security, PodSecurityContext pod,
            SecurityContext own, ImageView image) {
        if (own.hasRunAsUser() || pod.hasRunAsUser()) {
            security.setRunAsUser(value(own.hasRunAsUser() ? own.getRunAsUser() : pod.getRunAsUser()));
        } else if (image.user() >= 0) {
            security.setRunAsUser(value(image.user()));
        } else if (!image.username().isEmpty()) {
            security.setRunAsUsername(image.username());
        }
        if (own.hasRunAsGroup() || pod.hasRunAsGroup()) {
            security.setRunAsGroup(value(own.hasRunAsGroup() ? own.getRunAsGroup() : pod.getRunAsGroup()));
            if (!security.hasRunAsUser() && security.getRunAsUsername().isEmpty()) {
                // CRI takes a group only together with a user.
                security.setRunAsUser(value(0));
            }
        }
    }

    private static void checkNonRoot(PodSecurityContext pod, SecurityContext own, ImageView image) {
        boolean wanted = own.hasRunAsNonRoot() ? own.getRunAsNonRoot() : pod.getRunAsNonRoot();
        if (!wanted) {
            return;
        }
        boolean set = own.hasRunAsUser() || pod.hasRunAsUser();
        long user = own.hasRunAsUser() ? own.getRunAsUser() : pod.getRunAsUser();
        if (set && user == 0) {
            throw new StepFailure("CreateContainerConfigError",
                    "container's runAsUser breaks non-root policy");
        }
        if (!set && image.user() < 0 && !image.username().isEmpty()) {
            throw new StepFailure("CreateContainerConfigError",
                    "container has runAsNonRoot and image has non-numeric user ("
                            + image.username() + "), cannot verify user is non-root");
        }
        if (!set && image.user() <= 0) {
            throw new StepFailure("CreateContainerConfigError",
                    "container has runAsNonRoot and image will run as root");
        }
    }

    private static Int64Value value(long value) {
        return Int64Value.newBuilder().setValue(value).build();
    }
}
