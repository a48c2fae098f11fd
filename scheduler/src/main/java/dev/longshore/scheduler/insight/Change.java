package dev.longshore.scheduler.insight;

import dev.longshore.scheduler.state.HostPort;
import dev.longshore.scheduler.state.NodeFacts;
import dev.longshore.scheduler.state.NodeTaint;
import dev.longshore.scheduler.state.PodInfo;
import java.util.List;

/** One thing that could be different. Positions count from 0 in the order of the pod's manifest. */
public sealed interface Change {
    /** A change of the pod that waits. */
    sealed interface OfPod extends Change {
    }

    /** A change of a node. */
    sealed interface OfNode extends Change {
    }

    /** The pod has no scheduling gates. */
    record RemoveGates() implements OfPod {}

    /** The pod tolerates the taint. */
    record Tolerate(NodeTaint taint) implements OfPod {}

    /**
     * The pod requests no more than this of a resource, all containers together; 0: it does not ask for it. Amounts are
     * thousandths of a processor of cpu, whole units of all else.
     *
     * @param now      what it requests
     * @param overhead what it takes beside, as running it costs that
     */
    record RequestAtMost(String resource, long amount, long now, long overhead) implements OfPod {}

    /** The pod's node selector does not have this entry. */
    record DropSelector(String key, String value) implements OfPod {}

    /**
     * A term of the pod's required node affinity does not have this match expression.
     *
     * @param text the expression, readable
     */
    record DropExpression(int term, int expression, String text) implements OfPod {}

    /** The pod has no required node affinity. */
    record DropNodeAffinity() implements OfPod {}

    /** A topology spread constraint allows this skew. */
    record AllowSkew(int constraint, String topologyKey, int maxSkew) implements OfPod {}

    /** A topology spread constraint asks for no more than this many domains. */
    record LowerMinDomains(int constraint, String topologyKey, int minDomains) implements OfPod {}

    /** A topology spread constraint need not hold. */
    record DropSpread(int constraint, String topologyKey) implements OfPod {}

    /** The pod does not have this term of required pod anti-affinity. */
    record DropAntiAffinity(int term, String topologyKey) implements OfPod {}

    /** The pod does not have this term of required pod affinity. */
    record DropAffinity(int term, String topologyKey) implements OfPod {}

    /** The pod takes another port of the node. */
    record UsePort(HostPort instead, int port) implements OfPod {}

    /** The pod has a higher priority. */
    record RaisePriority(int priority) implements OfPod {}

    /** The pod's preemption policy allows that pods of lower priority leave for it. */
    record AllowPreemption() implements OfPod {}

    /** The node takes new pods. */
    record Uncordon(String node) implements OfNode {}

    /** The node does not have this taint. */
    record LoseTaint(String node, NodeTaint taint) implements OfNode {}

    /** The node has this label. */
    record LabelNode(String node, String key, String value) implements OfNode {}

    /**
     * There is one node more.
     *
     * @param facts all about it
     * @param like  the node that it equals but for its name; "" if there is none like it
     */
    record AddNode(NodeFacts facts, String like) implements OfNode {}

    /** These pods leave their node. */
    record Leave(String node, List<PodInfo> pods) implements Change {
        public Leave {
            pods = List.copyOf(pods);
        }
    }
}
