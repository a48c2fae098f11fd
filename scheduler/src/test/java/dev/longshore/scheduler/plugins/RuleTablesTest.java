package dev.longshore.scheduler.plugins;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The tables of each rule: which nodes it refuses and why, and what it adds to a node's total. */
class RuleTablesTest {
    private static final List<String> FILTERS = List.of("NodeUnschedulable", "NodeName", "TaintToleration",
            "NodeAffinity", "NodePorts", "NodeResourcesFit", "PodTopologySpread", "InterPodAffinity");
    private static final List<String> SCORES = List.of("TaintToleration", "NodeAffinity", "NodeResourcesFit",
            "NodeResourcesBalancedAllocation", "ImageLocality", "PodTopologySpread", "InterPodAffinity");
    private static final int FEWEST_ROWS = 60;

    static Stream<RuleTable.Row> filters() {
        return FILTERS.stream().flatMap(rule -> RuleTable.rows(rule + ".filter").stream());
    }

    static Stream<RuleTable.Row> scores() {
        return SCORES.stream().flatMap(rule -> RuleTable.rows(rule + ".score").stream());
    }

    @ParameterizedTest
    @MethodSource("filters")
    void filters(RuleTable.Row row) {
        RuleTable.checkFit(row);
    }

    @ParameterizedTest
    @MethodSource("scores")
    void scores(RuleTable.Row row) {
        RuleTable.checkScores(row);
    }

    @Test
    void theRulesAboutSeveralNodesHaveLongTables() {
        Map<String, Integer> rows = new TreeMap<>();
        Stream.concat(filters(), scores())
                .forEach(row -> rows.merge(row.table().substring(0, row.table().indexOf('.')), 1, Integer::sum));
        List.of("PodTopologySpread", "InterPodAffinity")
                .forEach(rule -> assertThat(rows.get(rule)).as(rule).isGreaterThanOrEqualTo(FEWEST_ROWS));
    }
}
