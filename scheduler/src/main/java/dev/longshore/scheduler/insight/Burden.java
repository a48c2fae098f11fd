package dev.longshore.scheduler.insight;

/**
 * How much a change asks of people: what is undone by one word is little, what others pay for is much. Only the order
 * matters.
 */
final class Burden {
    /** A request that has to go entirely weighs as much more than one that hardly changes. */
    private static final double WHOLE_REQUEST = 9;
    private static final double MOST_SKEW = 6;
    /** Taints with this prefix tell of a node's state, which ends by itself or is to be mended (Kubernetes API). */
    static final String CONDITION_TAINT = "node.kubernetes.io/";

    private Burden() {
    }

    static double of(Change change) {
        return switch (change) {
            case Change.RemoveGates _ -> 0;
            case Change.Uncordon _ -> 1;
            case Change.RequestAtMost(_, var amount, var now, _) -> 1 + WHOLE_REQUEST * (now - amount) / now;
            case Change.Tolerate(var taint) -> taint.key().startsWith(CONDITION_TAINT) ? 9 : 2;
            case Change.LoseTaint(_, var taint) -> taint.key().startsWith(CONDITION_TAINT) ? 1 : 4;
            case Change.LowerMinDomains _ -> 2;
            case Change.AllowSkew(_, _, var skew) -> Math.min(MOST_SKEW, 1 + skew);
            case Change.LabelNode _,Change.UsePort _ -> 3;
            case Change.DropSelector _,Change.DropExpression _,Change.DropAntiAffinity _,Change.DropAffinity _ -> 5;
            case Change.DropNodeAffinity _,Change.DropSpread _ -> 6;
            case Change.Leave(_, var pods) -> 6 + pods.size();
            case Change.AllowPreemption _ -> 7;
            case Change.RaisePriority _ -> 8;
            case Change.AddNode(_, var like) -> like.isEmpty() ? 12 : 10;
        };
    }
}
