package dev.longshore.agent.network;

import dev.longshore.api.ObjectKey;
import dev.longshore.api.core.v1.Node;
import dev.longshore.client.informer.ChangeListener;
import dev.longshore.client.informer.Informer;
import dev.longshore.common.lifecycle.Component;
import dev.longshore.common.time.Environment;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Keeps the pod network of this node as it should be: waits until the control plane has given the node its pod network
 * ({@code Node.spec.podCIDR}), then sets it up, and looks again at every change of a node and at an interval. One round
 * runs at a time, on a task thread; each leads to the same end from any start.
 */
public final class PodNetwork implements Component {
    private static final System.Logger LOG = System.getLogger(PodNetwork.class.getName());
    private static final Duration CHECK = Duration.ofSeconds(15);
    private static final Duration RETRY = Duration.ofSeconds(1);
    /** Heartbeats and status updates of many nodes are gathered. */
    private static final Duration GATHER = Duration.ofMillis(100);

    private final NetworkConfig config;
    private final Informer<Node> nodes;
    private final NetworkSetup setup;
    private final Environment environment;
    private final CompletableFuture<Cidr> ready = new CompletableFuture<>();
    private boolean scheduled;
    private boolean running;
    private boolean again;
    private boolean stopping;

    /** @param nodes all nodes; whoever made the informer starts and stops it */
    public PodNetwork(NetworkConfig config, Informer<Node> nodes, Commands commands, Environment environment) {
        this.config = config;
        this.nodes = nodes;
        this.setup = new NetworkSetup(config, commands);
        this.environment = environment;
        nodes.onChange(new NodeListener());
    }

    @Override
    public String name() {
        return "pod-network";
    }

    @Override
    public void start() {
        schedule(Duration.ZERO);
        checkLater();
    }

    @Override
    public synchronized void beginStop() {
        stopping = true;
    }

    /** The network stays for the pods that run on; {@link #cleanup} takes it away. */
    @Override
    public synchronized boolean awaitStopped(Duration limit) throws InterruptedException {
        if (running) {
            wait(Math.max(1, limit.toMillis()));
        }
        return !running;
    }

    /** Completes with this node's pod network once pods can be started in it. */
    public CompletableFuture<Cidr> ready() {
        return ready.copy();
    }

    /** Removes the bridge, routes, rules and the CNI configuration. No agent of this node may run. */
    public static void cleanup(NetworkConfig config, Commands commands) throws IOException, InterruptedException {
        new NetworkSetup(config, commands).remove();
    }

    private void checkLater() {
        environment.timers().after(CHECK, () -> {
            schedule(Duration.ZERO);
            if (!stopped()) {
                checkLater();
            }
        });
    }

    private synchronized boolean stopped() {
        return stopping;
    }

    private synchronized void schedule(Duration wait) {
        if (!scheduled && !stopping) {
            scheduled = true;
            environment.timers().after(wait, () -> environment.tasks().execute(this::round));
        }
    }

    private void round() {
        if (!begin()) {
            return;
        }
        boolean well = false;
        try {
            Optional<Cidr> pods = nodes.get(new ObjectKey("", config.nodeName())).flatMap(RoutePlan::podCidr);
            if (pods.isPresent()) {
                setup.ensure(pods.get(), nodes.list());
                ready.complete(pods.get());
            }
            well = true;
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "component=pod-network not set up: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            end(well);
        }
    }

    private synchronized boolean begin() {
        scheduled = false;
        if (running || stopping) {
            again = running;
            return false;
        }
        running = true;
        return true;
    }

    private synchronized void end(boolean well) {
        running = false;
        notifyAll();
        if (!well || again) {
            again = false;
            schedule(well ? GATHER : RETRY);
        }
    }

    private final class NodeListener implements ChangeListener<Node> {
        @Override
        public void onChange(Optional<Node> before, Optional<Node> after) {
            if (!before.map(NodeListener::relevant).equals(after.map(NodeListener::relevant))) {
                schedule(GATHER);
            }
        }

        /** What the plan reads; a heartbeat changes none of it. */
        private static List<Object> relevant(Node node) {
            return List.of(node.getSpec().getPodCIDR(), node.getStatus().getAddressesList());
        }
    }
}
