package dev.longshore.scheduler;

import dev.longshore.api.ResourceTypes;
import dev.longshore.api.core.v1.Node;
import dev.longshore.api.core.v1.Pod;
import dev.longshore.client.ApiClient;
import dev.longshore.client.Query;
import dev.longshore.client.events.EventRecorder;
import dev.longshore.client.informer.ChangeListener;
import dev.longshore.client.informer.Informer;
import dev.longshore.client.leader.Leadership;
import dev.longshore.common.lifecycle.Component;
import dev.longshore.common.lifecycle.FaultHandler;
import dev.longshore.common.loop.EventLoop;
import dev.longshore.common.time.Environment;
import dev.longshore.scheduler.cycle.SchedulerEvent;
import dev.longshore.scheduler.state.NodeFacts;
import dev.longshore.scheduler.state.PodInfo;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Optional;

/**
 * The scheduler as a component: informers feed its loop, its loop decides, tasks bind.
 *
 * <p>It owns no thread: the loop is started before it and stopped after it. Nothing is placed before all nodes and pods
 * are known, since every pod that is not known would be room given away twice.
 */
public final class Scheduler implements Component {
    /** How many actions the loop in front of it needs to hold: it posts few, as events wait in its inbox. */
    public static final int LOOP_QUEUE_LIMIT = 4_096;

    private final Informer<Pod> pods;
    private final Informer<Node> nodes;
    private final SchedulerLoop loop;
    private volatile boolean podsKnown;
    private volatile boolean nodesKnown;
    private volatile boolean leading;

    public Scheduler(SchedulerConfig config, ApiClient client, EventLoop eventLoop, Environment environment,
            MeterRegistry meters, FaultHandler faults) {
        this.leading = config.leading();
        this.pods = new Informer<>(ResourceTypes.PODS, Query.all(), client, environment);
        this.nodes = new Informer<>(ResourceTypes.NODES, Query.all(), client, environment);
        EventRecorder events = new EventRecorder(client, environment, config.schedulerName(), "");
        this.loop = new SchedulerLoop(config, client, eventLoop, environment, events,
                new SchedulerMetrics(config.schedulerName(), meters), faults);
    }

    @Override
    public String name() {
        return "scheduler";
    }

    @Override
    public void start() {
        nodes.onChange(new NodeListener());
        pods.onChange(new PodListener());
        nodes.start();
        pods.start();
    }

    @Override
    public void beginStop() {
        loop.stop();
        nodes.stop();
        pods.stop();
    }

    @Override
    public boolean awaitStopped(Duration limit) {
        return true;
    }

    /** What an election tells; until it tells, a {@link SchedulerConfig#CANDIDATE} places nothing. */
    public Leadership leadership() {
        return new Leadership() {
            @Override
            public void started(long term) {
                leading = true;
                tellLeadership();
            }

            @Override
            public void stopped() {
                leading = false;
                tellLeadership();
            }
        };
    }

    /** Whether it knows the cluster; for readiness. */
    public boolean ready() {
        return podsKnown && nodesKnown;
    }

    private void tellLeadership() {
        loop.offer(new SchedulerEvent.LeadershipChanged(leading && ready()));
    }

    private final class NodeListener implements ChangeListener<Node> {
        @Override
        public void onChange(Optional<Node> before, Optional<Node> after) {
            after.ifPresentOrElse(node -> loop.offer(new SchedulerEvent.NodeSeen(NodeFacts.of(node))),
                    () -> before.ifPresent(
                            node -> loop.offer(new SchedulerEvent.NodeGone(node.getMetadata().getName()))));
        }

        @Override
        public void onSynced() {
            nodesKnown = true;
            tellLeadership();
        }
    }

    private final class PodListener implements ChangeListener<Pod> {
        @Override
        public void onChange(Optional<Pod> before, Optional<Pod> after) {
            String uid = after.map(pod -> pod.getMetadata().getUid()).orElse("");
            // A pod deleted and made again while the watch was down shows as one change with another uid.
            before.map(pod -> pod.getMetadata().getUid()).filter(old -> !old.equals(uid))
                    .ifPresent(old -> loop.offer(new SchedulerEvent.PodGone(old)));
            after.ifPresent(pod -> loop.offer(new SchedulerEvent.PodSeen(PodInfo.of(pod))));
        }

        @Override
        public void onSynced() {
            podsKnown = true;
            tellLeadership();
        }
    }
}
