package dev.longshore.agent;

import dev.longshore.agent.pods.PodEvents;
import dev.longshore.agent.pods.PodSpecs;
import dev.longshore.api.core.v1.ObjectReference;
import dev.longshore.api.core.v1.Pod;
import dev.longshore.client.events.EventRecorder;

/** Pods' events as Event objects of the API. */
final class RecordedPodEvents implements PodEvents {
    private final EventRecorder recorder;

    RecordedPodEvents(EventRecorder recorder) {
        this.recorder = recorder;
    }

    @Override
    public void normal(Pod pod, String container, String reason, String message) {
        recorder.record(reference(pod, container), "Normal", reason, "", message);
    }

    @Override
    public void warning(Pod pod, String container, String reason, String message) {
        recorder.record(reference(pod, container), "Warning", reason, "", message);
    }

    private static ObjectReference reference(Pod pod, String container) {
        ObjectReference.Builder reference = EventRecorder.reference(pod).toBuilder();
        if (!container.isEmpty()) {
            String list = PodSpecs.init(pod, container) ? "spec.initContainers" : "spec.containers";
            reference.setFieldPath(list + "{" + container + "}");
        }
        return reference.build();
    }
}
