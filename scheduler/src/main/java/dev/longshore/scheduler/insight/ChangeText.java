package dev.longshore.scheduler.insight;

import dev.longshore.scheduler.state.Amounts;
import dev.longshore.scheduler.state.NodeTaint;
import dev.longshore.scheduler.state.PodInfo;
import java.util.Collection;
import java.util.stream.Collectors;

/** Changes in words that end the sentence "it would be placed if". */
public final class ChangeText {
    /** How many pods are named before the rest is counted. */
    private static final int NAMED_PODS = 5;

    private ChangeText() {
    }

    public static String of(Change change) {
        return switch (change) {
            case Change.RemoveGates() -> "its scheduling gates were removed";
            case Change.Tolerate(var taint) -> "it tolerated the taint " + text(taint);
            case Change.RequestAtMost(var resource, var amount, var now, _) -> request(resource, amount, now);
            case Change.DropSelector(var key, var value) -> "its node selector did not ask for " + key + "=" + value;
            case Change.DropExpression(var term, _, var text) ->
                "term " + (term + 1) + " of its node affinity did not ask for " + text;
            case Change.DropNodeAffinity() -> "it had no required node affinity";
            case Change.AllowSkew(var at, var key, var skew) ->
                "its spread constraint " + (at + 1) + " (" + key + ") had maxSkew " + skew;
            case Change.LowerMinDomains(var at, var key, var domains) ->
                "its spread constraint " + (at + 1) + " (" + key + ") had minDomains " + domains;
            case Change.DropSpread(var at, var key) ->
                "its spread constraint " + (at + 1) + " (" + key + ") had whenUnsatisfiable ScheduleAnyway";
            case Change.DropAntiAffinity(var at, var key) ->
                "it did not have term " + (at + 1) + " (" + key + ") of its required pod anti-affinity";
            case Change.DropAffinity(var at, var key) ->
                "it did not have term " + (at + 1) + " (" + key + ") of its required pod affinity";
            case Change.UsePort(var before, var port) ->
                "it took the host port " + port + " instead of " + before.port() + " (" + before.protocol() + ")";
            case Change.RaisePriority(var priority) -> "its priority were " + priority;
            case Change.AllowPreemption() -> "its preemptionPolicy were PreemptLowerPriority";
            case Change.Uncordon(var node) -> "node " + node + " were uncordoned";
            case Change.LoseTaint(var node, var taint) -> "node " + node + " did not have the taint " + text(taint);
            case Change.LabelNode(var node, var key, var value) ->
                "node " + node + " had the label " + key + "=" + value;
            case Change.AddNode(var facts, var like) -> like.isEmpty()
                    ? "there were one more node, with room for it alone" + size(facts.allocatable())
                    : "there were one more node like " + like + size(facts.allocatable());
            case Change.Leave(var node, var pods) -> names(pods) + " left node " + node;
        };
    }

    /** {@code pod a/x}, or {@code pods a/x, a/y and 3 more}. */
    public static String names(Collection<PodInfo> pods) {
        return (pods.size() == 1 ? "pod " : "pods ") + list(pods);
    }

    /** {@code a/x, a/y and 3 more}. */
    static String list(Collection<PodInfo> pods) {
        String named = pods.stream().limit(NAMED_PODS).map(pod -> pod.key().toString())
                .collect(Collectors.joining(", "));
        String more = pods.size() > NAMED_PODS ? " and " + (pods.size() - NAMED_PODS) + " more" : "";
        return named + more;
    }

    private static String request(String resource, long amount, long now) {
        String before = " (now " + Resources.text(resource, now) + ")";
        return amount == 0
                ? "it requested no " + resource + before
                : "it requested at most " + Resources.text(resource, amount) + " " + resource + before;
    }

    private static String text(NodeTaint taint) {
        return taint.key() + (taint.value().isEmpty() ? "" : "=" + taint.value()) + ":" + taint.effect();
    }

    private static String size(Amounts amounts) {
        String size = Resources.in(amounts).stream()
                .map(name -> Resources.text(name, Resources.of(name, amounts)) + " " + name)
                .collect(Collectors.joining(", "));
        return size.isEmpty() ? "" : " (" + size + ")";
    }
}
