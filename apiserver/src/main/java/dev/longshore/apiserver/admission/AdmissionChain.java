package dev.longshore.apiserver.admission;

import com.google.protobuf.Message;
import dev.longshore.api.ResourceType;
import java.util.List;

/** The admission steps in their order. */
public final class AdmissionChain {
    private final List<AdmissionStep> steps;

    public AdmissionChain(List<AdmissionStep> steps) {
        this.steps = List.copyOf(steps);
    }

    /** What a server runs; the order is that of the Kubernetes API server. */
    public static AdmissionChain standard(ObjectReader reader) {
        return new AdmissionChain(List.of(
                new NamespaceLifecycle(reader),
                new DefaultServiceAccount(),
                new DefaultTolerations(),
                new PodPriority(reader)));
    }

    public <T extends Message> T mutate(ResourceType<T> type, AdmissionRequest request, T object) {
        Message current = object;
        for (AdmissionStep step : steps) {
            current = step.mutate(request, current);
        }
        return type.cast(current);
    }

    public void validate(AdmissionRequest request, Message object) {
        steps.forEach(step -> step.validate(request, object));
    }
}
