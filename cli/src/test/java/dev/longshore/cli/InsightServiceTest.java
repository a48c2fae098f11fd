package dev.longshore.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Any;
import com.google.protobuf.Message;
import dev.longshore.api.ApiException;
import dev.longshore.api.Reason;
import dev.longshore.api.ResourceTypes;
import dev.longshore.api.apps.v1.Deployment;
import dev.longshore.api.apps.v1.StatefulSet;
import dev.longshore.api.core.v1.ConfigMap;
import dev.longshore.api.core.v1.Container;
import dev.longshore.api.core.v1.Pod;
import dev.longshore.api.core.v1.PodTemplateSpec;
import dev.longshore.api.core.v1.Taint;
import dev.longshore.api.core.v1.TopologySpreadConstraint;
import dev.longshore.api.meta.v1.LabelSelector;
import dev.longshore.api.meta.v1.ObjectMeta;
import dev.longshore.api.values.Quantities;
import dev.longshore.apiserver.pki.ClusterCertificates;
import dev.longshore.common.time.SystemEnvironment;
import dev.longshore.grpc.v1.ExplainRequest;
import dev.longshore.grpc.v1.ExplainResponse;
import dev.longshore.grpc.v1.Placement;
import dev.longshore.grpc.v1.SimulateRequest;
import dev.longshore.grpc.v1.SimulateResponse;
import dev.longshore.grpc.v1.Suggestion;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Insight over gRPC, from a server that runs. */
class InsightServiceTest {
    private static InsightCluster cluster;

    @BeforeAll
    static void start(@TempDir Path directory) throws Exception {
        cluster = new InsightCluster(directory);
        cluster.node("a", "4", _ -> {
        });
        cluster.node("b", "4", node -> node.getSpecBuilder()
                .addTaints(Taint.newBuilder().setKey("team").setValue("x").setEffect("NoSchedule")));
        cluster.pod("full", "a", "3", pod -> InsightCluster.ownedBy("ReplicaSet", "full", pod));
        cluster.pod("bare", "b", "100m", _ -> {
        });
        cluster.pod("agent", "a", "100m", pod -> InsightCluster.ownedBy("DaemonSet", "agent", pod));
        cluster.pod("waits", "", "2", _ -> {
        });
    }

    @AfterAll
    static void stop() throws Exception {
        cluster.close();
    }

    private static ExplainResponse explain(String pod) {
        return cluster.insight().explain(ExplainRequest.newBuilder().setNamespace("default").setPod(pod).build());
    }

    private static SimulateResponse simulate(Message... objects) {
        SimulateRequest.Builder request = SimulateRequest.newBuilder();
        List.of(objects).forEach(object -> request.addObjects(Any.pack(object)));
        return cluster.insight().simulate(request.build());
    }

    private static Map<String, String> nodes(SimulateResponse answer) {
        return answer.getPlacementsList().stream()
                .collect(Collectors.toMap(placement -> placement.getPod().getName(), Placement::getNode));
    }

    private static PodTemplateSpec template(String cpu) {
        PodTemplateSpec.Builder template = PodTemplateSpec.newBuilder();
        template.getMetadataBuilder().putLabels("app", "web");
        template.getSpecBuilder().addContainers(Container.newBuilder().setName("c").setImage("i"))
                .getContainersBuilder(0).getResourcesBuilder().putRequests("cpu", Quantities.parse(cpu));
        return template.build();
    }

    private static Deployment deployment(int replicas, PodTemplateSpec template) {
        Deployment.Builder deployment = Deployment.newBuilder()
                .setMetadata(ObjectMeta.newBuilder().setName("web"));
        deployment.getSpecBuilder().setReplicas(replicas).setTemplate(template)
                .setSelector(LabelSelector.newBuilder().putMatchLabels("app", "web"));
        return deployment.build();
    }

    @Test
    void saysWhyAPodWaitsNodeByNode() {
        ExplainResponse answer = explain("waits");
        assertThat(answer.getNode()).isEmpty();
        assertThat(answer.getMessage())
                .isEqualTo("0/2 nodes are available: 1 Insufficient cpu, 1 node(s) had untolerated "
                        + "taint {team: x}. preemption: 0/2 nodes are available: 1 No preemption victims found for incoming pod, "
                        + "1 Preemption is not helpful for scheduling.");
        assertThat(answer.getNodesList()).extracting(node -> node.getNode() + " " + node.getVerdicts(0).getRule())
                .containsExactly("a NodeResourcesFit", "b TaintToleration");
        assertThat(answer.getNodes(0).getRoomList()).containsExactly("cpu: 2 wanted, 900m free of 4");
        assertThat(answer.getSuggestionsList()).extracting(Suggestion::getKind).contains("Tolerate", "RequestAtMost",
                "Leave");
        assertThat(answer.getSuggestions(0).getText()).isEqualTo("it tolerated the taint team=x:NoSchedule");
        assertThat(answer.getSuggestions(0).getNode()).isEqualTo("b");
        assertThat(answer.getTextList()).contains("It would be placed if:");
    }

    @Test
    void refusesPodsThatDoNotWait() {
        assertThatThrownBy(() -> explain("nobody")).isInstanceOfSatisfying(ApiException.class,
                e -> assertThat(e.reason()).isEqualTo(Reason.NOT_FOUND)).hasMessage("pods \"nobody\" not found");
        assertThatThrownBy(() -> explain("full")).isInstanceOfSatisfying(ApiException.class,
                e -> assertThat(e.reason()).isEqualTo(Reason.CONFLICT))
                .hasMessage("pods \"full\" does not wait for a node: it is bound to node a");
        assertThatThrownBy(() -> explain("")).isInstanceOfSatisfying(ApiException.class,
                e -> assertThat(e.reason()).isEqualTo(Reason.BAD_REQUEST));
    }

