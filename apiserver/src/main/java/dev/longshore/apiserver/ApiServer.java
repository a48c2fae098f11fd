package dev.longshore.apiserver;

import dev.longshore.api.ApiException;
import dev.longshore.api.ObjectKey;
import dev.longshore.api.ResourceTypes;
import dev.longshore.apiserver.auth.Authorizer;
import dev.longshore.apiserver.auth.TableAuthorizer;
import dev.longshore.apiserver.auth.User;
import dev.longshore.apiserver.grpc.GrpcEdge;
import dev.longshore.apiserver.health.HealthChecks;
import dev.longshore.apiserver.http.HttpEdge;
import dev.longshore.apiserver.http.NettyHttpServer;
import dev.longshore.apiserver.inprocess.LocalApiClient;
import dev.longshore.apiserver.inprocess.LocalClusterView;
import dev.longshore.apiserver.registry.Bootstrap;
import dev.longshore.apiserver.registry.ReadContext;
import dev.longshore.apiserver.registry.StoreRegistry;
import dev.longshore.apiserver.resources.Resources;
import dev.longshore.apiserver.store.Compactor;
import dev.longshore.apiserver.store.EmbeddedStore;
import dev.longshore.apiserver.store.EtcdStore;
import dev.longshore.apiserver.store.InMemoryStore;
import dev.longshore.apiserver.store.MeteredStore;
import dev.longshore.apiserver.store.Store;
import dev.longshore.apiserver.tunnel.NodeTunnels;
import dev.longshore.apiserver.tunnel.TunnelHub;
import dev.longshore.client.ApiClient;
import dev.longshore.client.ClusterView;
import dev.longshore.common.lifecycle.Component;
import dev.longshore.common.lifecycle.FaultHandler;
import dev.longshore.common.metrics.Metrics;
import dev.longshore.common.time.Environment;
import io.grpc.BindableService;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * An API server: store, registry, edges. It serves once {@link #start} has returned. The all-in-one process talks to it
 * by {@link #inProcess}.
 */
public final class ApiServer implements Component {
    /** How long the store may take to answer a health check. */
    private static final Duration PING_LIMIT = Duration.ofSeconds(2);
    /** How long the store may take to answer for the first time. */
    private static final Duration STORE_START_LIMIT = Duration.ofSeconds(30);
    private static final User ITSELF = new User("system:apiserver", "", List.of("system:masters"));

    private final ApiServerConfig config;
    private final MoreServices more;
    private final Environment environment;
    private final Metrics metrics;
    private final FaultHandler faults;
    private final TunnelHub tunnels = new TunnelHub();
    private volatile boolean stopping;
    private Store store;
    private StoreRegistry registry;
    private Compactor compactor;
    private NettyHttpServer http;
    private GrpcEdge grpc;

    /** Further gRPC services that answer from the cluster's state. */
    public interface MoreServices {
        /** Called once, when the server is about to serve. Each view that is got shows the cluster as it is then. */
        List<BindableService> over(Supplier<ClusterView> views);
    }

    public ApiServer(ApiServerConfig config, Environment environment, Metrics metrics, FaultHandler faults) {
        this(config, _ -> List.of(), environment, metrics, faults);
    }

    public ApiServer(ApiServerConfig config, MoreServices more, Environment environment, Metrics metrics,
            FaultHandler faults) {
        this.config = config;
        this.more = more;
        this.environment = environment;
        this.metrics = metrics;
        this.faults = faults;
    }

    @Override
    public String name() {
        return "apiserver";
    }

    @Override
    public void start() throws Exception {
        store = new MeteredStore(openStore(), environment.clock(), metrics.registry());
        try {
            store.ping().get(STORE_START_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
            registry = new StoreRegistry(store, config.cluster(), environment, metrics.registry());
            compactor = new Compactor(store, environment);
            Bootstrap bootstrap = new Bootstrap(inProcess(ITSELF));
            bootstrap.run(config.cluster().apiServiceAddress(), config.advertised().getAddress().getHostAddress(),
                    config.advertised().getPort());
            startEdges();
            compactor.start();
        } catch (Exception e) {
            closeStorage();
            throw e;
        }
    }

    private void startEdges() throws Exception {
        Authorizer authorizer = new TableAuthorizer(this::nodeOf);
        Resources resources = new Resources();
        grpc = new GrpcEdge(config.grpc(), config.server(),
                new GrpcEdge.Backend(registry, resources, tunnels, authorizer,
                        more.over(() -> new LocalClusterView(registry, ITSELF))),
                environment.tasks());
        grpc.start();
        try {
            http = HttpEdge.create(config.http(), config.server(), new HttpEdge.Backend(registry, resources, tunnels,
                    health(), authorizer, metrics, advertised()), environment);
            http.start();
        } catch (Exception e) {
            grpc.beginStop();
            throw e;
        }
    }

    private Store openStore() throws Exception {
        return switch (config.store()) {
            case StoreChoice.Memory() -> new InMemoryStore(environment);
            case StoreChoice.Embedded(var directory) -> EmbeddedStore.open(directory, environment, faults);
            case StoreChoice.Etcd(var etcd) -> new EtcdStore(etcd, environment);
        };
    }

    private String advertised() {
        return config.advertised().getHostString() + ":" + config.advertised().getPort();
    }

    private HealthChecks health() {
        return new HealthChecks(List.of(new HealthChecks.Check("ping", false, () -> true),
                new HealthChecks.Check("etcd", false, this::storeAnswers),
                new HealthChecks.Check("shutdown", true, () -> !stopping)));
    }

    private boolean storeAnswers() {
        try {
            store.ping().get(PING_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (ExecutionException | TimeoutException _) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Optional<String> nodeOf(TableAuthorizer.PodName pod) {
        try {
            return Optional.of(registry.get(ResourceTypes.PODS, new ObjectKey(pod.namespace(), pod.name()),
                    new ReadContext(ITSELF)).getSpec().getNodeName());
        } catch (ApiException _) {
            return Optional.empty();
        }
    }

    /** The API for components of the same process, as {@code user}. Only while started. */
    public ApiClient inProcess(User user) {
        return new LocalApiClient(registry, user);
    }

    /** The port of the HTTPS edge. Only while started. */
    public int httpPort() {
        return http.port();
    }

    /** The port of the gRPC edge. Only while started. */
    public int grpcPort() {
        return grpc.port();
    }

    /** The connected agents, for status. */
    public NodeTunnels tunnels() {
        return tunnels;
    }

    @Override
    public void beginStop() {
        stopping = true;
        if (compactor != null) {
            compactor.beginStop();
        }
        if (grpc != null) {
            grpc.beginStop();
        }
        if (http != null) {
            http.beginStop();
        }
    }

    @Override
    public boolean awaitStopped(Duration limit) throws InterruptedException {
        boolean stopped = (grpc == null || grpc.awaitStopped(limit)) && (http == null || http.awaitStopped(limit));
        closeStorage();
        return stopped;
    }

    private void closeStorage() {
        if (registry != null) {
            registry.close();
        }
        if (store != null) {
            store.close();
        }
    }
}
