package dev.longshore.cli;

import dev.longshore.apiserver.ApiServer;
import dev.longshore.apiserver.ApiServerConfig;
import dev.longshore.apiserver.StoreChoice;
import dev.longshore.apiserver.auth.User;
import dev.longshore.apiserver.pki.ClusterCertificates;
import dev.longshore.apiserver.pki.Credential;
import dev.longshore.apiserver.resources.ClusterConfig;
import dev.longshore.client.ApiClient;
import dev.longshore.client.grpc.ClientTls;
import dev.longshore.client.grpc.Endpoints;
import dev.longshore.client.leader.LeaderElector;
import dev.longshore.common.lifecycle.Component;
import dev.longshore.common.lifecycle.FaultHandler;
import dev.longshore.common.loop.ThreadLoop;
import dev.longshore.common.metrics.Metrics;
import dev.longshore.common.time.Environment;
import dev.longshore.controllers.ControllerConfig;
import dev.longshore.controllers.ControllerManager;
import dev.longshore.controllers.Election;
import dev.longshore.scheduler.Scheduler;
import dev.longshore.scheduler.SchedulerConfig;
import dev.longshore.scheduler.config.KubeSchedulerConfiguration;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;

/**
 * A whole cluster in one process: every component, wired by constructors, talking to the API server in-process. Only
 * the node's tunnel goes through the network, as a machine of its own would do it. Over a store that several machines
 * share, its scheduler and its controllers work only while they are elected.
 */
final class LocalCluster {
    /** Names that the server certificate always carries besides the machine's own. */
    static final List<String> ALWAYS_SERVED_NAMES = List.of("localhost", "127.0.0.1", "10.96.0.1", "kubernetes",
            "kubernetes.default", "kubernetes.default.svc", "kubernetes.default.svc.cluster.local");

    private static final System.Logger LOG = System.getLogger(LocalCluster.class.getName());

    private final Settings settings;
    private final String address;
    private final ClusterCertificates certificates;
    private final Environment environment;
    private final FaultHandler faults;
    private final KubeSchedulerConfiguration scheduling;
    private final ApiServer server;
    private final Metrics metrics = new Metrics();
    private final DataDirectory directory;

    LocalCluster(DataDirectory directory, Settings settings, Environment environment, FaultHandler faults)
            throws IOException, GeneralSecurityException {
        this.directory = directory;
        this.settings = settings;
        this.environment = environment;
        this.faults = faults;
        this.address = Addresses.ofThisMachine();
        this.certificates = ClusterCertificates.ensure(directory.pki(), serverNames(), environment.clock());
        certificates.writeKubeconfig(directory.kubeconfig(), "https://127.0.0.1:" + settings.port(),
                certificates.admin());
        metrics.bindProcess();
        this.scheduling = SchedulerFile.readLogged(settings.schedulerConfig(), LOG);
        this.server = new ApiServer(apiServer(), views -> Insight.services(views, scheduling.profiles()), environment,
                metrics, faults);
    }

    private List<String> serverNames() {
        List<String> names = new ArrayList<>(ALWAYS_SERVED_NAMES);
        names.add(address);
        names.add(settings.nodeName());
        return names;
    }

    private ApiServerConfig apiServer() throws IOException, GeneralSecurityException {
        InetAddress everywhere = InetAddress.ofLiteral("0.0.0.0");
        return new ApiServerConfig(store(), new InetSocketAddress(everywhere, settings.port()),
                new InetSocketAddress(everywhere, settings.grpcPort()), new InetSocketAddress(address, settings.port()),
                certificates.server(), ClusterConfig.standard());
    }

    private StoreChoice store() throws IOException, GeneralSecurityException {
        return switch (settings.store()) {
            case "embedded" -> new StoreChoice.Embedded(directory.store());
            case "etcd" -> new StoreChoice.Etcd(EtcdProcess.access(directory, certificates));
            default -> new StoreChoice.Etcd(StoreUrls.parse(settings.store(), directory.pki()));
        };
    }

    /** The control plane up to the API server: all else talks to it and is made when it serves. */
    Component server() {
        return server;
    }

    /** The components that need a serving API server, in the order in which they start. */
    List<Component> others() throws IOException, GeneralSecurityException {
        List<Component> components = new ArrayList<>();
        components.add(controllerManager());
        components.addAll(scheduler());
        return components;
    }

    private Component controllerManager() throws IOException, GeneralSecurityException {
        Election election = settings.storeIsShared()
                ? Election.lease(Elections.controllerManager(environment))
                : Election.none();
        return new ControllerManager(ControllerConfig.defaults(authorityPem()), as("system:kube-controller-manager"),
                environment, metrics.registry(), election);
    }

    private List<Component> scheduler() {
        ApiClient client = as("system:kube-scheduler");
        ThreadLoop loop = new ThreadLoop("scheduler", Scheduler.LOOP_QUEUE_LIMIT, environment.timers(), faults);
        boolean elected = settings.storeIsShared() && scheduling.leaderElection().elect();
        Scheduler scheduler = new Scheduler(SchedulerConfig.of(scheduling, !elected), client, loop, environment,
                metrics.registry(), faults);
        if (!elected) {
            return List.of(loop, scheduler);
        }
        return List.of(loop, scheduler, new LeaderElector(
                Elections.scheduler(scheduling.leaderElection(), environment), client, environment,
                scheduler.leadership()));
    }

    Node node() throws IOException, GeneralSecurityException {
        Credential credential = certificates.node(settings.nodeName());
        Endpoints tunnel = new Endpoints(List.of("localhost:" + settings.grpcPort()),
                new ClientTls(credential.authorityPem(), credential.certificatePem(), credential.keyPem()),
                environment.tasks());
        ApiClient client = as(ClusterCertificates.NODE_PREFIX + settings.nodeName(), ClusterCertificates.NODES);
        return new Node(NodePlaces.of(settings.nodeName(), address, directory.agent()), client, tunnel.all(),
                environment, faults, metrics.registry());
    }

    private ApiClient as(String user, String... groups) {
        return server.inProcess(new User(user, "", List.of(groups)));
    }

    private String authorityPem() throws IOException, GeneralSecurityException {
        return new String(certificates.admin().authorityPem(), StandardCharsets.US_ASCII);
    }
}
