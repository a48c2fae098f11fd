package dev.longshore.apiserver.admission;

import com.google.protobuf.Message;
import dev.longshore.api.ResourceTypes;
import dev.longshore.api.core.v1.Pod;

/** A pod that names no service account runs as its namespace's {@code default}. */
final class DefaultServiceAccount implements AdmissionStep {
    private static final String DEFAULT = "default";

    @Override
    public Message mutate(AdmissionRequest request, Message object) {
        if (!request.creates(ResourceTypes.PODS) || !(object instanceof Pod pod)
                || !pod.getSpec().getServiceAccountName().isEmpty()) {
            return object;
        }
        Pod.Builder changed = pod.toBuilder();
        changed.getSpecBuilder().setServiceAccountName(DEFAULT).setServiceAccount(DEFAULT);
        return changed.build();
    }
}
