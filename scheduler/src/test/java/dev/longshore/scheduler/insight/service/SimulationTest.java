package dev.longshore.scheduler.insight.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.protobuf.Message;
import dev.longshore.api.ResourceType;
import dev.longshore.api.ResourceTypes;
import dev.longshore.api.apps.v1.Deployment;
import dev.longshore.api.apps.v1.StatefulSet;
import dev.longshore.api.batch.v1.Job;
import dev.longshore.api.core.v1.PersistentVolume;
import dev.longshore.api.core.v1.PersistentVolumeClaim;
import dev.longshore.api.core.v1.PodTemplateSpec;
import dev.longshore.api.meta.v1.ObjectMeta;
import dev.longshore.api.storage.v1.StorageClass;
import dev.longshore.api.values.Quantities;
import dev.longshore.client.ClusterView;
import dev.longshore.grpc.v1.Placement;
import dev.longshore.grpc.v1.SimulateRequest;
import dev.longshore.grpc.v1.SimulateResponse;
import dev.longshore.scheduler.plugins.Profiles;
import dev.longshore.scheduler.scenario.Lines;
import dev.longshore.scheduler.scenario.PodLine;
import dev.longshore.scheduler.volumes.ClaimFacts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What the objects of a question become, in a cluster of objects that a test makes up. */
class SimulationTest {
    private static final String CLASS = "made-when-needed";

    private final Map<ResourceType<?>, List<Message>> objects = new HashMap<>();

    private final ClusterView view = new ClusterView() {
        @Override
        public <T extends Message> List<T> list(ResourceType<T> type) {
            return objects.getOrDefault(type, List.of()).stream().map(type::cast).toList();
        }

        @Override
        public <T extends Message> T preview(ResourceType<T> type, T object) {
            return object;
        }
    };

    private void put(ResourceType<?> type, Message object) {
        objects.computeIfAbsent(type, _ -> new ArrayList<>()).add(object);
    }

    private void node(String line) {
        put(ResourceTypes.NODES, Lines.node(line));
    }

    private SimulateResponse run(SimulateRequest.Builder request) {
        return new Simulation(view, Profiles.standard()).run(request.build());
    }

    private Map<String, String> place(Message... workloads) {
        SimulateRequest.Builder request = SimulateRequest.newBuilder();
        List.of(workloads).forEach(workload -> request.addObjects(Any.pack(workload)));
        return nodes(run(request));
    }

    private static Map<String, String> nodes(SimulateResponse answer) {
        Map<String, String> nodes = new TreeMap<>();
        answer.getPlacementsList().forEach(placement -> nodes.put(placement.getPod().getName(), placement.getNode()));
        return nodes;
    }

    private static PodTemplateSpec template(String words) {
        var pod = PodLine.pod("x " + words);
        return PodTemplateSpec.newBuilder()
                .setMetadata(ObjectMeta.newBuilder().putAllLabels(pod.getMetadata().getLabelsMap()))
                .setSpec(pod.getSpec()).build();
    }

    private static StatefulSet withClaims(int replicas) {
        StatefulSet.Builder set = StatefulSet.newBuilder().setMetadata(ObjectMeta.newBuilder().setName("db"));
        set.getSpecBuilder().setReplicas(replicas).setTemplate(template("app=db"))
                .addVolumeClaimTemplates(claim("data").toBuilder());
        return set.build();
    }

    private static PersistentVolumeClaim claim(String name) {
        PersistentVolumeClaim.Builder claim = PersistentVolumeClaim.newBuilder()
                .setMetadata(ObjectMeta.newBuilder().setNamespace("default").setName(name));
        claim.getSpecBuilder().setStorageClassName(CLASS).addAccessModes("ReadWriteOnce").getResourcesBuilder()
                .putRequests("storage", Quantities.parse("1Gi"));
        return claim.build();
    }

    private void storageClass() {
        put(ResourceTypes.STORAGE_CLASSES, StorageClass.newBuilder().setMetadata(ObjectMeta.newBuilder().setName(CLASS))
                .setProvisioner("example.com/disks").setVolumeBindingMode("WaitForFirstConsumer").build());
    }

    @Test
    void aStatefulSetsPodsComeWithTheirClaims() {
        node("a");
        node("b");
        assertThat(place(withClaims(1))).as("of no storage class").containsExactly(Map.entry("db-0", ""));
        storageClass();
        assertThat(place(withClaims(2))).containsOnlyKeys("db-0", "db-1").doesNotContainValue("");
    }

