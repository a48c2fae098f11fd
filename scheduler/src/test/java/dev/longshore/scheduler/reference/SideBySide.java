package dev.longshore.scheduler.reference;

import dev.longshore.api.core.v1.Namespace;
import dev.longshore.api.core.v1.Node;
import dev.longshore.api.core.v1.Pod;
import dev.longshore.scheduler.cycle.Decider;
import dev.longshore.scheduler.cycle.Decision;
import dev.longshore.scheduler.cycle.Explanation;
import dev.longshore.scheduler.cycle.Nominations;
import dev.longshore.scheduler.cycle.TieBreaker;
import dev.longshore.scheduler.plugins.Plugins;
import dev.longshore.scheduler.scenario.Lines;
import dev.longshore.scheduler.scenario.PodLine;
import dev.longshore.scheduler.state.ClusterObject;
import dev.longshore.scheduler.state.ClusterState;
import dev.longshore.scheduler.state.NodeFacts;
import dev.longshore.scheduler.state.PodInfo;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One cluster twice: for the scheduler, which keeps count, and for the reference, which counts anew. Lines of text
 * change both: {@code node a zone=1}, {@code pod web@a}, {@code service}, {@code namespace}, {@code replicaset},
 * {@code statefulset}, {@code controller}, {@code claim web@a} (the pod waits for room there), and
 * {@code without node a}. {@code decide web} asks both, and puts the pod where the scheduler says; a scheduler that has
 * kept nothing and draws the same random numbers has to decide the same.
 */
public final class SideBySide {
    private final ClusterState state = new ClusterState();
    private final Nominations nominations = new Nominations();
    private final PlainProfile profile;
    private final Plugins plugins;
    private final Decider decider;
    /** For deciders that know nothing of what was before; draws the same numbers as the other's. */
    private final TieBreaker tiesAnew;
    private final PlainCluster plain = new PlainCluster();
    private final Statistics statistics;
    /** By the words behind the name, as many pods differ in that alone. */
    private final Map<String, Pod> read = new HashMap<>();

    public SideBySide(long seed) {
        this(seed, PlainProfile.STANDARD, new Statistics());
    }

    SideBySide(long seed, PlainProfile profile, Statistics statistics) {
        this(seed, profile, profile.plugins(), statistics);
    }

    /** With rules that the reference does not know: only {@link #explain} makes sense then, and no {@code decide}. */
    public SideBySide(long seed, Plugins plugins) {
        this(seed, PlainProfile.STANDARD, plugins, new Statistics());
    }

    private SideBySide(long seed, PlainProfile profile, Plugins plugins, Statistics statistics) {
        this.profile = profile;
        this.plugins = plugins;
        this.tiesAnew = new TieBreaker(seed);
        this.decider = new Decider(state, plugins, new TieBreaker(seed), nominations);
        this.statistics = statistics;
    }

    /** Does what the line says. Answers in what the two differ; "" for nothing. */
    public String apply(String line) {
        String word = line.substring(0, line.indexOf(' '));
        String rest = line.substring(word.length() + 1);
        switch (word) {
            case "decide" -> {
                return decide(pod(rest));
            }
            case "without" -> without(rest.substring(0, rest.indexOf(' ')), rest.substring(rest.indexOf(' ') + 1));
            default -> put(word, rest);
        }
        return "";
    }

    /** What the scheduler says of a pod. */
    public Explanation explain(String pod) {
        return decider.explain(PodInfo.of(PodLine.pod(pod)));
    }

    private Pod pod(String line) {
        int blank = line.indexOf(' ');
        String[] name = (blank < 0 ? line : line.substring(0, blank)).split("@");
        Pod alike = read.computeIfAbsent(blank < 0 ? "" : line.substring(blank),
                words -> PodLine.pod("x" + words));
        Pod.Builder pod = alike.toBuilder();
        pod.getMetadataBuilder().setName(name[0]).setUid(name[0]);
        if (name.length > 1) {
            pod.getSpecBuilder().setNodeName(name[1]);
        }
        return pod.build();
    }

    private void put(String kind, String line) {
        switch (kind) {
            case "node" -> {
                Node node = Lines.node(line);
                state.putNode(NodeFacts.of(node));
                plain.put(node);
            }
            case "pod" -> place(pod(line));
            case "claim" -> claim(pod(line));
            case "namespace" -> {
                Namespace namespace = Lines.namespace(line);
                state.put(ClusterObject.of(namespace));
                plain.put(namespace);
            }
            case "service" -> {
                state.put(ClusterObject.of(Lines.service(line)));
                plain.put(Lines.service(line));
            }
            case "replicaset" -> {
                state.put(ClusterObject.of(Lines.replicaSet(line)));
                plain.put(Lines.replicaSet(line));
            }
            case "statefulset" -> {
                state.put(ClusterObject.of(Lines.statefulSet(line)));
                plain.put(Lines.statefulSet(line));
            }
            case "controller" -> {
                state.put(ClusterObject.of(Lines.replicationController(line)));
                plain.put(Lines.replicationController(line));
            }
            default -> throw new IllegalArgumentException(kind);
        }
    }

