package dev.longshore.cli;

import dev.longshore.apiserver.pki.ClusterCertificates;
import dev.longshore.apiserver.pki.Credential;
import dev.longshore.client.ApiClient;
import dev.longshore.client.leader.LeaderElector;
import dev.longshore.common.lifecycle.Assembly;
import dev.longshore.common.lifecycle.Component;
import dev.longshore.common.loop.ThreadLoop;
import dev.longshore.common.metrics.Metrics;
import dev.longshore.common.time.Environment;
import dev.longshore.common.time.Waiting;
import dev.longshore.controllers.ControllerConfig;
import dev.longshore.controllers.ControllerManager;
import dev.longshore.controllers.Election;
import dev.longshore.scheduler.Scheduler;
import dev.longshore.scheduler.SchedulerConfig;
import dev.longshore.scheduler.config.KubeSchedulerConfiguration;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The short life of a control plane whose nodes are objects only: the API server, the controllers and the scheduler do
 * by gRPC what they do as processes, and clients do by HTTP what kubectl does.
 */
final class Rehearsal {
    private static final Duration STOP_LIMIT = Duration.ofSeconds(10);
    private static final Duration WAIT_LIMIT = Duration.ofSeconds(60);
    private static final Duration STEP = Duration.ofMillis(50);
    /** Of the API, gRPC, etcd's clients and etcd's peers, as {@link Settings} counts them. */
    private static final int PORTS = 4;
    private static final int PORT_ATTEMPTS = 50;

    private final DataDirectory directory;
    private final Settings settings;
    private final Environment environment;

    Rehearsal(Path root, String store, Environment environment) throws IOException {
        this.directory = new DataDirectory(root);
        this.settings = new Settings(store, freePorts(), "rehearsal");
        this.environment = environment;
    }

    /** The first of several free ports in a row. */
    private static int freePorts() throws IOException {
        for (int attempt = 0; attempt < PORT_ATTEMPTS; attempt++) {
            try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                int first = socket.getLocalPort();
                socket.close();
                if (areFree(first)) {
                    return first;
                }
            }
        }
        throw new IOException("found no " + PORTS + " free ports in a row");
    }

    private static boolean areFree(int first) {
        for (int port = first; port < first + PORTS; port++) {
            try (ServerSocket socket = new ServerSocket()) {
                socket.bind(new InetSocketAddress(port));
            } catch (IOException _) {
                return false;
            }
        }
        return true;
    }

    void run() throws Exception {
        directory.open();
        settings.save(directory.settings());
        ClusterCertificates certificates = ClusterCertificates.ensure(directory.pki(),
                LocalCluster.ALWAYS_SERVED_NAMES, environment.clock());
        certificates.scheduler();
        certificates.controllerManager();
        certificates.etcdClient();
        if (!settings.store().equals("etcd")) {
            play(certificates.admin());
            return;
        }
        Terminal terminal = new Terminal(environment, System.out, System.err);
        EtcdProcess etcd = new EtcdProcess(directory, settings);
        etcd.ensure(terminal, certificates);
        try {
            play(certificates.admin());
        } finally {
            etcd.stop(terminal);
        }
    }

    private void play(Credential administrator) throws Exception {
        LocalCluster cluster = new LocalCluster(directory, settings, environment, ComponentProcess.faults());
        Assembly server = new Assembly(List.of(cluster.server()), STOP_LIMIT);
        server.start();
        try (ClusterAccess scheduling = access("scheduler"); ClusterAccess controlling = access("controller-manager")) {
            Assembly others = new Assembly(List.of(controllers(controlling.client(), administrator)), STOP_LIMIT);
            Assembly placing = new Assembly(scheduler(scheduling.client()), STOP_LIMIT);
            others.start();
            placing.start();
            try {
                new RehearsedUser(settings.port(), administrator, new Waiting(environment, STEP), WAIT_LIMIT).play();
            } finally {
                placing.stop();
                others.stop();
            }
        } finally {
            server.stop();
        }
    }

    private ClusterAccess access(String certificate) {
        return ClusterAccess.open(List.of("localhost:" + settings.grpcPort()), directory.pki(), certificate,
                environment);
    }

    private Component controllers(ApiClient client, Credential administrator) {
        return new ControllerManager(
                ControllerConfig.defaults(new String(administrator.authorityPem(), StandardCharsets.US_ASCII)), client,
                environment, new Metrics().registry(), Election.lease(Elections.controllerManager(environment)));
    }

    private List<Component> scheduler(ApiClient client) {
        ThreadLoop loop = new ThreadLoop("scheduler", Scheduler.LOOP_QUEUE_LIMIT, environment.timers(),
                ComponentProcess.faults());
        KubeSchedulerConfiguration configuration = KubeSchedulerConfiguration.STANDARD;
        Scheduler scheduler = new Scheduler(SchedulerConfig.of(configuration, false), client, loop, environment,
                new Metrics().registry(), ComponentProcess.faults());
        return List.of(loop, scheduler, new LeaderElector(
                Elections.scheduler(configuration.leaderElection(), environment), client, environment,
                scheduler.leadership()));
    }
}
