package dev.longshore.agent;

import dev.longshore.agent.cgroups.Cgroups;
import dev.longshore.agent.containerd.Containerd;
import dev.longshore.agent.containerd.ContainerdConfig;
import dev.longshore.agent.images.ImageContent;
import dev.longshore.agent.images.ImageImport;
import dev.longshore.agent.images.LocalImages;
import dev.longshore.agent.logs.LogRotation;
import dev.longshore.agent.node.MachineFacts;
import dev.longshore.agent.node.NodeFactsReader;
import dev.longshore.agent.node.NodeReporter;
import dev.longshore.agent.node.NodeStatusBuilder;
import dev.longshore.agent.pods.NodeFacts;
import dev.longshore.agent.pods.PodFiles;
import dev.longshore.agent.pods.PodIdentity;
import dev.longshore.agent.pods.PodWorkers;
import dev.longshore.agent.pods.PodWorkers.PodSummary;
import dev.longshore.agent.pods.RuntimeWatcher;
import dev.longshore.agent.probes.RuntimeProber;
import dev.longshore.agent.proxy.ServiceProxy;
import dev.longshore.agent.runtime.ContainerRuntime;
import dev.longshore.agent.runtime.ContainerView;
import dev.longshore.agent.runtime.CriChannel;
import dev.longshore.agent.runtime.CriRuntime;
import dev.longshore.agent.runtime.RuntimeFailure;
import dev.longshore.agent.tunnel.ContainerLookup;
import dev.longshore.agent.tunnel.LogSource;
import dev.longshore.agent.volumes.VolumeTypes;
import dev.longshore.api.ResourceTypes;
import dev.longshore.api.core.v1.Pod;
import dev.longshore.client.ApiClient;
import dev.longshore.client.Query;
import dev.longshore.client.events.EventRecorder;
import dev.longshore.client.informer.Informer;
import dev.longshore.common.lifecycle.Component;
import dev.longshore.common.lifecycle.FaultHandler;
import dev.longshore.common.loop.ThreadLoop;
import dev.longshore.common.time.Environment;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Runs the pods of one node: starts or adopts containerd, reports the node, and keeps one worker per pod. The network,
 * the service proxy, DNS and the tunnel are parts of their own that stand beside it.
 *
 * <p>Stopping ends the agent and leaves containerd and all containers running; the next start finds them again.
 */
public final class Agent implements Component {
    private static final System.Logger LOG = System.getLogger(Agent.class.getName());
    private static final Path BUSYBOX = Path.of("/bin/busybox");
    private static final Path RESOLV_CONF = Path.of("/etc/resolv.conf");
    private static final int LOOP_LIMIT = 100_000;
    private static final Duration ROTATION_PERIOD = Duration.ofSeconds(10);

    private final AgentConfig config;
    private final Environment environment;
    private final Containerd containerd;
    private final CriChannel channel;
    private final CriRuntime runtime;
    private final LocalImages images;
    private final ThreadLoop loop;
    private final Informer<Pod> pods;
    private final PodWorkers workers;
    private final RuntimeWatcher watcher;
    private final NodeReporter reporter;
    private final PodStreams streams;
    private final PodFiles files;
    private final EndpointWithdrawal withdrawal;
    private volatile boolean stopping;

    /** Reads what the machine has, so it may fail; nothing is started or changed yet but the data directory made. */
    public Agent(AgentConfig config, ApiClient client, Environment environment, FaultHandler faults,
            MeterRegistry metrics) throws IOException {
        this.config = config;
        this.environment = environment;
        Files.createDirectories(config.dataDir());
        MachineFacts machine = NodeFactsReader.read(config.dataDir());
        containerd = new Containerd(containerd(config));
        channel = new CriChannel(containerd.config().socket());
        runtime = new CriRuntime(channel.channel());
        images = new LocalImages(runtime, new ImageImport(containerd.config().socket(), containerd.snapshotter()),
                config.dataDir().resolve("images"));
        loop = new ThreadLoop("agent-pods", LOOP_LIMIT, environment.timers(), faults);
        files = new PodFiles(config.podsDir(), config.logDir());
        ApiReferences references = new ApiReferences(client);
        EventRecorder events = new EventRecorder(client, environment, "kubelet", config.nodeName());
        withdrawal = new EndpointWithdrawal(environment.timers());
        workers = new PodWorkers(
                new PodWorkers.Parts(runtime, new VolumeTypes(references, config.podsDir()), references,
                        new RuntimeProber(runtime), new RecordedPodEvents(events), files, facts(config, machine),
                        Cgroups.ofThisMachine(), client, environment),
                withdrawal, loop);
        workers.bind(metrics);
        watcher = new RuntimeWatcher(runtime, environment, workers, this::revive);
        pods = new Informer<>(ResourceTypes.PODS, Query.fields("spec.nodeName=" + config.nodeName()), client,
                environment);
        pods.onChange(workers);
        reporter = new NodeReporter(config, machine, client, runtime, environment);
        streams = new PodStreams(workers, runtime, files, config.nodeIps(), environment.timers());
    }

