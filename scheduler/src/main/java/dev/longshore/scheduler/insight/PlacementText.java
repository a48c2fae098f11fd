package dev.longshore.scheduler.insight;

import dev.longshore.scheduler.state.PodInfo;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Placements as people read them: a count, a line for each node that gets pods, and why the others wait. */
public final class PlacementText {
    private PlacementText() {
    }

    /** Lines without ends; each note is one of the last. */
    public static List<String> of(List<Placement> placements, List<String> notes) {
        SortedMap<String, List<PodInfo>> nodes = new TreeMap<>();
        Map<String, List<PodInfo>> waiting = new LinkedHashMap<>();
        List<String> victims = new ArrayList<>();
        for (Placement placement : placements) {
            switch (placement) {
                case Placement.On(var pod, var node, var gone) -> {
                    nodes.computeIfAbsent(node, _ -> new ArrayList<>()).add(pod);
                    if (!gone.isEmpty()) {
                        victims.add("pod " + pod.key() + " takes the place of " + ChangeText.names(gone) + " on node "
                                + node + ".");
                    }
                }
                case Placement.Nowhere(var pod, var why) ->
                    waiting.computeIfAbsent(why, _ -> new ArrayList<>()).add(pod);
            }
        }
        List<String> lines = new ArrayList<>(List.of(summary(placements)));
        addTable(nodes, lines);
        lines.addAll(victims);
        waiting.forEach((why, pods) -> lines.add(ChangeText.names(pods) + " would wait: " + why));
        notes.forEach(note -> lines.add("Note: " + note + "."));
        if (lines.getLast().isEmpty()) {
            lines.removeLast();
        }
        return lines;
    }

    private static void addTable(SortedMap<String, List<PodInfo>> nodes, List<String> lines) {
        if (!nodes.isEmpty()) {
            int width = Math.max("NODE".length(), nodes.keySet().stream().mapToInt(String::length).max().orElse(0));
            String format = "%-" + width + "s   %-4s   %s";
            lines.add("");
            lines.add(format.formatted("NODE", "PODS", "NAMES"));
            nodes.forEach((node, pods) -> lines.add(format.formatted(node, pods.size(), ChangeText.list(pods))));
        }
        lines.add("");
    }

    /** {@code 2 of 3 pods find a place.} */
    private static String summary(List<Placement> placements) {
        if (placements.isEmpty()) {
            return "There are no pods to place.";
        }
        long placed = placements.stream().filter(Placement.On.class::isInstance).count();
        return placed + " of " + placements.size() + (placements.size() == 1 ? " pod finds" : " pods find")
                + " a place.";
    }
}
