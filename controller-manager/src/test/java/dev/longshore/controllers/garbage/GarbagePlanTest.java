package dev.longshore.controllers.garbage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.meta.v1.ObjectMeta;
import dev.longshore.api.meta.v1.OwnerReference;
import dev.longshore.client.DeleteQuery.Propagation;
import dev.longshore.controllers.garbage.GarbagePlan.Action;
import dev.longshore.controllers.garbage.GarbagePlan.Owned;
import dev.longshore.controllers.garbage.GarbagePlan.Owner;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GarbagePlanTest {
    record Row(String name, ObjectMeta object, List<Owner> owners, List<ObjectMeta> dependents, Action action) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static final ObjectMeta PLAIN = ObjectMeta.newBuilder().setUid("me").build();
    private static final ObjectMeta BLOCKING = ObjectMeta.newBuilder().addOwnerReferences(
            OwnerReference.newBuilder().setUid("me").setBlockOwnerDeletion(true)).build();
    private static final ObjectMeta LOOSE = ObjectMeta.newBuilder().addOwnerReferences(
            OwnerReference.newBuilder().setUid("me")).build();

    private static ObjectMeta deleting(String finalizer) {
        ObjectMeta.Builder meta = PLAIN.toBuilder().addFinalizers(finalizer);
        meta.getDeletionTimestampBuilder().setSeconds(1);
        return meta.build();
    }

    static List<Row> rows() {
        Action nothing = new Action.Nothing();
        return List.of(
                new Row("no owners", PLAIN, List.of(), List.of(), nothing),
                new Row("owner exists", PLAIN, List.of(Owner.SOLID), List.of(), nothing),
                new Row("owner gone", PLAIN, List.of(Owner.ABSENT), List.of(),
                        new Action.Delete(Propagation.BACKGROUND)),
                new Row("one of two gone", PLAIN, List.of(Owner.SOLID, Owner.ABSENT), List.of(),
                        new Action.DropOwners(Set.of("1"))),
                new Row("owner waits", PLAIN, List.of(Owner.WAITING), List.of(),
                        new Action.Delete(Propagation.BACKGROUND)),
                new Row("owner waits, own dependents", PLAIN, List.of(Owner.WAITING), List.of(BLOCKING),
                        new Action.Delete(Propagation.FOREGROUND)),
                new Row("orphaning", deleting("orphan"), List.of(), List.of(LOOSE), new Action.OrphanDependents()),
                new Row("foreground, blocked", deleting("foregroundDeletion"), List.of(), List.of(BLOCKING),
                        new Action.DeleteDependents()),
                new Row("foreground, loose", deleting("foregroundDeletion"), List.of(), List.of(LOOSE),
                        new Action.FinishForeground()),
                new Row("held by another", deleting("example.com/x"), List.of(Owner.ABSENT), List.of(), nothing));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void decides(Row row) {
        List<Owned> owned = IntStream.range(0, row.owners().size()).mapToObj(i -> new Owned(
                OwnerReference.newBuilder().setUid(Integer.toString(i)).build(), row.owners().get(i))).toList();
        assertThat(GarbagePlan.of(new GarbagePlan.Snapshot(row.object(), owned, row.dependents())))
                .isEqualTo(row.action());
    }
}
