package dev.longshore.agent.pods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longshore.agent.runtime.ImageView;
import dev.longshore.api.core.v1.Container;
import dev.longshore.api.core.v1.Pod;
import dev.longshore.api.resource.Quantity;
import dev.longshore.cri.v1.Int64Value;
import dev.longshore.cri.v1.LinuxContainerResources;
import dev.longshore.cri.v1.LinuxContainerSecurityContext;
import dev.longshore.cri.v1.NamespaceMode;
import dev.longshore.cri.v1.SecurityProfile;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class ContainerSpecTest {
    private static final ImageView ROOT = image(0, "");
    private static final NodeFacts NODE = new NodeFacts(List.of("192.0.2.1"), Map.of(), 1L << 30, "/test", "fake",
            PodIdentity.parse(List.of(), "cluster.local", List.of()));

    /** Sets a pod and its container up. */
    private interface Change extends BiConsumer<Pod.Builder, Container.Builder> {
    }

    /** One row: the security contexts, the image, and what must hold in CRI's context. */
    record Row(String name, Change change, ImageView image, Consumer<LinuxContainerSecurityContext> expected) {
        @Override
        public String toString() {
            return name;
        }
    }

    static final List<Row> ROWS = List.of(
            new Row("nothing set", (_, _) -> {
            }, ROOT, it -> {
                assertThat(it.getPrivileged() || it.getReadonlyRootfs() || it.getNoNewPrivs()).isFalse();
                assertThat(it.getSeccomp().getProfileType()).isEqualTo(SecurityProfile.ProfileType.Unconfined);
                assertThat(it.getMaskedPathsList()).contains("/proc/kcore");
                assertThat(it.getReadonlyPathsList()).contains("/proc/sys");
                assertThat(it.getNamespaceOptions().getPid()).isEqualTo(NamespaceMode.CONTAINER);
            }),
            new Row("the pod's user and group", (pod, _) -> pod.getSpecBuilder().getSecurityContextBuilder()
                    .setRunAsUser(10).setRunAsGroup(20), ROOT, it -> {
                        assertThat(it.getRunAsUser()).isEqualTo(number(10));
                        assertThat(it.getRunAsGroup()).isEqualTo(number(20));
                    }),
            new Row("the container's before the pod's", (pod, container) -> {
                pod.getSpecBuilder().getSecurityContextBuilder().setRunAsUser(10).setRunAsGroup(20);
                container.getSecurityContextBuilder().setRunAsUser(0).setRunAsGroup(0);
            }, ROOT, it -> {
                assertThat(it.getRunAsUser()).isEqualTo(number(0));
                assertThat(it.getRunAsGroup()).isEqualTo(number(0));
            }),
            new Row("the image's user by number", (_, _) -> {
            }, image(65534, ""), it -> assertThat(it.getRunAsUser()).isEqualTo(number(65534))),
            new Row("the image's user by name", (_, _) -> {
            }, image(-1, "nobody"), it -> {
                assertThat(it.hasRunAsUser()).isFalse();
                assertThat(it.getRunAsUsername()).isEqualTo("nobody");
            }),
            new Row("a group takes a user with it", (_, container) -> container.getSecurityContextBuilder()
                    .setRunAsGroup(5), image(-1, ""), it -> assertThat(it.getRunAsUser()).isEqualTo(number(0))),
            new Row("groups beside", (pod, _) -> pod.getSpecBuilder().getSecurityContextBuilder()
                    .addSupplementalGroups(7).setFsGroup(8), ROOT,
                    it -> assertThat(it.getSupplementalGroupsList()).containsExactly(7L, 8L)),
            new Row("capabilities", (_, container) -> container.getSecurityContextBuilder().getCapabilitiesBuilder()
                    .addAdd("NET_ADMIN").addDrop("ALL"), ROOT, it -> {
                        assertThat(it.getCapabilities().getAddCapabilitiesList()).containsExactly("NET_ADMIN");
                        assertThat(it.getCapabilities().getDropCapabilitiesList()).containsExactly("ALL");
                    }),
            new Row("no escalation and a fixed root", (_, container) -> container.getSecurityContextBuilder()
                    .setAllowPrivilegeEscalation(false).setReadOnlyRootFilesystem(true), ROOT, it -> {
                        assertThat(it.getNoNewPrivs()).isTrue();
                        assertThat(it.getReadonlyRootfs()).isTrue();
                    }),
            new Row("escalation allowed aloud", (_, container) -> container.getSecurityContextBuilder()
                    .setAllowPrivilegeEscalation(true), ROOT, it -> assertThat(it.getNoNewPrivs()).isFalse()),
            new Row("privileged sees all of /proc", (_, container) -> container.getSecurityContextBuilder()
                    .setPrivileged(true), ROOT, it -> {
                        assertThat(it.getPrivileged()).isTrue();
                        assertThat(it.getMaskedPathsList()).isEmpty();
                    }),
            new Row("procMount Unmasked", (_, container) -> container.getSecurityContextBuilder()
                    .setProcMount("Unmasked"), ROOT, it -> assertThat(it.getMaskedPathsList()).isEmpty()),
            new Row("the pod's seccomp profile", (pod, _) -> pod.getSpecBuilder().getSecurityContextBuilder()
                    .getSeccompProfileBuilder().setType("RuntimeDefault"), ROOT,
                    it -> assertThat(it.getSeccomp()
                            .getProfileType()).isEqualTo(SecurityProfile.ProfileType.RuntimeDefault)),
            new Row("the container's own seccomp profile", (pod, container) -> {
                pod.getSpecBuilder().getSecurityContextBuilder().getSeccompProfileBuilder().setType("RuntimeDefault");
                container.getSecurityContextBuilder().getSeccompProfileBuilder().setType("Localhost")
                        .setLocalhostProfile("a.json");
            }, ROOT, it -> assertThat(it.getSeccomp().getLocalhostRef()).isEqualTo("/var/lib/kubelet/seccomp/a.json")),
            new Row("namespaces of the node", (pod, _) -> pod.getSpecBuilder().setHostNetwork(true).setHostPID(true)
                    .setHostIPC(true), ROOT, it -> {
                        assertThat(it.getNamespaceOptions().getNetwork()).isEqualTo(NamespaceMode.NODE);
                        assertThat(it.getNamespaceOptions().getPid()).isEqualTo(NamespaceMode.NODE);
                        assertThat(it.getNamespaceOptions().getIpc()).isEqualTo(NamespaceMode.NODE);
                    }),
            new Row("processes shared in the pod", (pod, _) -> pod.getSpecBuilder().setShareProcessNamespace(true),
                    ROOT, it -> assertThat(it.getNamespaceOptions().getPid()).isEqualTo(NamespaceMode.POD)));

    @ParameterizedTest
    @FieldSource("ROWS")
    void securityContext(Row row) {
        row.expected.accept(ContainerSpec.of(input(row.change, row.image)).getLinux().getSecurityContext());
    }

    /** One row: a container that must not run as root, and the sentence of the refusal, "" for none. */
    record NonRootRow(String name, Change change, ImageView image, String refusal) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static final Change WANTED = (pod, _) -> pod.getSpecBuilder().getSecurityContextBuilder()
            .setRunAsNonRoot(true);

    static final List<NonRootRow> NON_ROOT = List.of(
            new NonRootRow("an image of root", WANTED, ROOT,
                    "container has runAsNonRoot and image will run as root"),
            new NonRootRow("an image without a user", WANTED, image(-1, ""),
                    "container has runAsNonRoot and image will run as root"),
            new NonRootRow("an image with a named user", WANTED, image(-1, "nobody"),
                    "container has runAsNonRoot and image has non-numeric user (nobody), cannot verify user is"
                            + " non-root"),
            new NonRootRow("an image with another number", WANTED, image(5, ""), ""),
            new NonRootRow("a user set for it", (pod, _) -> pod.getSpecBuilder().getSecurityContextBuilder()
                    .setRunAsNonRoot(true).setRunAsUser(5), ROOT, ""),
            new NonRootRow("root set for it", (pod, container) -> {
                pod.getSpecBuilder().getSecurityContextBuilder().setRunAsNonRoot(true).setRunAsUser(5);
                container.getSecurityContextBuilder().setRunAsUser(0);
            }, ROOT, "container's runAsUser breaks non-root policy"),
            new NonRootRow("the container may", (pod, container) -> {
                pod.getSpecBuilder().getSecurityContextBuilder().setRunAsNonRoot(true);
                container.getSecurityContextBuilder().setRunAsNonRoot(false);
            }, ROOT, ""));

    @ParameterizedTest
    @FieldSource("NON_ROOT")
    void nonRoot(NonRootRow row) {
        if (row.refusal.isEmpty()) {
            assertThat(ContainerSpec.of(input(row.change, row.image)).getImage().getImage()).isEqualTo("sha256:1");
        } else {
            assertThatThrownBy(() -> ContainerSpec.of(input(row.change, row.image))).isInstanceOf(StepFailure.class)
                    .hasMessage(row.refusal);
        }
    }

    /** One row: requests and limits, and the kernel's numbers. */
    record ResourceRow(String name, Map<String, String> requests, Map<String, String> limits, long shares, long quota,
            long memory) {
        @Override
        public String toString() {
            return name;
        }
    }

    static final List<ResourceRow> RESOURCES = List.of(
            new ResourceRow("nothing", Map.of(), Map.of(), 2, 0, 0),
            new ResourceRow("a request", Map.of("cpu", "500m"), Map.of(), 512, 0, 0),
            new ResourceRow("a limit is a request too", Map.of(), Map.of("cpu", "2"), 2048, 200_000, 0),
            new ResourceRow("both", Map.of("cpu", "100m"), Map.of("cpu", "250m", "memory", "64Mi"), 102, 25_000,
                    64L << 20),
            new ResourceRow("a tiny limit is raised to the least quota", Map.of(), Map.of("cpu", "1m"), 2, 1000, 0));

    @ParameterizedTest
    @FieldSource("RESOURCES")
    void resources(ResourceRow row) {
        LinuxContainerResources found = ContainerSpec.resources(input((_, container) -> {
            row.requests.forEach((name, text) -> container.getResourcesBuilder().putRequests(name, quantity(text)));
            row.limits.forEach((name, text) -> container.getResourcesBuilder().putLimits(name, quantity(text)));
        }, ROOT));
        assertThat(found.getCpuShares()).isEqualTo(row.shares);
        assertThat(found.getCpuQuota()).isEqualTo(row.quota);
        assertThat(found.getMemoryLimitInBytes()).isEqualTo(row.memory);
    }

    @Test
    void wordsAreExpandedAndTheLogIsPerAttempt() {
        var config = ContainerSpec.of(input((_, container) -> container.addCommand("run").addArgs("--name=$(NAME)")
                .addArgs("$$(NAME) $(OTHER)"), ROOT));
        assertThat(config.getArgsList()).containsExactly("--name=n", "$(NAME) $(OTHER)");
        assertThat(config.getLogPath()).isEqualTo("c/3.log");
        assertThat(config.getMetadata().getAttempt()).isEqualTo(3);
    }

    private static ContainerSpec.Input input(Change change, ImageView image) {
        Pod.Builder pod = Pod.newBuilder();
        Container.Builder container = Container.newBuilder().setName("c").setImage("x:1");
        change.accept(pod, container);
        pod.getSpecBuilder().addContainers(container);
        return new ContainerSpec.Input(pod.build(), container.build(), 3, image, Map.of("NAME", "n"), List.of(), NODE);
    }

    private static ImageView image(long user, String name) {
        return new ImageView("sha256:1", List.of("x:1"), List.of(), 1, user, name);
    }

    private static Int64Value number(long value) {
        return Int64Value.newBuilder().setValue(value).build();
    }

    private static Quantity quantity(String text) {
        return Quantity.newBuilder().setString(text).build();
    }
}
