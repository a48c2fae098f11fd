package dev.longshore.apiserver.resources;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.core.v1.Container;
import dev.longshore.api.core.v1.EphemeralContainer;
import dev.longshore.api.core.v1.PodAffinityTerm;
import dev.longshore.api.core.v1.PodSpec;
import dev.longshore.api.core.v1.TopologySpreadConstraint;
import dev.longshore.api.core.v1.VolumeDevice;
import dev.longshore.api.core.v1.VolumeMount;
import dev.longshore.api.core.v1.WeightedPodAffinityTerm;
import dev.longshore.api.values.Quantities;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class PodWarningsTest {
    private static final String NO_EFFECT = " is accepted but has no effect in this cluster yet";
    private static final String NO_START = " is not supported yet; the pod will not start";

    /** One row: a specification, and the warnings it brings. */
    record Row(String name, PodSpec spec, List<String> warnings) {
        @Override
        public String toString() {
            return name;
        }
    }

    static final List<Row> ROWS = List.of(
            pod("ephemeral containers", spec -> spec.addEphemeralContainers(EphemeralContainer.getDefaultInstance()),
                    "spec.ephemeralContainers" + NO_EFFECT),
            pod("a runtime class", spec -> spec.setRuntimeClassName("gvisor"), "spec.runtimeClassName" + NO_EFFECT),
            pod("a long host name", spec -> spec.setSetHostnameAsFQDN(true), "spec.setHostnameAsFQDN" + NO_EFFECT),
            pod("the short host name", spec -> spec.setSetHostnameAsFQDN(false)),
            pod("a token asked for", spec -> spec.setAutomountServiceAccountToken(true),
                    "spec.automountServiceAccountToken" + NO_EFFECT + ": no token is mounted"),
            pod("a token refused", spec -> spec.setAutomountServiceAccountToken(false)),
            pod("another system", spec -> spec.getOsBuilder().setName("windows"),
                    "spec.os.name" + NO_EFFECT + ": every node runs linux"),
            pod("linux", spec -> spec.getOsBuilder().setName("linux")),
            pod("resource claims", spec -> spec.addResourceClaimsBuilder().setName("r"),
                    "spec.resourceClaims is dropped: dynamic resource allocation is not supported"),
            pod("user namespaces", spec -> spec.setHostUsers(false),
                    "spec.hostUsers is dropped: user namespaces are not supported"),
            pod("resources of the pod", spec -> spec.getResourcesBuilder(),
                    "spec.resources is dropped: resources of a whole pod are not supported"),
            pod("logins of registries", spec -> spec.addImagePullSecretsBuilder().setName("login")),
            pod("SELinux for the pod", spec -> spec.getSecurityContextBuilder().getSeLinuxOptionsBuilder(),
                    "spec.securityContext.seLinuxOptions" + NO_EFFECT),
            pod("SELinux labels by mount",
                    spec -> spec.getSecurityContextBuilder().setSeLinuxChangePolicy("MountOption"),
                    "spec.securityContext.seLinuxChangePolicy" + NO_EFFECT),
            pod("AppArmor for the pod", spec -> spec.getSecurityContextBuilder().getAppArmorProfileBuilder()
                    .setType("Unconfined"), "spec.securityContext.appArmorProfile" + NO_EFFECT),
            pod("AppArmor as the runtime does", spec -> spec.getSecurityContextBuilder().getAppArmorProfileBuilder()
                    .setType("RuntimeDefault")),
            pod("strict groups", spec -> spec.getSecurityContextBuilder().setSupplementalGroupsPolicy("Strict"),
                    "spec.securityContext.supplementalGroupsPolicy" + NO_EFFECT),
            pod("merged groups", spec -> spec.getSecurityContextBuilder().setSupplementalGroupsPolicy("Merge")),
            pod("node affinity", spec -> spec.getAffinityBuilder().getNodeAffinityBuilder()
                    .addPreferredDuringSchedulingIgnoredDuringExecutionBuilder().setWeight(1)),
            pod("required affinity", spec -> spec.getAffinityBuilder().getPodAffinityBuilder()
                    .addRequiredDuringSchedulingIgnoredDuringExecution(PodAffinityTerm.getDefaultInstance())),
            pod("preferred affinity", spec -> spec.getAffinityBuilder().getPodAffinityBuilder()
                    .addPreferredDuringSchedulingIgnoredDuringExecution(WeightedPodAffinityTerm.getDefaultInstance())),
            pod("required anti-affinity", spec -> spec.getAffinityBuilder().getPodAntiAffinityBuilder()
                    .addRequiredDuringSchedulingIgnoredDuringExecution(PodAffinityTerm.getDefaultInstance())),
            pod("preferred anti-affinity", spec -> spec.getAffinityBuilder().getPodAntiAffinityBuilder()
                    .addPreferredDuringSchedulingIgnoredDuringExecution(WeightedPodAffinityTerm.getDefaultInstance())),
            pod("a spread that must hold", spec -> spec.addTopologySpreadConstraints(spread("DoNotSchedule"))),
            pod("a spread that may hold", spec -> spec.addTopologySpreadConstraints(spread("ScheduleAnyway"))),
            pod("a claim", spec -> spec.addVolumesBuilder().getVolumeSourceBuilder().getPersistentVolumeClaimBuilder(),
                    "spec.volumes[0].persistentVolumeClaim" + NO_START),
            pod("a claim of the pod's own", spec -> spec.addVolumesBuilder().getVolumeSourceBuilder()
                    .getEphemeralBuilder(), "spec.volumes[0].ephemeral" + NO_START),
            pod("a CSI driver", spec -> spec.addVolumesBuilder().getVolumeSourceBuilder().getCsiBuilder(),
                    "spec.volumes[0].csi" + NO_START),
            pod("an old kind of volume", spec -> spec.addVolumesBuilder().getVolumeSourceBuilder().getNfsBuilder(),
                    "spec.volumes[0].nfs" + NO_START),
            pod("a projected token", spec -> spec.addVolumesBuilder().getVolumeSourceBuilder().getProjectedBuilder()
                    .addSourcesBuilder().getServiceAccountTokenBuilder(),
                    "spec.volumes[0].projected.sources[0].serviceAccountToken" + NO_START),
            pod("projected trust", spec -> spec.addVolumesBuilder().getVolumeSourceBuilder().getProjectedBuilder()
                    .addSourcesBuilder().getClusterTrustBundleBuilder(),
                    "spec.volumes[0].projected.sources[0].clusterTrustBundle" + NO_START),
            pod("a projected secret", spec -> spec.addVolumesBuilder().getVolumeSourceBuilder().getProjectedBuilder()
                    .addSourcesBuilder().getSecretBuilder()),
            pod("huge pages as a directory", spec -> spec.addVolumesBuilder().getVolumeSourceBuilder()
                    .getEmptyDirBuilder().setMedium("HugePages"), "spec.volumes[0].emptyDir.medium" + NO_START),
            pod("a limit of a directory on disk", spec -> spec.addVolumesBuilder().getVolumeSourceBuilder()
                    .getEmptyDirBuilder().setSizeLimit(Quantities.ofBytes(1)),
                    "spec.volumes[0].emptyDir.sizeLimit" + NO_EFFECT),
            pod("a limit of a directory in memory", spec -> spec.addVolumesBuilder().getVolumeSourceBuilder()
                    .getEmptyDirBuilder().setMedium("Memory").setSizeLimit(Quantities.ofBytes(1))),
            container("a block device", it -> it.addVolumeDevices(VolumeDevice.getDefaultInstance()),
                    ".volumeDevices" + NO_EFFECT),
            container("read-only all the way down", it -> it.addVolumeMounts(recursive("Enabled")),
                    ".volumeMounts[0].recursiveReadOnly" + NO_EFFECT),
            container("read-only as far as possible", it -> it.addVolumeMounts(recursive("IfPossible"))),
            container("SELinux", it -> it.getSecurityContextBuilder().getSeLinuxOptionsBuilder(),
                    ".securityContext.seLinuxOptions" + NO_EFFECT),
            container("AppArmor", it -> it.getSecurityContextBuilder().getAppArmorProfileBuilder()
                    .setType("Localhost"), ".securityContext.appArmorProfile" + NO_EFFECT),
            container("seccomp", it -> it.getSecurityContextBuilder().getSeccompProfileBuilder()
                    .setType("RuntimeDefault")),
            container("a limit of disk", it -> it.getResourcesBuilder().putLimits("ephemeral-storage",
                    Quantities.ofBytes(1)), ".resources.limits[ephemeral-storage]" + NO_EFFECT),
            container("a claimed resource", it -> it.getResourcesBuilder().addClaimsBuilder().setName("r"),
                    ".resources.claims is dropped: dynamic resource allocation is not supported"),
            container("a resize", it -> it.addResizePolicyBuilder().setResourceName("cpu"),
                    ".resizePolicy is dropped: resources of a running container cannot change"),
            container("a gRPC probe", it -> it.getLivenessProbeBuilder().getHandlerBuilder().getGrpcBuilder(),
                    ".livenessProbe.grpc is not supported yet; the probe always fails"),
            container("another gRPC probe", it -> it.getReadinessProbeBuilder().getHandlerBuilder().getGrpcBuilder(),
                    ".readinessProbe.grpc is not supported yet; the probe always fails"),
            container("a TCP probe", it -> it.getStartupProbeBuilder().getHandlerBuilder().getTcpSocketBuilder()),
            container("a TCP hook", it -> it.getLifecycleBuilder().getPreStopBuilder().getTcpSocketBuilder(),
                    ".lifecycle.preStop.tcpSocket" + NO_EFFECT));

    @ParameterizedTest
    @FieldSource("ROWS")
    void everyFieldWithoutEffectIsNamed(Row row) {
        assertThat(PodWarnings.of("spec", row.spec)).isEqualTo(row.warnings);
    }

    @Test
    void thePathIsThatOfTheTemplateAndOfEveryContainer() {
        PodSpec.Builder spec = PodSpec.newBuilder();
        spec.addInitContainersBuilder().getStartupProbeBuilder().getHandlerBuilder().getGrpcBuilder();
        assertThat(PodWarnings.of("spec.template.spec", spec.build())).containsExactly(
                "spec.template.spec.initContainers[0].startupProbe.grpc is not supported yet; the probe always fails");
    }

    private static Row pod(String name, Consumer<PodSpec.Builder> change, String... warnings) {
        PodSpec.Builder spec = PodSpec.newBuilder().addContainers(Container.newBuilder().setName("c"));
        change.accept(spec);
        return new Row(name, spec.build(), List.of(warnings));
    }

    private static Row container(String name, Consumer<Container.Builder> change, String... warnings) {
        Container.Builder container = Container.newBuilder().setName("c");
        change.accept(container);
        return new Row(name, PodSpec.newBuilder().addContainers(container).build(),
                List.of(warnings).stream().map(text -> "spec.containers[0]" + text).toList());
    }

    private static TopologySpreadConstraint spread(String whenUnsatisfiable) {
        return TopologySpreadConstraint.newBuilder().setWhenUnsatisfiable(whenUnsatisfiable).build();
    }

    private static VolumeMount recursive(String value) {
        return VolumeMount.newBuilder().setRecursiveReadOnly(value).build();
    }
}
