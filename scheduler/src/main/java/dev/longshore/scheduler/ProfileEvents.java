package dev.longshore.scheduler;

import dev.longshore.api.core.v1.ObjectReference;
import dev.longshore.client.ApiClient;
import dev.longshore.client.events.EventRecorder;
import dev.longshore.common.time.Environment;
import dev.longshore.scheduler.cycle.Intent;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Events about pods: each is reported by the profile that the pod has named (Kubernetes scheduler, reportingController). */
final class ProfileEvents {
    private final Map<String, EventRecorder> recorders;

    /** @param profiles their names */
    ProfileEvents(List<String> profiles, ApiClient client, Environment environment) {
        recorders = profiles.stream().collect(Collectors.toUnmodifiableMap(Function.identity(),
                profile -> new EventRecorder(client, environment, profile, "")));
    }

    /** What the scheduler did with the pod. */
    EventRecorder of(Intent intent) {
        return recorders.get(intent.profile());
    }

    static ObjectReference reference(Intent intent) {
        return reference(intent.pod().namespace(), intent.pod().name(), intent.uid());
    }

    static ObjectReference reference(Intent.Target target) {
        return reference(target.pod().namespace(), target.pod().name(), target.uid());
    }

    private static ObjectReference reference(String namespace, String name, String uid) {
        return ObjectReference.newBuilder().setApiVersion("v1").setKind("Pod").setNamespace(namespace).setName(name)
                .setUid(uid).build();
    }
}
