package dev.longshore.controllers.namespace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.core.v1.Namespace;
import dev.longshore.api.core.v1.NamespaceCondition;
import dev.longshore.api.values.Times;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class NamespacePlanTest {
    private static final Instant NOW = Instant.ofEpochSecond(2_000_000);

    /** One row: what remains, and the messages of the conditions that are then True. */
    record Row(String name, NamespacePlan.Remaining remaining, Map<String, String> trouble) {
        @Override
        public String toString() {
            return name;
        }
    }

    static final List<Row> ROWS = List.of(
            new Row("nothing", remaining(Map.of(), Map.of(), List.of()), Map.of()),
            new Row("objects", remaining(Map.of("pods", 2, "deployments.apps", 1), Map.of(), List.of()),
                    Map.of("NamespaceContentRemaining", "Some resources are remaining: deployments.apps. has 1 resource"
                            + " instances, pods. has 2 resource instances")),
            new Row("objects that a finalizer holds", remaining(Map.of("pods", 1), Map.of("example.test/hold", 1),
                    List.of()),
                    Map.of("NamespaceContentRemaining",
                            "Some resources are remaining: pods. has 1 resource instances",
                            "NamespaceFinalizersRemaining",
                            "Some content in the namespace has finalizers remaining: example.test/hold in 1 resource"
                                    + " instances")),
            new Row("a refusal", remaining(Map.of(), Map.of(), List.of("pods: no")),
                    Map.of("NamespaceDeletionContentFailure",
                            "Failed to delete all resource types, 1 remaining: pods: no")));

    @ParameterizedTest
    @FieldSource("ROWS")
    void reports(Row row) {
        Namespace after = NamespacePlan.reported(namespace(), row.remaining, NOW);
        assertThat(after.getStatus().getPhase()).isEqualTo("Terminating");
        assertThat(after.getStatus().getConditionsCount()).isEqualTo(5);
        Map<String, String> trouble = after.getStatus().getConditionsList().stream()
                .filter(item -> item.getStatus().equals("True")).collect(Collectors
                        .toMap(NamespaceCondition::getType, NamespaceCondition::getMessage));
        assertThat(trouble).isEqualTo(row.trouble);
        assertThat(row.remaining.nothing()).isEqualTo(row.trouble.isEmpty());
        assertThat(NamespacePlan.reported(after, row.remaining, NOW.plusSeconds(9))).isEqualTo(after);
    }

    @Test
    void aConditionThatTurnsGetsANewTime() {
        Namespace first = NamespacePlan.reported(namespace(), ROWS.get(1).remaining, NOW);
        Namespace second = NamespacePlan.reported(first, ROWS.get(0).remaining, NOW.plusSeconds(9));
        assertThat(second.getStatus().getConditionsList()).filteredOn(item -> item.getLastTransitionTime()
                .equals(Times.time(NOW.plusSeconds(9)))).extracting(NamespaceCondition::getType)
                .containsExactly("NamespaceContentRemaining");
    }

    @Test
    void onlyADeletedNamespaceWithOurFinalizerConcernsUs() {
        assertThat(NamespacePlan.concerns(namespace())).isTrue();
        assertThat(NamespacePlan.concerns(NamespacePlan.finalized(namespace()))).isFalse();
        assertThat(NamespacePlan.finalized(namespace()).getSpec().getFinalizersList()).containsExactly("other");
        Namespace.Builder living = namespace().toBuilder();
        living.getMetadataBuilder().clearDeletionTimestamp();
        assertThat(NamespacePlan.concerns(living.build())).isFalse();
    }

    private static NamespacePlan.Remaining remaining(Map<String, Integer> objects, Map<String, Integer> finalizers,
            List<String> failures) {
        return new NamespacePlan.Remaining(objects, finalizers, failures);
    }

    private static Namespace namespace() {
        Namespace.Builder namespace = Namespace.newBuilder();
        namespace.getMetadataBuilder().setName("n").getDeletionTimestampBuilder().setSeconds(1);
        namespace.getSpecBuilder().addFinalizers("kubernetes").addFinalizers("other");
        return namespace.build();
    }
}