    @Test
    void aClaimThatIsThereStaysAsItIs() {
        node("a");
        node("b");
        storageClass();
        PersistentVolumeClaim.Builder bound = claim("data-db-0").toBuilder();
        bound.getMetadataBuilder().putAnnotations(ClaimFacts.COMPLETED_ANNOTATION, "yes");
        bound.getSpecBuilder().setVolumeName("on-b");
        put(ResourceTypes.PERSISTENT_VOLUME_CLAIMS, bound.build());
        PersistentVolume.Builder volume = PersistentVolume.newBuilder()
                .setMetadata(ObjectMeta.newBuilder().setName("on-b"));
        volume.getSpecBuilder().getNodeAffinityBuilder().getRequiredBuilder().addNodeSelectorTermsBuilder()
                .addMatchExpressionsBuilder().setKey("kubernetes.io/hostname").setOperator("In").addValues("b");
        volume.getSpecBuilder().getClaimRefBuilder().setNamespace("default").setName("data-db-0");
        put(ResourceTypes.PERSISTENT_VOLUMES, volume.build());
        assertThat(place(withClaims(1))).containsExactly(Map.entry("db-0", "b"));
    }

    @Test
    void aJobRunsAsManyPodsAtOnceAsItMay() {
        node("a");
        Job.Builder job = Job.newBuilder().setMetadata(ObjectMeta.newBuilder().setName("j"));
        job.getSpecBuilder().setParallelism(5).setCompletions(2).setTemplate(template("cpu:1"));
        assertThat(place(job.build())).containsOnlyKeys("j-1", "j-2");
    }

    @Test
    void aDeploymentScaledToNothingHasNoPods() {
        Deployment.Builder none = Deployment.newBuilder().setMetadata(ObjectMeta.newBuilder().setName("web"));
        none.getSpecBuilder().setReplicas(0);
        SimulateResponse answer = run(SimulateRequest.newBuilder().addObjects(Any.pack(none.build())));
        assertThat(answer.getTextList()).containsExactly("There are no pods to place.");
    }

    /** As the cluster does by default, for pods that one owner has. */
    @Test
    void replicasAreSpreadOverZones() {
        List.of("a zone=1", "b zone=1", "c zone=2", "d zone=2").forEach(this::node);
        Deployment.Builder web = Deployment.newBuilder().setMetadata(ObjectMeta.newBuilder().setName("web"));
        web.getSpecBuilder().setReplicas(4).setTemplate(template("app=web")).getSelectorBuilder()
                .putMatchLabels("app", "web");
        assertThat(place(web.build()).values()).containsExactlyInAnyOrder("a", "b", "c", "d");
    }

    @Test
    void podsOfALeavingNodeAreMadeAgainUnlessTheyAreOnTheirWayOutAnyway() {
        node("a");
        node("b");
        for (String line : List.of("one@a owner:ReplicaSet/x cpu:1", "ended@a owner:Job/j finished",
                "going@a owner:ReplicaSet/x leaving", "ds@a owner:DaemonSet/d", "alone@a")) {
            put(ResourceTypes.PODS, PodLine.pod(line));
        }
        SimulateResponse answer = run(SimulateRequest.newBuilder().setWithoutNode("a"));
        assertThat(answer.getPlacementsList()).extracting(Placement::getNode).containsExactly("b");
        assertThat(nodes(answer)).containsExactly(Map.entry("one", "b"));
        assertThat(answer.getNotesList()).containsExactly(
                "gone with the node, as no controller makes them again: default/alone",
                "gone with the node, as they belong to it: 1 pod of DaemonSets or its own");
    }

    @Test
    void aNodeThatLeavesAndPodsThatComeAreOneQuestion() {
        node("a cpu:2");
        node("b cpu:2");
        put(ResourceTypes.PODS, PodLine.pod("one@a owner:ReplicaSet/x cpu:1"));
        Deployment.Builder web = Deployment.newBuilder().setMetadata(ObjectMeta.newBuilder().setName("web"));
        web.getSpecBuilder().setReplicas(2).setTemplate(template("app=web cpu:1"));
        assertThat(nodes(run(SimulateRequest.newBuilder().addObjects(Any.pack(web.build())).setWithoutNode("a"))))
                .isEqualTo(Map.of("one", "b", "web-1", "b", "web-2", ""));
    }
}
