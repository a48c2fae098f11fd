package dev.longshore.controllers.garbage;

import dev.longshore.api.meta.v1.ObjectMeta;
import dev.longshore.api.meta.v1.OwnerReference;
import dev.longshore.client.DeleteQuery.Propagation;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What becomes of one object, by its owners and its dependents. Pure. Rules: Kubernetes, garbage collector. */
final class GarbagePlan {
    static final String FOREGROUND = "foregroundDeletion";
    static final String ORPHAN = "orphan";

    /** What is known of an owner. */
    enum Owner {
        /** It exists, or nobody can tell. */
        SOLID,
        /** It does not exist; the API server said so. */
        ABSENT,
        /** It is being deleted and waits for its dependents. */
        WAITING
    }

    /** A reference and what is known of the owner. */
    record Owned(OwnerReference reference, Owner owner) {}

    /** What to do. */
    sealed interface Action {
        record Nothing() implements Action {}

        record Delete(Propagation propagation) implements Action {}

        /** Drops references to owners that are gone or going; another owner keeps the object. */
        record DropOwners(Set<String> uids) implements Action {}

        /** Takes the object's own reference away from its dependents, then the finalizer. */
        record OrphanDependents() implements Action {}

        /** Every dependent that could hold the object is gone. */
        record FinishForeground() implements Action {}

        /** The dependents have to go first. */
        record DeleteDependents() implements Action {}
    }

    /**
     * What the plan is made of.
     *
     * @param owned      in the order of the references
     * @param dependents of the object
     */
    record Snapshot(ObjectMeta object, List<Owned> owned, List<ObjectMeta> dependents) {}

    private GarbagePlan() {
    }

    static Action of(Snapshot snapshot) {
        ObjectMeta object = snapshot.object();
        if (object.hasDeletionTimestamp()) {
            return deleting(snapshot);
        }
        Set<String> gone = uids(snapshot, Owner.ABSENT, Owner.WAITING);
        if (gone.isEmpty()) {
            return new Action.Nothing();
        }
        if (gone.size() < snapshot.owned().size()) {
            return new Action.DropOwners(gone);
        }
        boolean waited = !uids(snapshot, Owner.WAITING, Owner.WAITING).isEmpty();
        boolean blocking = snapshot.dependents().stream().anyMatch(d -> blocks(d, object.getUid()));
        if (waited && blocking || object.getFinalizersList().contains(FOREGROUND)) {
            return new Action.Delete(Propagation.FOREGROUND);
        }
        return new Action.Delete(object.getFinalizersList().contains(ORPHAN)
                ? Propagation.ORPHAN
                : Propagation.BACKGROUND);
    }

    private static Action deleting(Snapshot snapshot) {
        ObjectMeta object = snapshot.object();
        if (object.getFinalizersList().contains(ORPHAN)) {
            return new Action.OrphanDependents();
        }
        if (!object.getFinalizersList().contains(FOREGROUND)) {
            return new Action.Nothing();
        }
        return snapshot.dependents().stream().anyMatch(d -> blocks(d, object.getUid()))
                ? new Action.DeleteDependents()
                : new Action.FinishForeground();
    }

    private static boolean blocks(ObjectMeta dependent, String ownerUid) {
        return dependent.getOwnerReferencesList().stream()
                .anyMatch(owner -> owner.getUid().equals(ownerUid) && owner.getBlockOwnerDeletion());
    }

    private static Set<String> uids(Snapshot snapshot, Owner one, Owner other) {
        return snapshot.owned().stream().filter(owned -> owned.owner() == one || owned.owner() == other)
                .map(owned -> owned.reference().getUid()).collect(Collectors.toUnmodifiableSet());
    }
}
