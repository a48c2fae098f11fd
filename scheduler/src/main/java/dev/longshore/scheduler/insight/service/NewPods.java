package dev.longshore.scheduler.insight.service;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import dev.longshore.api.ApiException;
import dev.longshore.api.ObjectKey;
import dev.longshore.api.ResourceType;
import dev.longshore.api.ResourceTypes;
import dev.longshore.api.core.v1.Pod;
import dev.longshore.client.ClusterView;
import dev.longshore.scheduler.state.ClusterObject;
import dev.longshore.scheduler.volumes.ClaimFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The pods that objects would have which do not exist yet, with all that the server would fill in. */
final class NewPods {
    private final ClusterView view;
    private final int most;
    private final Set<ObjectKey> claims;
    private final List<String> notes;
    private final List<Pod> pods = new ArrayList<>();
    private final List<ClusterObject> objects = new ArrayList<>();

    /** @param claims those that there are already */
    NewPods(ClusterView view, int most, Set<ObjectKey> claims, List<String> notes) {
        this.view = view;
        this.most = most;
        this.claims = claims;
        this.notes = notes;
    }

    List<Pod> pods() {
        return pods;
    }

    /** What would be there besides: controllers and claims. */
    List<ClusterObject> objects() {
        return objects;
    }

    /** Fails with BAD_REQUEST or as the creation of the pod would. */
    void add(Any packed) {
        Message object = unpack(packed);
        Workload.of(object).ifPresentOrElse(this::add, () -> note(object));
    }

    private static Message unpack(Any packed) {
        String message = packed.getTypeUrl().substring(packed.getTypeUrl().lastIndexOf('/') + 1);
        for (ResourceType<?> type : ResourceTypes.all()) {
            if (type.prototype().getDescriptorForType().getFullName().equals(message)) {
                try {
                    return packed.unpack(type.prototype().getClass());
                } catch (InvalidProtocolBufferException _) {
                    throw ApiException.badRequest("an object cannot be read as " + message);
                }
            }
        }
        throw ApiException.badRequest("an object is of no kind of the API: " + message);
    }

    private void note(Message object) {
        ResourceType<?> type = ResourceTypes.of(object).orElseThrow();
        notes.add("left out: " + type.kind() + " " + name(type, object));
    }

    private static <T extends Message> String name(ResourceType<T> type, Message object) {
        return type.meta(type.cast(object)).getName();
    }

    private void add(Workload workload) {
        if (workload.count() > most - pods.size()) {
            throw ApiException.badRequest("at most " + Simulation.MOST_PODS + " pods are simulated at once; "
                    + workload.title() + " is too much");
        }
        workload.owner().ifPresent(objects::add);
        if (workload.count() > 0) {
            Pod pod = preview(workload);
            for (int number = 0; number < workload.count(); number++) {
                pods.add(workload.replica(pod, number));
                workload.claims(number).stream().map(ClaimFacts::of).filter(claim -> !claims.contains(claim.key()))
                        .forEach(claim -> objects.add(new ClusterObject.StorageObject(claim)));
            }
        }
    }

    /** Under a name that nobody has. */
    private Pod preview(Workload workload) {
        try {
            return view.preview(ResourceTypes.PODS, workload.pod());
        } catch (ApiException e) {
            throw ApiException.of(e.reason(), workload.title() + ": " + e.getMessage(), e.status().getDetails());
        }
    }
}
