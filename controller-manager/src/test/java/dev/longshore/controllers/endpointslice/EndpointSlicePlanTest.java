package dev.longshore.controllers.endpointslice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.core.v1.Pod;
import dev.longshore.api.core.v1.PodCondition;
import dev.longshore.api.core.v1.Service;
import dev.longshore.api.discovery.v1.Endpoint;
import dev.longshore.api.discovery.v1.EndpointConditions;
import dev.longshore.api.discovery.v1.EndpointSlice;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EndpointSlicePlanTest {
    private static Service.Builder service() {
        Service.Builder service = Service.newBuilder();
        service.getMetadataBuilder().setName("web").setNamespace("default").setUid("s").putLabels("team", "a");
        service.getSpecBuilder().setClusterIP("10.96.0.9").putSelector("app", "web").addPortsBuilder().setName("http")
                .setPort(80).getTargetPortBuilder().setType(1).setStrVal("web");
        return service;
    }

    private static Pod.Builder pod(int index, boolean ready, int port) {
        Pod.Builder pod = Pod.newBuilder();
        pod.getMetadataBuilder().setName("p" + index).setNamespace("default").setUid("u" + index);
        pod.getSpecBuilder().setNodeName("n1").addContainersBuilder().addPortsBuilder().setName("web")
                .setContainerPort(port).setProtocol("TCP");
        pod.getStatusBuilder().setPhase("Running").setPodIP("10.0.0." + index).addConditions(
                PodCondition.newBuilder().setType("Ready").setStatus(ready ? "True" : "False"));
        return pod;
    }

    private static List<SliceAction> plan(Service service, List<Pod> pods, List<EndpointSlice> slices) {
        return EndpointSlicePlan.of(new EndpointSlicePlan.Snapshot(service, pods, Map.of("n1", "z1"), slices));
    }

    private static EndpointSlice created(List<SliceAction> actions, int index) {
        return ((SliceAction.Create) actions.get(index)).slice();
    }

    @Test
    void describesPods() {
        Pod.Builder leaving = pod(3, true, 8080);
        leaving.getMetadataBuilder().getDeletionTimestampBuilder().setSeconds(1);
        EndpointSlice slice = created(plan(service().build(), List.of(pod(1, true, 8080).build(),
                pod(2, false, 8080).build(), leaving.build()), List.of()), 0);
        assertThat(slice.getPorts(0).getPort()).isEqualTo(8080);
        assertThat(slice.getMetadata().getLabelsMap()).containsEntry("kubernetes.io/service-name", "web")
                .containsEntry("team", "a");
        assertThat(slice.getEndpointsList()).extracting(Endpoint::getConditions).containsExactly(
                conditions(true, true, false), conditions(false, false, false), conditions(false, true, true));
        assertThat(slice.getEndpoints(0).getZone()).isEqualTo("z1");
    }

    private static EndpointConditions conditions(boolean ready, boolean serving, boolean terminating) {
        return EndpointConditions.newBuilder().setReady(ready).setServing(serving).setTerminating(terminating).build();
    }

    @Test
    void needsASliceForEachNumberOfANamedPort() {
        assertThat(plan(service().build(), List.of(pod(1, true, 80).build(), pod(2, true, 81).build()), List.of()))
                .hasSize(2);
    }

    @Test
    void publishesPodsThatAreNotReadyWhenAsked() {
        Service.Builder service = service();
        service.getSpecBuilder().setPublishNotReadyAddresses(true).setClusterIP("None");
        EndpointSlice slice = created(plan(service.build(), List.of(pod(1, false, 80).build()), List.of()), 0);
        assertThat(slice.getEndpoints(0).getConditions()).isEqualTo(conditions(true, false, false));
        assertThat(slice.getMetadata().getLabelsMap()).containsKey("service.kubernetes.io/headless");
    }

    @Test
    void fillsGapsBeforeItMakesSlicesAndIsStable() {
        List<Pod> pods = new ArrayList<>(IntStream.range(0, 150).mapToObj(i -> pod(i, true, 80).build()).toList());
        List<SliceAction> first = plan(service().build(), pods, List.of());
        assertThat(first).hasSize(2);
        List<EndpointSlice> slices = List.of(created(first, 0), created(first, 1));
        assertThat(plan(service().build(), pods, slices)).isEmpty();
        pods.add(pod(200, true, 80).build());
        assertThat(plan(service().build(), pods, slices)).singleElement().isInstanceOf(SliceAction.Update.class);
        assertThat(plan(service().build(), List.of(), slices)).hasSize(2)
                .allMatch(action -> action instanceof SliceAction.Delete);
    }
}
