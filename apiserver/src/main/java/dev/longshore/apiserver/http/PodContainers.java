package dev.longshore.apiserver.http;

import dev.longshore.api.ApiException;
import dev.longshore.api.core.v1.Container;
import dev.longshore.api.core.v1.EphemeralContainer;
import dev.longshore.api.core.v1.Pod;
import dev.longshore.grpc.v1.PodRef;
import java.util.List;
import java.util.stream.Stream;

/** Which container of which node a stream is to; texts as the Kubernetes API has them. */
final class PodContainers {
    private PodContainers() {
    }

    static String node(Pod pod) {
        String node = pod.getSpec().getNodeName();
        if (node.isEmpty()) {
            throw ApiException.badRequest("pod " + pod.getMetadata().getName() + " does not have a host assigned");
        }
        return node;
    }

    static PodRef reference(Pod pod) {
        return PodRef.newBuilder().setNamespace(pod.getMetadata().getNamespace()).setName(pod.getMetadata().getName())
                .setUid(pod.getMetadata().getUid()).build();
    }

    /** The named container, or the only one. */
    static String choose(Pod pod, String asked) {
        List<String> names = pod.getSpec().getContainersList().stream().map(Container::getName).toList();
        String name = pod.getMetadata().getName();
        if (asked.isEmpty()) {
            if (names.size() != 1) {
                throw ApiException.badRequest("a container name must be specified for pod " + name
                        + ", choose one of: [" + String.join(" ", names) + "]");
            }
            return names.getFirst();
        }
        Stream<String> initial = pod.getSpec().getInitContainersList().stream().map(Container::getName);
        Stream<String> ephemeral = pod.getSpec().getEphemeralContainersList().stream()
                .map(PodContainers::ephemeralName);
        if (!names.contains(asked) && Stream.concat(initial, ephemeral).noneMatch(asked::equals)) {
            throw ApiException.badRequest("container " + asked + " is not valid for pod " + name);
        }
        return asked;
    }

    private static String ephemeralName(EphemeralContainer container) {
        return container.getEphemeralContainerCommon().getName();
    }
}