    @Test
    void answersAdministratorsAlone() throws Exception {
        try (SystemEnvironment system = new SystemEnvironment()) {
            ClusterCertificates certificates = ClusterCertificates.ensure(cluster.pki(),
                    LocalCluster.ALWAYS_SERVED_NAMES, system.environment().clock());
            certificates.node("a");
        }
        try (ClusterAccess node = cluster.access("node-a")) {
            assertThatThrownBy(() -> node.insight().explain(ExplainRequest.getDefaultInstance()))
                    .isInstanceOfSatisfying(ApiException.class,
                            e -> assertThat(e.reason()).isEqualTo(Reason.FORBIDDEN))
                    .hasMessage("forbidden: User \"system:node:a\" cannot get path \"/longshore.v1.Insight/Explain\"");
        }
    }

    @Test
    void placesReplicasOneAfterTheOtherAndStoresNothing() {
        int before = cluster.count(ResourceTypes.PODS);
        SimulateResponse answer = simulate(deployment(3, template("400m")));
        assertThat(nodes(answer)).containsExactlyInAnyOrderEntriesOf(Map.of("web-1", "a", "web-2", "a", "web-3", ""));
        assertThat(answer.getPlacements(2).getMessage()).startsWith("0/2 nodes are available: 1 Insufficient cpu");
        assertThat(answer.getNotesList()).contains("left out, as they wait for a node already: 1 pod");
        assertThat(cluster.count(ResourceTypes.PODS)).isEqualTo(before);
    }

    @Test
    void replicasSeeEachOther() {
        PodTemplateSpec.Builder apart = template("100m").toBuilder();
        apart.getSpecBuilder().addTopologySpreadConstraints(TopologySpreadConstraint.newBuilder().setMaxSkew(1)
                .setTopologyKey("kubernetes.io/hostname").setWhenUnsatisfiable("DoNotSchedule")
                .setLabelSelector(LabelSelector.newBuilder().putMatchLabels("app", "web")));
        assertThat(nodes(simulate(deployment(3, apart.build()))).values()).containsExactlyInAnyOrder("a", "", "");
    }

    @Test
    void defaultsAndChecksAreThoseOfTheServer() {
        assertThatThrownBy(() -> simulate(deployment(1, template("-1")))).isInstanceOf(ApiException.class)
                .hasMessageStartingWith("Deployment default/web: ")
                .hasMessageContaining("must be greater than or equal to 0");
        PodTemplateSpec.Builder unknown = template("1").toBuilder();
        unknown.getSpecBuilder().setPriorityClassName("none-such");
        assertThatThrownBy(() -> simulate(deployment(1, unknown.build()))).isInstanceOf(ApiException.class)
                .hasMessageContaining("none-such");
    }

    @Test
    void podsAndStatefulSetsAreTakenAndTheRestIsNamed() {
        StatefulSet.Builder set = StatefulSet.newBuilder().setMetadata(ObjectMeta.newBuilder().setName("db"));
        set.getSpecBuilder().setReplicas(2).setTemplate(template("100m"));
        Pod pod = Pod.newBuilder().setMetadata(ObjectMeta.newBuilder().setName("one").setNamespace("default"))
                .setSpec(template("100m").getSpec()).build();
        ConfigMap other = ConfigMap.newBuilder().setMetadata(ObjectMeta.newBuilder().setName("c")).build();
        SimulateResponse answer = simulate(set.build(), pod, other);
        assertThat(nodes(answer)).containsExactlyInAnyOrderEntriesOf(Map.of("db-0", "a", "db-1", "a", "one", "a"));
        assertThat(answer.getNotesList()).contains("left out: ConfigMap c");
    }

    @Test
    void tooManyPodsAreRefused() {
        assertThatThrownBy(() -> simulate(deployment(1_000_000, template("1")))).isInstanceOf(ApiException.class)
                .hasMessage("at most 5000 pods are simulated at once; Deployment default/web is too much");
        assertThatThrownBy(() -> simulate()).isInstanceOf(ApiException.class)
                .hasMessage("give objects whose pods are to be placed, or name a node that leaves");
    }

    @Test
    void aNodeLeaves() {
        SimulateResponse answer = cluster.insight()
                .simulate(SimulateRequest.newBuilder().setWithoutNode("a").build());
        assertThat(nodes(answer)).isEqualTo(Map.of("full", ""));
        assertThat(answer.getPlacements(0).getMessage())
                .startsWith("0/1 nodes are available: 1 node(s) had untolerated");
        assertThat(answer.getNotesList())
                .contains("gone with the node, as they belong to it: 1 pod of DaemonSets or its own");
        SimulateResponse other = cluster.insight()
                .simulate(SimulateRequest.newBuilder().setWithoutNode("b").build());
        assertThat(other.getPlacementsList()).isEmpty();
        assertThat(other.getNotesList())
                .contains("gone with the node, as no controller makes them again: default/bare");
        assertThatThrownBy(() -> cluster.insight().simulate(SimulateRequest.newBuilder().setWithoutNode("z").build()))
                .isInstanceOf(ApiException.class).hasMessage("nodes \"z\" not found");
    }
}
