package dev.longshore.scheduler.state;

import com.google.protobuf.Message;
import dev.longshore.api.ResourceType;
import dev.longshore.api.ResourceTypes;
import dev.longshore.scheduler.volumes.AttachmentFacts;
import dev.longshore.scheduler.volumes.ClaimFacts;
import dev.longshore.scheduler.volumes.ClassFacts;
import dev.longshore.scheduler.volumes.DriverFacts;
import dev.longshore.scheduler.volumes.NodeDriverFacts;
import dev.longshore.scheduler.volumes.RoomFacts;
import dev.longshore.scheduler.volumes.StorageFacts;
import dev.longshore.scheduler.volumes.VolumeFacts;
import java.util.List;
import java.util.function.Function;

/** A kind that rules ask about beside nodes and pods, and how its objects are read. */
public record ObservedKind<T extends Message>(ResourceType<T> type, Function<T, ClusterObject> facts) {
    public static final List<ObservedKind<?>> ALL = List.of(
            new ObservedKind<>(ResourceTypes.NAMESPACES, ClusterObject::of),
            new ObservedKind<>(ResourceTypes.SERVICES, ClusterObject::of),
            new ObservedKind<>(ResourceTypes.REPLICA_SETS, ClusterObject::of),
            new ObservedKind<>(ResourceTypes.STATEFUL_SETS, ClusterObject::of),
            new ObservedKind<>(ResourceTypes.REPLICATION_CONTROLLERS, ClusterObject::of),
            new ObservedKind<>(ResourceTypes.POD_DISRUPTION_BUDGETS, ClusterObject::of),
            storage(ResourceTypes.PERSISTENT_VOLUME_CLAIMS, ClaimFacts::of),
            storage(ResourceTypes.PERSISTENT_VOLUMES, VolumeFacts::of),
            storage(ResourceTypes.STORAGE_CLASSES, ClassFacts::of),
            storage(ResourceTypes.CSI_NODES, NodeDriverFacts::of),
            storage(ResourceTypes.CSI_DRIVERS, DriverFacts::of),
            storage(ResourceTypes.CSI_STORAGE_CAPACITIES, RoomFacts::of),
            storage(ResourceTypes.VOLUME_ATTACHMENTS, AttachmentFacts::of));

    private static <T extends Message> ObservedKind<T> storage(ResourceType<T> type, Function<T, StorageFacts> facts) {
        return new ObservedKind<>(type, facts.andThen(ClusterObject.StorageObject::new));
    }
}
