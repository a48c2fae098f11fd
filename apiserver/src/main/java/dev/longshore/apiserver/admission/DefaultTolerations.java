package dev.longshore.apiserver.admission;

import com.google.protobuf.Message;
import dev.longshore.api.ResourceTypes;
import dev.longshore.api.core.v1.Pod;
import dev.longshore.api.core.v1.Toleration;
import java.util.List;

/**
 * A pod stays for five minutes on a node that is not ready or not reached, unless it says otherwise (source: Kubernetes
 * API, admission DefaultTolerationSeconds).
 */
final class DefaultTolerations implements AdmissionStep {
    private static final long SECONDS = 300;
    private static final String NO_EXECUTE = "NoExecute";
    private static final List<String> TAINTS = List.of("node.kubernetes.io/not-ready",
            "node.kubernetes.io/unreachable");

    @Override
    public Message mutate(AdmissionRequest request, Message object) {
        if (!request.writes(ResourceTypes.PODS) || !(object instanceof Pod pod)) {
            return object;
        }
        Pod.Builder changed = pod.toBuilder();
        for (String taint : TAINTS) {
            if (pod.getSpec().getTolerationsList().stream().noneMatch(toleration -> covers(toleration, taint))) {
                changed.getSpecBuilder().addTolerations(Toleration.newBuilder().setKey(taint).setOperator("Exists")
                        .setEffect(NO_EXECUTE).setTolerationSeconds(SECONDS));
            }
        }
        return changed.build();
    }

    private static boolean covers(Toleration toleration, String taint) {
        return (toleration.getKey().isEmpty() || toleration.getKey().equals(taint))
                && (toleration.getEffect().isEmpty() || toleration.getEffect().equals(NO_EXECUTE));
    }
}
