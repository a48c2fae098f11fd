package dev.longshore.scheduler.plugins;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.scheduler.cycle.Explanation;
import dev.longshore.scheduler.reference.SideBySide;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Tables of clusters, a pod and what a rule makes of it. A row is a name, the cluster's lines behind semicolons (a pod
 * has its node behind {@code @}, a line without a kind is a node), the words of the pod, and what is expected: each node,
 * with {@code :why} if it is refused, or each feasible node with {@code =score}; {@code -} if no score is given. The
 * reference must agree with the scheduler about every row.
 */
final class RuleTable {
    private static final List<String> KINDS = List.of("service", "namespace", "replicaset", "statefulset", "controller",
            "claim", "without");

    private static final Map<String, String> SHORT = Map.ofEntries(
            Map.entry("node(s) didn't match pod affinity rules", "affinity"),
            Map.entry("node(s) didn't match pod anti-affinity rules", "anti"),
            Map.entry("node(s) didn't satisfy existing pods anti-affinity rules", "existing"),
            Map.entry("node(s) didn't match pod topology spread constraints", "uneven"),
            Map.entry("node(s) didn't match pod topology spread constraints (missing required label)", "nokey"),
            Map.entry("node(s) didn't match Pod's node affinity/selector", "selector"),
            Map.entry("node(s) didn't match scheduler-enforced node affinity", "enforced"),
            Map.entry("node(s) didn't satisfy plugin(s) [NodeAffinity]", "unnamed"),
            Map.entry("node(s) were unschedulable", "cordoned"),
            Map.entry("node(s) didn't match the requested node name", "name"),
            Map.entry("node(s) didn't have free ports for the requested pod ports", "ports"),
            Map.entry("Too many pods", "pods"));

    private RuleTable() {
    }

    record Row(String table, String name, List<String> cluster, String pod, String expected) {
        static Row of(String table, String text) {
            String[] columns = text.split(" +\\| +");
            assertThat(columns).as(text).hasSize(4);
            return new Row(table, columns[0], List.of(columns[1].split("; *")), columns[2], columns[3].strip());
        }

        @Override
        public String toString() {
            return table + ": " + name;
        }

        private SideBySide clusters() {
            return prepared(new SideBySide(1));
        }

        SideBySide prepared(SideBySide both) {
            cluster.forEach(line -> both.apply(withKind(line)));
            return both;
        }

        private static String withKind(String line) {
            String first = line.split(" ")[0];
            if (KINDS.contains(first)) {
                return line;
            }
            return (first.contains("@") ? "pod " : "node ") + line;
        }
    }

    /** The rows of a table among the test resources: the lines that are neither empty nor comments. */
    static List<Row> rows(String table) {
        try (InputStream text = RuleTable.class.getResourceAsStream("/rules/" + table + ".txt")) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8).lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#")).map(line -> Row.of(table, line)).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Compares which nodes are feasible, and why the others are not. */
    static void checkFit(Row row) {
        SideBySide both = row.clusters();
        assertThat(fit(both, row.pod)).as(row.toString()).isEqualTo(row.expected);
        assertThat(both.apply("decide p " + row.pod)).as("reference").isEmpty();
    }

    static String fit(SideBySide both, String pod) {
        Explanation explanation = both.explain("p " + pod);
        SortedMap<String, String> found = new TreeMap<>();
        explanation.scores().keySet().forEach(node -> found.put(node, node));
        explanation.verdicts()
                .forEach((node, verdict) -> found.put(node, node + ":" + reasons(verdict.reasons())));
        return String.join(" ", found.values());
    }

    private static String reasons(List<String> reasons) {
        List<String> shortened = new ArrayList<>();
        for (String reason : reasons) {
            shortened.add(reason.startsWith("Insufficient ") || reason.startsWith("node(s) had untolerated taint ")
                    ? reason.substring(reason.startsWith("I") ? 13 : 30).replace(" ", "")
                    : SHORT.getOrDefault(reason, reason));
        }
        return String.join("+", shortened);
    }

    /** Compares what the rule adds to the total of each feasible node. */
    static void checkScores(Row row) {
        String rule = row.table.substring(0, row.table.indexOf('.'));
        SideBySide both = row.clusters();
        assertThat(scores(both, row.pod, rule)).as(row.toString()).isEqualTo(row.expected);
        assertThat(both.apply("decide p " + row.pod)).as("reference").isEmpty();
    }

    static String scores(SideBySide both, String pod, String rule) {
        List<String> found = new ArrayList<>();
        both.explain("p " + pod).scores().forEach((node, scores) -> {
            if (scores.containsKey(rule)) {
                found.add(node + "=" + scores.get(rule));
            }
        });
        return found.isEmpty() ? "-" : String.join(" ", found);
    }
}
