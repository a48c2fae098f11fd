package dev.longshore.scheduler;

import com.google.protobuf.Message;
import dev.longshore.api.ResourceType;
import dev.longshore.api.ResourceTypes;
import dev.longshore.api.core.v1.Node;
import dev.longshore.api.core.v1.Pod;
import dev.longshore.client.ApiClient;
import dev.longshore.client.LeaderTerm;
import dev.longshore.client.Query;
import dev.longshore.client.informer.ChangeListener;
import dev.longshore.client.informer.Informer;
import dev.longshore.client.leader.Leadership;
import dev.longshore.common.lifecycle.Component;
import dev.longshore.common.lifecycle.FaultHandler;
import dev.longshore.common.loop.EventLoop;
import dev.longshore.common.time.Environment;
import dev.longshore.scheduler.cycle.SchedulerEvent;
import dev.longshore.scheduler.recording.Arrival;
import dev.longshore.scheduler.recording.Recorder;
import dev.longshore.scheduler.state.ClusterObject;
import dev.longshore.scheduler.state.NodeFacts;
import dev.longshore.scheduler.state.ObservedKind;
import dev.longshore.scheduler.state.PodInfo;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The scheduler as a component: informers feed its loop, its loop decides, tasks bind.
 *
 * <p>It owns no thread: the loop is started before it and stopped after it. Nothing is placed before all objects
 * are known, since every pod that is not known would be room given away twice.
 */
public final class Scheduler implements Component {
    /** How many actions the loop in front of it needs to hold: it posts few, as events wait in its inbox. */
    public static final int LOOP_QUEUE_LIMIT = 4_096;

    private final ApiClient client;
    private final Environment environment;
    private final List<Informer<?>> informers = new ArrayList<>();
    private final SchedulerLoop loop;
    private final Readiness readiness;

    public Scheduler(SchedulerConfig config, ApiClient client, EventLoop eventLoop, Environment environment,
            MeterRegistry meters, FaultHandler faults) {
        this.client = client;
        this.environment = environment;
        this.loop = new SchedulerLoop(config, client, eventLoop, environment,
                new SchedulerMetrics(config.profiles(), environment.clock(), meters), faults);
        this.readiness = new Readiness(config.leading(), loop::offer);
        ObservedKind.ALL.forEach(this::follow);
        listen(ResourceTypes.NODES, new NodeListener());
        listen(ResourceTypes.PODS, new PodListener());
    }

    private <T extends Message> void follow(ObservedKind<T> kind) {
        listen(kind.type(), new FactsListener<>(kind.type(), kind.facts()));
    }

    private <T extends Message> void listen(ResourceType<T> type, ChangeListener<T> listener) {
        Informer<T> informer = new Informer<>(type, Query.all(), client, environment);
        informer.onChange(listener);
        informers.add(informer);
        readiness.await(type);
    }

    /** From the first event on; to be called before {@link #start}. */
    public void recordTo(Recorder recorder) {
        loop.recordTo(recorder);
    }

    @Override
    public String name() {
        return "scheduler";
    }

    @Override
    public void start() {
        informers.forEach(Informer::start);
    }

    @Override
    public void beginStop() {
        loop.stop();
        informers.forEach(Informer::stop);
    }

    @Override
    public boolean awaitStopped(Duration limit) {
        return true;
    }

    /** What an election tells; until it tells, a {@link SchedulerConfig#CANDIDATE} places nothing. */
    public Leadership leadership() {
        return new Leadership() {
            @Override
            public void started(LeaderTerm term) {
                loop.lead(term);
                readiness.leads(true);
            }

            @Override
            public void stopped() {
                readiness.leads(false);
            }
        };
    }

    /** Whether it knows the cluster; for readiness. */
    public boolean ready() {
        return readiness.ready();
    }

    private final class NodeListener implements ChangeListener<Node> {
        @Override
        public void onChange(Optional<Node> before, Optional<Node> after) {
            after.ifPresentOrElse(
                    node -> loop.offer(new Arrival(new SchedulerEvent.NodeSeen(NodeFacts.of(node)), node)),
                    () -> before.ifPresent(
                            node -> loop.offer(new SchedulerEvent.NodeGone(node.getMetadata().getName()))));
        }

        @Override
        public void onSynced() {
            readiness.known(ResourceTypes.NODES);
        }
    }

    private final class PodListener implements ChangeListener<Pod> {
        @Override
        public void onChange(Optional<Pod> before, Optional<Pod> after) {
            String uid = after.map(pod -> pod.getMetadata().getUid()).orElse("");
            // A pod deleted and made again while the watch was down shows as one change with another uid.
            before.map(pod -> pod.getMetadata().getUid()).filter(old -> !old.equals(uid))
                    .ifPresent(old -> loop.offer(new SchedulerEvent.PodGone(old)));
            after.ifPresent(pod -> loop.offer(new Arrival(new SchedulerEvent.PodSeen(PodInfo.of(pod)), pod)));
        }

        @Override
        public void onSynced() {
            readiness.known(ResourceTypes.PODS);
        }
    }

    private final class FactsListener<T extends Message> implements ChangeListener<T> {
        private final ResourceType<T> type;
        private final Function<T, ClusterObject> facts;

        FactsListener(ResourceType<T> type, Function<T, ClusterObject> facts) {
            this.type = type;
            this.facts = facts;
        }

        @Override
        public void onChange(Optional<T> before, Optional<T> after) {
            after.ifPresentOrElse(
                    object -> loop.offer(new Arrival(new SchedulerEvent.ObjectSeen(facts.apply(object)), object)),
                    () -> before.ifPresent(
                            object -> loop
                                    .offer(new Arrival(new SchedulerEvent.ObjectGone(facts.apply(object)), object))));
        }

        @Override
        public void onSynced() {
            readiness.known(type);
        }
    }
}
