package dev.longshore.scheduler.insight;

import dev.longshore.api.core.v1.NodeAffinity;
import dev.longshore.api.core.v1.Toleration;
import dev.longshore.scheduler.state.Amounts;
import dev.longshore.scheduler.state.HostPort;
import dev.longshore.scheduler.state.PodInfo;
import dev.longshore.scheduler.state.PodRequirements;
import dev.longshore.scheduler.state.PodTerms;
import dev.longshore.scheduler.state.PodTraits;
import dev.longshore.scheduler.state.SpreadConstraint;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/** A pod that is being changed; the fields start as the pod has them. */
final class Draft {
    private final PodInfo pod;
    int priority;
    boolean mayPreempt;
    boolean gated;
    Amounts requests;
    NodeAffinity nodeAffinity;
    PodTerms terms;
    final SortedMap<String, String> nodeSelector;
    final List<Toleration> tolerations;
    final List<HostPort> ports;
    final List<SpreadConstraint> spread;

    private Draft(PodInfo pod) {
        PodRequirements requirements = pod.requirements();
        this.pod = pod;
        this.priority = pod.priority();
        this.mayPreempt = pod.mayPreempt();
        this.gated = pod.gated();
        this.requests = requirements.requests();
        this.nodeAffinity = requirements.nodeAffinity();
        this.terms = requirements.traits().terms();
        this.nodeSelector = new TreeMap<>(requirements.nodeSelector());
        this.tolerations = new ArrayList<>(requirements.tolerations());
        this.ports = new ArrayList<>(requirements.ports());
        this.spread = new ArrayList<>(requirements.spread());
    }

    /** The pod with the edit made. */
    static PodInfo of(PodInfo pod, Consumer<Draft> edit) {
        Draft draft = new Draft(pod);
        edit.accept(draft);
        return draft.done();
    }

    private PodInfo done() {
        PodRequirements before = pod.requirements();
        PodTraits traits = new PodTraits(before.traits().namespace(), before.traits().labels(), terms);
        PodRequirements after = new PodRequirements(requests, before.scoredCpuMillis(), before.scoredMemoryBytes(),
                before.nodeName(), nodeSelector, nodeAffinity, List.copyOf(tolerations), List.copyOf(ports),
                before.images(), traits, List.copyOf(spread), before.owner(), before.volumes());
        return new PodInfo(pod.key(), pod.uid(), pod.schedulerName(), pod.nodeName(), priority, mayPreempt, gated,
                pod.leaving(), pod.preempted(), pod.finished(), pod.nominated(), pod.started(), pod.condition(), after);
    }
}
