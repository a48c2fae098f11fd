package dev.longshore.scheduler.insight;

import java.util.List;

/** Placements as people read them: a line for each pod, and a count. */
public final class PlacementText {
    private PlacementText() {
    }

    public static String of(Placement placement) {
        return switch (placement) {
            case Placement.On(var pod, var node, var victims) -> "pod " + pod.key() + " -> node " + node
                    + (victims.isEmpty() ? "" : ", once " + ChangeText.names(victims) + " left it");
            case Placement.Nowhere(var pod, var why) -> "pod " + pod.key() + " -> nowhere: " + why;
        };
    }

    /** {@code 2 of 3 pods find a place.} */
    public static String summary(List<Placement> placements) {
        return placed(placements) + " of " + placements.size() + (placements.size() == 1 ? " pod finds" : " pods find")
                + " a place.";
    }

    /** How many find a place. */
    public static long placed(List<Placement> placements) {
        return placements.stream().filter(Placement.On.class::isInstance).count();
    }
}
