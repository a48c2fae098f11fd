package dev.longshore.controllers.endpointslice;

import dev.longshore.api.ObjectKey;
import dev.longshore.api.ResourceTypes;
import dev.longshore.api.core.v1.Pod;
import dev.longshore.api.core.v1.Service;
import dev.longshore.client.informer.Informer;
import dev.longshore.controllers.objects.Selectors;
import java.util.List;

/** The Services whose endpoints a pod's change may change. */
final class ServicesOfPod {
    private ServicesOfPod() {
    }

    static List<ObjectKey> keys(Informer<Service> services, Pod pod) {
        return services.list(pod.getMetadata().getNamespace()).stream()
                .filter(service -> Backends.selects(service)
                        && Selectors.matches(service.getSpec().getSelectorMap(), pod.getMetadata().getLabelsMap()))
                .map(ResourceTypes.SERVICES::key).toList();
    }
}
