package dev.longshore.controllers.nodeipam;

import dev.longshore.api.ObjectKey;
import dev.longshore.api.ResourceTypes;
import dev.longshore.api.core.v1.Node;
import dev.longshore.client.ApiClient;
import dev.longshore.client.informer.Informer;
import dev.longshore.controllers.runner.ControllerSpec;
import dev.longshore.controllers.runner.Events;
import dev.longshore.controllers.runner.Events.Kind;
import dev.longshore.controllers.runner.Informers;
import dev.longshore.controllers.runner.Outcome;
import dev.longshore.controllers.runner.Reconciler;
import dev.longshore.controllers.runner.Source;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Writes {@code spec.podCIDR} of nodes that have none; a range once given stays. */
public final class NodeIpamReconciler implements Reconciler<ObjectKey> {
    /** All nodes share one key: the choice for one depends on all others. */
    private static final ObjectKey ALL = ObjectKey.cluster("nodes");
    private static final Duration FULL_RETRY = Duration.ofMinutes(1);

    private final Informer<Node> nodes;
    private final CidrPool pool;
    private final Events events;

    public NodeIpamReconciler(Informers informers, CidrPool pool, Events events) {
        this.nodes = informers.of(ResourceTypes.NODES);
        this.pool = pool;
        this.events = events;
    }

    public ControllerSpec<ObjectKey> spec() {
        return ControllerSpec.of("node_ipam", 1, this,
                List.of(new Source<>(ResourceTypes.NODES, _ -> List.of(ALL))));
    }

    @Override
    public Outcome reconcile(ObjectKey key, ApiClient client) {
        List<Node> all = nodes.list();
        Optional<Node> bare = all.stream().filter(node -> node.getSpec().getPodCIDR().isEmpty()
                && !node.getMetadata().hasDeletionTimestamp()).findFirst();
        if (bare.isEmpty()) {
            return Outcome.done();
        }
        Optional<String> range = pool.next(all.stream().map(node -> node.getSpec().getPodCIDR()).toList());
        if (range.isEmpty()) {
            events.record(bare.get(), Kind.NORMAL, "CIDRNotAvailable", "Node " + bare.get().getMetadata().getName()
                    + " status is now: CIDRNotAvailable");
            return Outcome.after(FULL_RETRY);
        }
        Node.Builder after = bare.get().toBuilder();
        after.getSpecBuilder().setPodCIDR(range.get()).clearPodCIDRs().addPodCIDRs(range.get());
        client.update(ResourceTypes.NODES, after.build());
        // The write is an event of its own, so the next node is served by the next call.
        return Outcome.done();
    }
}
