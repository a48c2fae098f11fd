package dev.longshore.controllers.endpointslice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.core.v1.EndpointAddress;
import dev.longshore.api.core.v1.EndpointPort;
import dev.longshore.api.core.v1.EndpointSubset;
import dev.longshore.api.core.v1.Endpoints;
import dev.longshore.api.core.v1.Pod;
import dev.longshore.api.core.v1.Service;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class EndpointsPlanTest {
    private static final Consumer<Service.Builder> PLAIN = _ -> {
    };
    private static final Consumer<Service.Builder> NOT_READY_TOO = service -> service.getSpecBuilder()
            .setPublishNotReadyAddresses(true);

    /** One row: a Service, the pods it selects, and its subsets: {@code ready|not ready@port}. */
    record Row(String name, Consumer<Service.Builder> service, List<Pod> pods, List<String> subsets) {
        @Override
        public String toString() {
            return name;
        }
    }

    static final List<Row> ROWS = List.of(
            new Row("no pods", PLAIN, List.of(), List.of()),
            new Row("ready ones and others, by address", PLAIN, List.of(pod(3, true, 80), pod(2, false, 80),
                    pod(1, true, 80)), List.of("10.0.0.1,10.0.0.3|10.0.0.2@80")),
            new Row("a pod that leaves", PLAIN, List.of(leaving(pod(1, true, 80)), pod(2, true, 80)),
                    List.of("10.0.0.2|@80")),
            new Row("a pod without an address", PLAIN, List.of(change(pod(1, true, 80), it -> it.getStatusBuilder()
                    .clearPodIP())), List.of()),
            new Row("a finished pod", PLAIN, List.of(change(pod(1, true, 80), it -> it.getStatusBuilder()
                    .setPhase("Succeeded"))), List.of()),
            new Row("a named port with two numbers", PLAIN, List.of(pod(1, true, 80), pod(2, true, 81)),
                    List.of("10.0.0.1|@80", "10.0.0.2|@81")),
            new Row("a pod without the named port", PLAIN, List.of(change(pod(1, true, 80), it -> it.getSpecBuilder()
                    .clearContainers())), List.of("10.0.0.1|@")),
            new Row("all are published when asked", NOT_READY_TOO, List.of(pod(1, false, 80),
                    leaving(pod(2, true, 80))), List.of("10.0.0.2,10.0.0.1|@80")));

    @ParameterizedTest
    @FieldSource("ROWS")
    void subsets(Row row) {
        Endpoints endpoints = EndpointsPlan.of(service(row.service), row.pods, Optional.empty()).orElseThrow();
        assertThat(endpoints.getSubsetsList().stream().map(EndpointsPlanTest::text))
                .containsExactlyElementsOf(row.subsets);
    }

    @ParameterizedTest
    @FieldSource("ROWS")
    void whatIsRightIsNotWrittenAgain(Row row) {
        Optional<Endpoints> first = EndpointsPlan.of(service(row.service), row.pods, Optional.empty());
        List<Pod> shuffled = new ArrayList<>(row.pods);
        shuffled.sort(Comparator.comparing((Pod pod) -> pod.getMetadata().getName()).reversed());
        assertThat(EndpointsPlan.of(service(row.service), shuffled, first)).isEmpty();
    }

    @Test
    void theObjectIsNamedAndLabelledAfterTheService() {
        Endpoints endpoints = EndpointsPlan.of(service(it -> it.getSpecBuilder().setClusterIP("None")),
                List.of(pod(1, true, 80)), Optional.empty()).orElseThrow();
        assertThat(endpoints.getMetadata().getName()).isEqualTo("web");
        assertThat(endpoints.getMetadata().getLabelsMap()).containsEntry("team", "a")
                .containsEntry("service.kubernetes.io/headless", "")
                .containsEntry(EndpointsPlan.MANAGED_BY, EndpointsPlan.MANAGER);
        EndpointAddress address = endpoints.getSubsets(0).getAddresses(0);
        assertThat(address.getNodeName()).isEqualTo("n1");
        assertThat(address.getTargetRef().getUid()).isEqualTo("u1");
    }

    @Test
    void anObjectHoldsSoManyAddressesAndReadyOnesComeFirst() {
        List<Pod> pods = new ArrayList<>(IntStream.rangeClosed(1, EndpointsPlan.ADDRESSES_LIMIT)
                .mapToObj(i -> pod(i, false, 80)).toList());
        pods.add(pod(9999, true, 80));
        Endpoints cut = EndpointsPlan.of(service(PLAIN), pods, Optional.empty()).orElseThrow();
        assertThat(cut.getMetadata().getAnnotationsMap()).containsEntry("endpoints.kubernetes.io/over-capacity",
                "truncated");
        assertThat(cut.getSubsets(0).getAddressesList()).extracting(EndpointAddress::getIp)
                .containsExactly("10.0.39.15");
        assertThat(cut.getSubsets(0).getNotReadyAddressesCount()).isEqualTo(EndpointsPlan.ADDRESSES_LIMIT - 1);
        Endpoints whole = EndpointsPlan.of(service(PLAIN), pods.subList(0, 2), Optional.of(cut)).orElseThrow();
        assertThat(whole.getMetadata().getAnnotationsMap()).isEmpty();
    }

    private static String text(EndpointSubset subset) {
        return String.join(",", subset.getAddressesList().stream().map(EndpointAddress::getIp).toList()) + "|"
                + String.join(",", subset.getNotReadyAddressesList().stream().map(EndpointAddress::getIp).toList())
                + "@" + String.join(",", subset.getPortsList().stream().map(EndpointPort::getPort)
                        .map(String::valueOf).toList());
    }

    private static Service service(Consumer<Service.Builder> change) {
        Service.Builder service = Service.newBuilder();
        service.getMetadataBuilder().setName("web").setNamespace("d").putLabels("team", "a");
        service.getSpecBuilder().putSelector("app", "web").addPortsBuilder().setPort(80).getTargetPortBuilder()
                .setType(1).setStrVal("http");
        change.accept(service);
        return service.build();
    }

    private static Pod pod(int index, boolean ready, int port) {
        Pod.Builder pod = Pod.newBuilder();
        pod.getMetadataBuilder().setName("p" + index).setNamespace("d").setUid("u" + index);
        pod.getSpecBuilder().setNodeName("n1").addContainersBuilder().addPortsBuilder().setName("http")
                .setContainerPort(port);
        pod.getStatusBuilder().setPhase("Running").setPodIP("10.0." + index / 256 + "." + index % 256)
                .addConditionsBuilder().setType("Ready").setStatus(ready ? "True" : "False");
        return pod.build();
    }

    private static Pod leaving(Pod pod) {
        return change(pod, it -> it.getMetadataBuilder().getDeletionTimestampBuilder().setSeconds(1));
    }

    private static Pod change(Pod pod, Consumer<Pod.Builder> change) {
        Pod.Builder builder = pod.toBuilder();
        change.accept(builder);
        return builder.build();
    }
}
