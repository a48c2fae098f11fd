package dev.longshore.controllers.tainteviction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.core.v1.Taint;
import dev.longshore.api.core.v1.Toleration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TaintEvictionPlanTest {
    record Row(String name, List<Toleration> tolerations, Optional<Instant> at) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Toleration.Builder exists(String key) {
        return Toleration.newBuilder().setKey(key).setOperator("Exists").setEffect("NoExecute");
    }

    static List<Row> rows() {
        return List.of(
                new Row("none", List.of(), Optional.of(Instant.EPOCH)),
                new Row("another key", List.of(exists("other").build()), Optional.of(Instant.EPOCH)),
                new Row("for ever", List.of(exists("down").build()), Optional.empty()),
                new Row("everything", List.of(Toleration.newBuilder().setOperator("Exists").build()),
                        Optional.empty()),
                new Row("for a while", List.of(exists("down").setTolerationSeconds(300).build()),
                        Optional.of(Instant.ofEpochSecond(1300))),
                new Row("the shorter", List.of(exists("down").setTolerationSeconds(300).build(),
                        exists("down").setTolerationSeconds(10).build()), Optional.of(Instant.ofEpochSecond(1010))),
                new Row("another value", List.of(Toleration.newBuilder().setKey("down").setValue("x").build()),
                        Optional.of(Instant.EPOCH)));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void decides(Row row) {
        Taint.Builder taint = Taint.newBuilder().setKey("down").setEffect("NoExecute");
        taint.getTimeAddedBuilder().setSeconds(1000);
        assertThat(TaintEvictionPlan.evictAt(List.of(taint.build()), row.tolerations())).isEqualTo(row.at());
    }
}
