package dev.longshore.scheduler.insight.service;

import dev.longshore.grpc.v1.ExplainResponse;
import dev.longshore.grpc.v1.NodeVerdicts;
import dev.longshore.grpc.v1.PodName;
import dev.longshore.grpc.v1.RuleVerdict;
import dev.longshore.grpc.v1.SimulateResponse;
import dev.longshore.grpc.v1.Suggestion;
import dev.longshore.scheduler.cycle.Decision;
import dev.longshore.scheduler.explain.FitMessage;
import dev.longshore.scheduler.insight.ChangeText;
import dev.longshore.scheduler.insight.Placement;
import dev.longshore.scheduler.insight.PlacementText;
import dev.longshore.scheduler.insight.Remedy;
import dev.longshore.scheduler.insight.Why;
import dev.longshore.scheduler.insight.WhyText;
import dev.longshore.scheduler.state.PodInfo;
import java.util.List;

/** What was found out, as messages. */
final class Answers {
    private Answers() {
    }

    static ExplainResponse of(Why why) {
        ExplainResponse.Builder answer = ExplainResponse.newBuilder().setPod(name(why.pod()))
                .setGated(why.pod().gated()).setOmitted(why.omitted()).setCut(why.cut()).addAllText(WhyText.of(why));
        switch (why.decision()) {
            case Decision.Placed(var node) -> answer.setNode(node);
            case Decision.Preempts(_, var node, var victims) -> answer.setNode(node).addAllVictims(names(victims));
            case Decision.Nowhere(var diagnosis, _) -> answer.setMessage(FitMessage.of(diagnosis));
        }
        why.nodes().forEach(node -> answer.addNodes(verdicts(node)));
        why.remedies().forEach(remedy -> answer.addSuggestions(suggestion(remedy)));
        return answer.build();
    }

    private static NodeVerdicts verdicts(dev.longshore.scheduler.insight.NodeVerdicts node) {
        NodeVerdicts.Builder verdicts = NodeVerdicts.newBuilder().setNode(node.node()).addAllRoom(node.room());
        node.verdicts().forEach(verdict -> verdicts
                .addVerdicts(RuleVerdict.newBuilder().setRule(verdict.rule()).addAllReasons(verdict.reasons())));
        return verdicts.build();
    }

    private static Suggestion suggestion(Remedy remedy) {
        return Suggestion.newBuilder().setKind(remedy.change().getClass().getSimpleName())
                .setText(ChangeText.of(remedy.change())).setNode(remedy.node()).addAllVictims(names(remedy.victims()))
                .build();
    }

    static SimulateResponse of(List<Placement> placements, List<String> notes) {
        SimulateResponse.Builder answer = SimulateResponse.newBuilder().addAllNotes(notes)
                .addAllText(PlacementText.of(placements, notes));
        placements.forEach(placement -> answer.addPlacements(placement(placement)));
        return answer.build();
    }

    private static dev.longshore.grpc.v1.Placement placement(Placement placement) {
        var answer = dev.longshore.grpc.v1.Placement.newBuilder().setPod(name(placement.pod()));
        return switch (placement) {
            case Placement.On(_, var node, var victims) -> answer.setNode(node).addAllVictims(names(victims)).build();
            case Placement.Nowhere(_, var why) -> answer.setMessage(why).build();
        };
    }

    private static List<PodName> names(List<PodInfo> pods) {
        return pods.stream().map(Answers::name).toList();
    }

    private static PodName name(PodInfo pod) {
        return PodName.newBuilder().setNamespace(pod.key().namespace()).setName(pod.key().name()).build();
    }
}
