package dev.longshore.controllers.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.apps.v1.Deployment;
import dev.longshore.api.apps.v1.ReplicaSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class SizesTest {
    private static final Bounds TEN = new Bounds(10, 3, 2);
    private static final Function<Sizes, Map<String, Integer>> ROLL = Sizes::rolled;
    private static final Function<Sizes, Map<String, Integer>> SCALE = Sizes::scaled;

    /** One row: the sets, the step, and the sizes that change. */
    record Row(String name, Bounds bounds, List<ReplicaSet> sets, Function<Sizes, Map<String, Integer>> step,
            Map<String, Integer> sizes) {
        @Override
        public String toString() {
            return name;
        }
    }

    static final List<Row> ROWS = List.of(
            new Row("the new set starts with the surge", TEN, List.of(old("a", 10, 10), current(0, 0)), ROLL,
                    Map.of("new", 3)),
            new Row("then old ones may shrink", TEN, List.of(old("a", 10, 10), current(3, 0)), ROLL, Map.of("a", 8)),
            new Row("which makes room for more new ones", TEN, List.of(old("a", 8, 8), current(3, 0)), ROLL,
                    Map.of("new", 5)),
            new Row("but not before the old set saw its size", TEN, List.of(unsettled(old("a", 8, 10)), current(3, 0)),
                    ROLL, Map.of()),
            new Row("nothing shrinks below the least available", TEN, List.of(old("a", 8, 8), current(5, 0)), ROLL,
                    Map.of()),
            new Row("old pods that serve nobody go first", TEN, List.of(old("a", 10, 6), current(3, 3)), ROLL,
                    Map.of("a", 5)),
            new Row("the oldest set goes first", TEN, List.of(old("a", 5, 5), old("b", 5, 5), current(3, 3)), ROLL,
                    Map.of("a", 0)),
            new Row("a finished rollout changes nothing", TEN, List.of(old("a", 0, 0), current(10, 10)), ROLL,
                    Map.of()),
            new Row("a set that is too large shrinks at once", new Bounds(2, 1, 0), List.of(current(5, 5)), ROLL,
                    Map.of("new", 2)),
            new Row("without a current set nothing rolls", TEN, List.of(old("a", 10, 10)), ROLL, Map.of()),
            new Row("the only set follows the scale", new Bounds(5, 2, 1), List.of(old("a", 0, 0), current(3, 3)),
                    SCALE, Map.of("new", 5)),
            new Row("from zero the current set grows", new Bounds(5, 2, 1), List.of(old("a", 0, 0), current(0, 0)),
                    SCALE, Map.of("new", 5)),
            new Row("from zero without a current set the newest grows", new Bounds(5, 2, 1),
                    List.of(old("a", 0, 0), old("b", 0, 0)), SCALE, Map.of("b", 5)),
            new Row("a full current set needs no old ones", new Bounds(5, 2, 1),
                    List.of(old("a", 2, 2), sized(current(5, 5), 5, 7)), SCALE, Map.of("a", 0)),
            new Row("growth in the middle of a rollout is shared", new Bounds(20, 5, 5),
                    List.of(sized(old("a", 8, 8), 10, 13), sized(current(5, 5), 10, 13)), SCALE,
                    Map.of("a", 15, "new", 10)),
            new Row("so is shrinking", new Bounds(4, 1, 1),
                    List.of(sized(old("a", 8, 8), 10, 13), sized(current(5, 5), 10, 13)), SCALE,
                    Map.of("a", 3, "new", 2)),
            new Row("the largest takes what rounding leaves", new Bounds(4, 0, 1),
                    List.of(sized(old("a", 1, 1), 3, 3), sized(old("b", 1, 1), 3, 3), sized(current(1, 1), 3, 3)),
                    SCALE, Map.of("a", 1, "b", 1, "new", 2)),
            new Row("Recreate ends the old first", TEN, List.of(old("a", 3, 3), current(0, 0)),
                    sizes -> sizes.recreated(false), Map.of("a", 0)),
            new Row("and waits for their pods", TEN, List.of(old("a", 0, 0), current(0, 0)),
                    sizes -> sizes.recreated(false), Map.of()),
            new Row("then starts all new ones", TEN, List.of(old("a", 0, 0), current(0, 0)),
                    sizes -> sizes.recreated(true), Map.of("new", 10)));

    @ParameterizedTest
    @FieldSource("ROWS")
    void sizes(Row row) {
        Deployment deployment = deployment();
        assertThat(row.step.apply(new Sizes(deployment, row.bounds, Sets.of(deployment, row.sets))))
                .isEqualTo(row.sizes);
    }

    @Test
    void aChangeOfReplicasIsToldFromARollout() {
        Deployment deployment = deployment();
        assertThat(new Sizes(deployment, TEN, Sets.of(deployment, List.of(sized(current(5, 5), 10, 13)))).scaling())
                .isFalse();
        assertThat(new Sizes(deployment, TEN, Sets.of(deployment, List.of(sized(current(5, 5), 5, 7)))).scaling())
                .isTrue();
    }

    private static Deployment deployment() {
        Deployment.Builder deployment = Deployment.newBuilder();
        deployment.getSpecBuilder().getStrategyBuilder().setType("RollingUpdate");
        deployment.getSpecBuilder().getTemplateBuilder().getSpecBuilder().addContainersBuilder().setImage("new");
        return deployment.build();
    }

    private static ReplicaSet current(int size, int available) {
        return set("new", "new", size, available);
    }

    private static ReplicaSet old(String name, int size, int available) {
        return set(name, name, size, available);
    }

    private static ReplicaSet set(String name, String image, int size, int available) {
        ReplicaSet.Builder set = ReplicaSet.newBuilder();
        set.getMetadataBuilder().setName(name).setGeneration(1);
        set.getSpecBuilder().setReplicas(size).getTemplateBuilder().getSpecBuilder().addContainersBuilder()
                .setImage(image);
        set.getStatusBuilder().setReplicas(Math.max(size, available)).setAvailableReplicas(available)
                .setObservedGeneration(1);
        return set.build();
    }

    private static ReplicaSet unsettled(ReplicaSet set) {
        ReplicaSet.Builder builder = set.toBuilder();
        builder.getMetadataBuilder().setGeneration(2);
        return builder.build();
    }

    private static ReplicaSet sized(ReplicaSet set, int desired, int most) {
        ReplicaSet.Builder builder = set.toBuilder();
        builder.getMetadataBuilder().putAnnotations(Revisions.DESIRED, Integer.toString(desired))
                .putAnnotations(Revisions.MAX, Integer.toString(most));
        return builder.build();
    }
}
