package dev.longshore.scheduler.insight;

import dev.longshore.api.core.v1.NodeSelectorRequirement;
import dev.longshore.api.core.v1.NodeSelectorTerm;
import dev.longshore.scheduler.state.HostPort;
import dev.longshore.scheduler.state.NodeTaint;
import dev.longshore.scheduler.state.PodInfo;
import dev.longshore.scheduler.state.PodRequirements;
import dev.longshore.scheduler.state.PodTerm;
import dev.longshore.scheduler.state.SpreadConstraint;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Tries what the pod could do without: each of its wishes by itself. */
final class PodWishes {
    private static final int HIGHEST_PORT = 65_535;

    private final PodRequirements pod;
    private final World world;
    private final Search search;

    PodWishes(PodInfo pod, World world, Search search) {
        this.pod = pod.requirements();
        this.world = world;
        this.search = search;
    }

    void collect() {
        taints();
        nodeLabels();
        otherPods();
        IntStream.range(0, pod.spread().size()).filter(at -> pod.spread().get(at).required()).forEach(this::spread);
        pod.ports().forEach(this::port);
    }

    private void taints() {
        List<NodeTaint> repelling = new ArrayList<>();
        world.state().taints().each((taint, _) -> {
            if (taint.repels() && !taint.toleratedBy(pod.tolerations())) {
                repelling.add(taint);
            }
        });
        search.attemptEach(repelling.stream().map(Change.Tolerate::new), Search.MOST_ATTEMPTS);
    }

    private void nodeLabels() {
        pod.nodeSelector().forEach((key, value) -> search.attempt(new Change.DropSelector(key, value)));
        List<NodeSelectorTerm> terms = pod.nodeAffinity().getRequiredDuringSchedulingIgnoredDuringExecution()
                .getNodeSelectorTermsList();
        boolean found = false;
        for (int at = 0; at < terms.size(); at++) {
            found |= expressions(at, terms.get(at));
        }
        if (!terms.isEmpty() && !found) {
            search.attempt(new Change.DropNodeAffinity());
        }
    }

    /** A term without requirements matches nothing, so the last one has to stay. */
    private boolean expressions(int at, NodeSelectorTerm term) {
        return term.getMatchExpressionsCount() + term.getMatchFieldsCount() > 1 && search.attemptEach(
                IntStream.range(0, term.getMatchExpressionsCount())
                        .mapToObj(i -> new Change.DropExpression(at, i, text(term.getMatchExpressions(i)))),
                Search.MOST_ATTEMPTS);
    }

    private static String text(NodeSelectorRequirement expression) {
        return expression.getKey() + " " + expression.getOperator()
                + (expression.getValuesCount() == 0 ? "" : " " + String.join(",", expression.getValuesList()));
    }

    private void otherPods() {
        List<PodTerm> apart = pod.traits().terms().requiredAntiAffinity();
        IntStream.range(0, apart.size())
                .forEach(at -> search.attempt(new Change.DropAntiAffinity(at, apart.get(at).topologyKey())));
        List<PodTerm> with = pod.traits().terms().requiredAffinity();
        IntStream.range(0, with.size())
                .forEach(at -> search.attempt(new Change.DropAffinity(at, with.get(at).topologyKey())));
    }

    /** The smallest skew that will do; without one, the constraint is in the way by the nodes' labels. */
    private void spread(int at) {
        SpreadConstraint constraint = pod.spread().get(at);
        String key = constraint.topologyKey();
        if (constraint.minDomains() > 1) {
            minDomains(at, constraint);
        }
        int most = constraint.maxSkew() + world.state().pods() + 1;
        if (search.helps(new Change.AllowSkew(at, key, most))) {
            search.attempt(new Change.AllowSkew(at, key, Search.lowest(constraint.maxSkew() + 1, most,
                    skew -> search.helps(new Change.AllowSkew(at, key, skew)))));
        } else {
            search.attempt(new Change.DropSpread(at, key));
        }
    }

    /** The largest number that will do. */
    private void minDomains(int at, SpreadConstraint constraint) {
        String key = constraint.topologyKey();
        int less = Search.lowest(1, constraint.minDomains() - 1, by -> search
                .helps(new Change.LowerMinDomains(at, key, constraint.minDomains() - by)));
        search.attempt(new Change.LowerMinDomains(at, key, constraint.minDomains() - less));
    }

    /** The next port that is free where the pod fits otherwise. */
    private void port(HostPort taken) {
        search.attemptEach(IntStream.rangeClosed(taken.port() + 1, HIGHEST_PORT)
                .filter(port -> pod.ports().stream().noneMatch(other -> other.port() == port))
                .mapToObj(port -> new Change.UsePort(taken, port)), 1);
    }
}