    static ContainerdConfig containerd(AgentConfig config) {
        return new ContainerdConfig(config.containerdDir(), config.stateDir(), "containerd", config.sandboxImage(),
                config.cniBinDirs(), config.cniConfDir());
    }

    private static NodeFacts facts(AgentConfig config, MachineFacts machine) throws IOException {
        List<String> resolvConf = Files.exists(RESOLV_CONF) ? Files.readAllLines(RESOLV_CONF) : List.of();
        return new NodeFacts(config.nodeIps(), NodeStatusBuilder.allocatable(config, machine), machine.memoryBytes(),
                config.cgroupRoot(), "containerd",
                PodIdentity.parse(resolvConf, config.clusterDomain(), config.clusterDns()));
    }

    @Override
    public String name() {
        return "agent";
    }

    @Override
    public void start() throws IOException, InterruptedException {
        Files.createDirectories(config.logDir());
        Containerd.Outcome outcome = containerd.ensureRunning();
        LOG.log(System.Logger.Level.INFO, "node=" + config.nodeName() + " containerd=" + outcome);
        if (Files.exists(BUSYBOX)) {
            images.ensure(ImageContent.pause(config.sandboxImage(), BUSYBOX));
        }
        loop.start();
        workers.start();
        pods.start();
        watcher.start();
        reporter.start();
        rotateLater();
    }

    @Override
    public void beginStop() {
        if (stopping) {
            return;
        }
        stopping = true;
        reporter.stop();
        watcher.stop();
        pods.stop();
        workers.stop();
        loop.beginStop();
    }

    @Override
    public boolean awaitStopped(Duration limit) throws InterruptedException {
        boolean stopped = loop.awaitStopped(limit);
        channel.close();
        return stopped;
    }

    /** Whether the API shows the node as ready. */
    public boolean ready() {
        return reporter.ready();
    }

    public ContainerRuntime runtime() {
        return runtime;
    }

    /** Images made or loaded on this machine; usable once started. */
    public LocalImages images() {
        return images;
    }

    /** To be told what the service rules of this node reflect: pods end once no rule leads to them. */
    public ServiceProxy.AppliedListener withdrawals() {
        return withdrawal;
    }

    public ContainerLookup containers() {
        return streams;
    }

    public LogSource logs() {
        return streams;
    }

    /** The pods of this node as last seen. */
    public List<PodSummary> pods() {
        return workers.summaries();
    }

    /** Containerd does not answer: it may have died. */
    private synchronized void revive() {
        if (stopping) {
            return;
        }
        try {
            Containerd.Outcome outcome = containerd.ensureRunning();
            if (outcome == Containerd.Outcome.STARTED) {
                LOG.log(System.Logger.Level.WARNING, "containerd had ended and was started again");
            }
            channel.retryNow();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.ERROR, "containerd cannot be started: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void rotateLater() {
        environment.timers().after(ROTATION_PERIOD, () -> environment.tasks().execute(this::rotate));
    }

    private void rotate() {
        if (stopping) {
            return;
        }
        for (PodSummary pod : workers.summaries()) {
            pod.containers().stream().filter(ContainerView::running).forEach(view -> rotate(pod, view));
        }
        rotateLater();
    }

    private void rotate(PodSummary pod, ContainerView view) {
        Path file = files.logs(pod.pod()).resolve(view.name()).resolve(view.attempt() + ".log");
        try {
            if (LogRotation.rotate(file, environment.clock().now())) {
                runtime.reopenLog(view.id());
            }
        } catch (IOException | RuntimeFailure e) {
            LOG.log(System.Logger.Level.WARNING, "log=" + file + " not rotated: " + e.getMessage());
        }
    }
}
