package dev.longshore.scheduler.insight;

import dev.longshore.scheduler.cycle.Decision;
import dev.longshore.scheduler.explain.FitMessage;
import dev.longshore.scheduler.explain.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An explanation as people read it: a summary, a line for each node and rule, and what would place the pod. */
public final class WhyText {
    /** With more nodes than this, those with the same verdicts share a line; and of such groups so many are shown. */
    private static final int MOST_LINES = 20;
    /** How many nodes are named on a shared line. */
    private static final int NAMED_NODES = 3;
    private static final String GAP = "   ";

    private WhyText() {
    }

    public static List<String> of(Why why) {
        List<String> lines = new ArrayList<>(summary(why));
        if (!why.nodes().isEmpty()) {
            lines.add("");
            lines.addAll(table(why.nodes().size() > MOST_LINES ? shared(why.nodes()) : single(why.nodes())));
        }
        if (why.decision() instanceof Decision.Nowhere || !why.remedies().isEmpty()) {
            lines.add("");
            lines.addAll(remedies(why));
        }
        return lines;
    }

    private static List<String> summary(Why why) {
        String pod = "pod " + why.pod().key();
        List<String> lines = new ArrayList<>();
        if (why.foreign()) {
            lines.add(pod + " waits for the scheduler " + why.pod().schedulerName()
                    + "; what follows is by the rules of Longshore's own.");
        }
        if (why.pod().gated()) {
            lines.add(pod + " waits for its scheduling gates; until they are removed it is not tried.");
        }
        lines.add(switch (why.decision()) {
            case Decision.Placed(var node) ->
                pod + (why.pod().gated() ? " would fit" : " fits") + ", for example on node "
                        + node + ".";
            case Decision.Preempts(_, var node, var victims) -> pod + " gets node " + node + " once "
                    + ChangeText.names(victims) + (victims.size() == 1 ? " has" : " have") + " left it.";
            case Decision.Nowhere(var diagnosis, var waits) when waits && !why.pod().nominated().isEmpty() ->
                pod + " waits until others have left node " + why.pod().nominated() + ": " + FitMessage.of(diagnosis);
            case Decision.Nowhere(var diagnosis, _) -> pod + " fits nowhere: " + FitMessage.of(diagnosis);
        });
        return lines;
    }

    private record Row(String nodes, String rule, String verdict) {}

    private static List<Row> single(List<NodeVerdicts> nodes) {
        return nodes.stream().flatMap(node -> rows(node.node(), node.verdicts(), node.room())).toList();
    }

    private static List<Row> shared(List<NodeVerdicts> nodes) {
        Map<List<Verdict>, List<String>> names = nodes.stream().collect(Collectors.groupingBy(NodeVerdicts::verdicts,
                LinkedHashMap::new, Collectors.mapping(NodeVerdicts::node, Collectors.toList())));
        List<Row> rows = new ArrayList<>();
        names.entrySet().stream().sorted(Comparator.comparingInt(group -> -group.getValue().size())).limit(MOST_LINES)
                .forEach(group -> rows(named(group.getValue()), group.getKey(), List.of()).forEach(rows::add));
        int others = names.size() - MOST_LINES;
        if (others > 0) {
            rows.add(new Row("(and " + others + " more kinds of nodes)", "", ""));
        }
        return rows;
    }

    private static String named(List<String> nodes) {
        String first = nodes.stream().limit(NAMED_NODES).collect(Collectors.joining(", "));
        return nodes.size() > NAMED_NODES ? first + " and " + (nodes.size() - NAMED_NODES) + " more" : first;
    }

    /** The node is named on its first line. */
    private static Stream<Row> rows(String node, List<Verdict> verdicts, List<String> room) {
        if (verdicts.isEmpty()) {
            return Stream.of(new Row(node, "-", "fits"));
        }
        List<Row> rows = new ArrayList<>();
        for (Verdict verdict : verdicts) {
            String reasons = String.join(", ", verdict.reasons());
            boolean lacks = verdict.rule().equals("NodeResourcesFit") && !room.isEmpty();
            rows.add(new Row(rows.isEmpty() ? node : "", verdict.rule(),
                    lacks ? reasons + " (" + String.join("; ", room) + ")" : reasons));
        }
        return rows.stream();
    }

    private static List<String> table(List<Row> rows) {
        int node = width(rows.stream().map(Row::nodes), "NODE");
        int rule = width(rows.stream().map(Row::rule), "RULE");
        return Stream.concat(Stream.of(new Row("NODE", "RULE", "VERDICT")), rows.stream())
                .map(row -> padded(row.nodes, node) + GAP + padded(row.rule, rule) + GAP + row.verdict)
                .map(String::stripTrailing).toList();
    }

    private static int width(Stream<String> texts, String title) {
        return Math.max(title.length(), texts.mapToInt(String::length).max().orElse(0));
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(width - text.length());
    }

    private static List<String> remedies(Why why) {
        if (why.remedies().isEmpty()) {
            return List.of("No single change is known that would place it.");
        }
        List<String> lines = new ArrayList<>(List.of("It would be placed if:"));
        for (Remedy remedy : why.remedies()) {
            String cost = remedy.victims().isEmpty()
                    ? ""
                    : ", once " + ChangeText.names(remedy.victims()) + (remedy.victims().size() == 1 ? " has" : " have")
                            + " left it";
            String where = remedy.change() instanceof Change.AddNode ? "" : " -> node " + remedy.node();
            lines.add("  - " + ChangeText.of(remedy.change()) + where + cost);
        }
        if (why.cut()) {
            lines.add("  (the cluster is large: not every change was tried)");
        }
        if (why.omitted() > 0) {
            lines.add("  and " + why.omitted() + " more");
        }
        return lines;
    }
}
