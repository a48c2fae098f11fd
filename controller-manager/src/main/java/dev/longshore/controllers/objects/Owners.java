package dev.longshore.controllers.objects;

import com.google.protobuf.Message;
import dev.longshore.api.ResourceType;
import dev.longshore.api.meta.v1.ObjectMeta;
import dev.longshore.api.meta.v1.OwnerReference;
import java.util.List;
import java.util.Optional;

/** Owner references. At most one of an object's owners is its controller; identity is the uid. */
public final class Owners {
    private Owners() {
    }

    public static Optional<OwnerReference> controller(ObjectMeta meta) {
        return meta.getOwnerReferencesList().stream().filter(OwnerReference::getController).findFirst();
    }

    public static boolean controlledBy(ObjectMeta meta, String uid) {
        return controller(meta).filter(owner -> owner.getUid().equals(uid)).isPresent();
    }

    public static boolean orphan(ObjectMeta meta) {
        return controller(meta).isEmpty();
    }

    /** The reference that makes {@code owner} the controller of an object and lets its foreground deletion wait. */
    public static <T extends Message> OwnerReference reference(ResourceType<T> type, T owner) {
        ObjectMeta meta = type.meta(owner);
        return OwnerReference.newBuilder().setApiVersion(type.apiVersion()).setKind(type.kind())
                .setName(meta.getName()).setUid(meta.getUid()).setController(true).setBlockOwnerDeletion(true).build();
    }

    public static ObjectMeta with(ObjectMeta meta, OwnerReference owner) {
        return without(meta, owner.getUid()).toBuilder().addOwnerReferences(owner).build();
    }

    public static ObjectMeta without(ObjectMeta meta, String uid) {
        List<OwnerReference> kept = meta.getOwnerReferencesList().stream()
                .filter(owner -> !owner.getUid().equals(uid)).toList();
        return meta.toBuilder().clearOwnerReferences().addAllOwnerReferences(kept).build();
    }
}
