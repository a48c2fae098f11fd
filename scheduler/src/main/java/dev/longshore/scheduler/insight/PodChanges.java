package dev.longshore.scheduler.insight;

import dev.longshore.api.core.v1.NodeSelectorTerm;
import dev.longshore.api.core.v1.Toleration;
import dev.longshore.scheduler.state.HostPort;
import dev.longshore.scheduler.state.NodeTaint;
import dev.longshore.scheduler.state.PodInfo;
import dev.longshore.scheduler.state.PodTerm;
import dev.longshore.scheduler.state.PodTerms;
import dev.longshore.scheduler.state.SpreadConstraint;
import java.util.ArrayList;
import java.util.List;

/** Makes changes of a pod. */
final class PodChanges {
    private PodChanges() {
    }

    static PodInfo apply(Change.OfPod change, PodInfo pod) {
        return Draft.of(pod, draft -> edit(change, draft));
    }

    private static void edit(Change.OfPod change, Draft draft) {
        switch (change) {
            case Change.RemoveGates() -> draft.gated = false;
            case Change.Tolerate(var taint) -> draft.tolerations.add(toleration(taint));
            case Change.RequestAtMost(var resource, var amount, _, var overhead) ->
                draft.requests = Resources.with(draft.requests, resource, amount + overhead);
            case Change.DropSelector(var key, _) -> draft.nodeSelector.remove(key);
            case Change.DropExpression(var term, var expression, _) -> dropExpression(draft, term, expression);
            case Change.DropNodeAffinity() -> draft.nodeAffinity = draft.nodeAffinity.toBuilder()
                    .clearRequiredDuringSchedulingIgnoredDuringExecution().build();
            case Change.AllowSkew(var at, _, var skew) ->
                draft.spread.set(at, spread(draft.spread.get(at), skew, true));
            case Change.LowerMinDomains(var at, _, var domains) -> {
                SpreadConstraint now = draft.spread.get(at);
                draft.spread.set(at, new SpreadConstraint(now.maxSkew(), now.topologyKey(), now.required(),
                        now.selector(), domains, now.honorAffinity(), now.honorTaints()));
            }
            case Change.DropSpread(var at, _) -> {
                SpreadConstraint now = draft.spread.get(at);
                draft.spread.set(at, spread(now, now.maxSkew(), false));
            }
            case Change.DropAntiAffinity(var at, _) -> draft.terms = new PodTerms(draft.terms.requiredAffinity(),
                    without(at, draft.terms.requiredAntiAffinity()), draft.terms.preferredAffinity(),
                    draft.terms.preferredAntiAffinity());
            case Change.DropAffinity(var at, _) -> draft.terms = new PodTerms(
                    without(at, draft.terms.requiredAffinity()), draft.terms.requiredAntiAffinity(),
                    draft.terms.preferredAffinity(), draft.terms.preferredAntiAffinity());
            case Change.UsePort(var before, var port) ->
                draft.ports.set(draft.ports.indexOf(before),
                        new HostPort(before.address(), before.protocol(), port));
            case Change.RaisePriority(var priority) -> draft.priority = priority;
            case Change.AllowPreemption() -> draft.mayPreempt = true;
        }
    }

    private static Toleration toleration(NodeTaint taint) {
        return Toleration.newBuilder().setKey(taint.key()).setOperator("Equal").setValue(taint.value())
                .setEffect(taint.effect()).build();
    }

    private static void dropExpression(Draft draft, int at, int expression) {
        var affinity = draft.nodeAffinity.toBuilder();
        NodeSelectorTerm.Builder term = affinity.getRequiredDuringSchedulingIgnoredDuringExecutionBuilder()
                .getNodeSelectorTermsBuilder(at);
        term.removeMatchExpressions(expression);
        draft.nodeAffinity = affinity.build();
    }

    private static SpreadConstraint spread(SpreadConstraint now, int maxSkew, boolean required) {
        return new SpreadConstraint(maxSkew, now.topologyKey(), required, now.selector(), now.minDomains(),
                now.honorAffinity(), now.honorTaints());
    }

    private static List<PodTerm> without(int at, List<PodTerm> terms) {
        List<PodTerm> rest = new ArrayList<>(terms);
        rest.remove(at);
        return rest;
    }
}