    private void without(String kind, String line) {
        switch (kind) {
            case "node" -> {
                state.removeNode(line);
                plain.remove(line);
            }
            case "pod" -> {
                state.remove(line);
                plain.pods.remove(line);
            }
            case "claim" -> withdraw(line);
            case "namespace" -> {
                state.remove(ClusterObject.of(Lines.namespace(line)));
                plain.namespaces.remove(line);
            }
            case "service" -> {
                state.remove(ClusterObject.of(Lines.service(line)));
                plain.services.remove(key(line));
            }
            case "replicaset" -> {
                state.remove(ClusterObject.of(Lines.replicaSet(line)));
                plain.replicaSets.remove(key(line));
            }
            default -> throw new IllegalArgumentException(kind);
        }
    }

    private static String key(String line) {
        var meta = Lines.service(line).getMetadata();
        return meta.getNamespace() + "/" + meta.getName();
    }

    /** A pod that has a node waits for none. */
    private void claim(Pod pod) {
        String node = pod.getSpec().getNodeName();
        Pod waiting = pod.toBuilder().setSpec(pod.getSpec().toBuilder().setNodeName("")).build();
        if (!plain.pods.containsKey(pod.getMetadata().getUid())) {
            nominations.put(PodInfo.of(waiting), node);
            plain.claims.put(pod.getMetadata().getUid(), PlainPod.of(waiting, node));
        }
    }

    private void withdraw(String uid) {
        nominations.remove(uid);
        plain.claims.remove(uid);
    }

    /** A pod that has ended takes nothing any more. */
    private void place(Pod pod) {
        PodInfo info = PodInfo.of(pod);
        withdraw(info.uid());
        if (info.finished()) {
            state.remove(info.uid());
            plain.pods.remove(info.uid());
        } else {
            state.place(info, info.nodeName());
            plain.place(pod, info.nodeName());
        }
    }

    private String decide(Pod pod) {
        PodInfo info = PodInfo.of(pod);
        Answer expected = Reference.answer(plain, pod, profile);
        Decision decision = decider.decide(info);
        Decision anew = new Decider(state, plugins, tiesAnew, nominations).decide(info);
        Explanation explanation = decider.explain(info);
        statistics.count(expected);
        String difference = difference("scores", expected.scores(), explanation.scores());
        if (difference.isEmpty()) {
            difference = difference("refusals", expected.refusals(), refusals(explanation));
        }
        if (difference.isEmpty()) {
            difference = differenceOfChoice(bestFor(info.uid(), expected), decision);
        }
        if (difference.isEmpty()) {
            difference = difference("decision", anew, decision);
        }
        if (decision instanceof Decision.Placed(var node)) {
            withdraw(info.uid());
            state.place(info, node);
            plain.place(pod, node);
            confirm(pod, node);
        }
        return difference;
    }

    /** A pod for which room was made takes that node if it will do, however good others are. */
    private Set<String> bestFor(String uid, Answer answer) {
        PlainPod claim = plain.claims.get(uid);
        return claim != null && answer.scores().containsKey(claim.node()) ? Set.of(claim.node()) : answer.best();
    }

    /** Every other pod comes back as bound; it counts as before. */
    private void confirm(Pod pod, String node) {
        if (pod.getMetadata().getName().hashCode() % 2 == 0) {
            Pod bound = pod.toBuilder().setSpec(pod.getSpec().toBuilder().setNodeName(node)).build();
            if (state.place(PodInfo.of(bound), node)) {
                throw new IllegalStateException("a bound pod counts otherwise than before");
            }
        }
    }

    private static SortedMap<String, Refusal> refusals(Explanation explanation) {
        SortedMap<String, Refusal> refusals = new TreeMap<>();
        explanation.verdicts()
                .forEach((node, verdict) -> refusals.put(node, new Refusal(verdict.rule(), verdict.reasons())));
        return refusals;
    }

    private static String differenceOfChoice(Set<String> best, Decision decision) {
        Optional<String> chosen = decision instanceof Decision.Placed(var node) ? Optional.of(node) : Optional.empty();
        boolean right = chosen.map(best::contains).orElse(best.isEmpty());
        return right ? "" : "chose " + chosen.orElse("nothing") + " instead of one of " + best;
    }

    private static String difference(String what, Object expected, Object scheduler) {
        return expected.equals(scheduler)
                ? ""
                : what + "\n  expected  " + expected + "\n  scheduler " + scheduler;
    }
}
