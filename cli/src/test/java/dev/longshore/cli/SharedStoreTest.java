package dev.longshore.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.longshore.api.ApiException;
import dev.longshore.api.ObjectKey;
import dev.longshore.api.Reason;
import dev.longshore.api.ResourceTypes;
import dev.longshore.api.core.v1.Container;
import dev.longshore.api.core.v1.Node;
import dev.longshore.api.core.v1.NodeStatus;
import dev.longshore.api.core.v1.Pod;
import dev.longshore.api.core.v1.PodSpec;
import dev.longshore.api.core.v1.Toleration;
import dev.longshore.api.meta.v1.ObjectMeta;
import dev.longshore.api.values.Quantities;
import dev.longshore.apiserver.pki.ClusterCertificates;
import dev.longshore.client.ApiClient;
import dev.longshore.common.lifecycle.Assembly;
import dev.longshore.common.time.SystemEnvironment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two machines that run {@code up} over one etcd: both serve the API, one at a time schedules and controls. */
class SharedStoreTest {
    private static final Duration STOP_LIMIT = Duration.ofSeconds(10);
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    /** A candidate looks every two seconds. */
    private static final Duration TAKE_OVER_LIMIT = Duration.ofSeconds(30);
    private static final List<String> LEASES = List.of("kube-scheduler", "kube-controller-manager");

    private final SystemEnvironment system = new SystemEnvironment();
    private final Terminal terminal = new Terminal(system.environment(), System.out, System.err);
    private final Path temporary;
    /** Of the etcd; the machines have copies of its certificates. */
    private final DataDirectory store;

    SharedStoreTest(@TempDir Path temporary) {
        this.temporary = temporary;
        this.store = new DataDirectory(temporary.resolve("store"));
    }

    @AfterEach
    void close() {
        system.close();
    }

    @Test
    void oneLeadsAndTheOtherTakesOver() throws Exception {
        assumeTrue(onPath("etcd"), "skipped: there is no etcd on the PATH (Debian: etcd-server)");
        Settings settings = new Settings("etcd", freePorts(4), "store");
        EtcdProcess etcd = new EtcdProcess(store, settings);
        try {
            startEtcd(etcd);
            firstLeadsThenSecond("https://127.0.0.1:" + settings.etcdPort());
        } finally {
            etcd.stop(terminal);
        }
    }

    private void startEtcd(EtcdProcess etcd) throws Exception {
        store.open();
        ClusterCertificates certificates = ClusterCertificates.ensure(store.pki(), LocalCluster.ALWAYS_SERVED_NAMES,
                system.environment().clock());
        certificates.etcdClient();
        etcd.ensure(terminal, certificates);
    }

    private void firstLeadsThenSecond(String storeUrl) throws Exception {
        try (Machine first = new Machine("first", storeUrl); Machine second = new Machine("second", storeUrl)) {
            List<String> firstLeaders = second.leaders();
            second.client().create(ResourceTypes.NODES, node());
            second.client().create(ResourceTypes.PODS, pod("placed-by-the-first"));
            second.awaitPlaced("placed-by-the-first");
            assertThat(second.leaders()).isEqualTo(firstLeaders);

            first.close();
            Awaitility.await("the second leads both").atMost(TAKE_OVER_LIMIT)
                    .until(() -> second.leaders().stream().noneMatch(firstLeaders::contains));
            second.client().create(ResourceTypes.PODS, pod("placed-by-the-second"));
            second.awaitPlaced("placed-by-the-second");
        }
    }

    /** An all-in-one process without its node, which would need root. */
    private final class Machine implements AutoCloseable {
        private final Assembly server;
        private final Assembly others;
        private final ClusterAccess access;

        Machine(String name, String storeUrl) throws Exception {
            DataDirectory directory = new DataDirectory(temporary.resolve(name));
            directory.open();
            copy(store.pki(), directory.pki());
            Settings settings = new Settings(storeUrl, freePorts(2), name);
            settings.save(directory.settings());
            LocalCluster cluster = new LocalCluster(directory, settings, system.environment(), (component, cause) -> {
                throw new AssertionError(component + " is broken", cause);
            });
            server = new Assembly(List.of(cluster.server()), STOP_LIMIT);
            server.start();
            others = new Assembly(cluster.others(), STOP_LIMIT);
            others.start();
            access = ClusterAccess.open(List.of("localhost:" + settings.grpcPort()), directory.pki(), "admin",
                    system.environment());
        }

        ApiClient client() {
            return access.client();
        }

        /** Who holds the Leases; waits until somebody does. */
        List<String> leaders() {
            return LEASES.stream().map(lease -> Awaitility.await("a leader of " + lease).atMost(START_LIMIT)
                    .until(() -> holder(lease), holder -> !holder.isEmpty())).toList();
        }

        private String holder(String lease) {
            try {
                return client().get(ResourceTypes.LEASES, new ObjectKey("kube-system", lease)).getSpec()
                        .getHolderIdentity();
            } catch (ApiException e) {
                if (e.is(Reason.NOT_FOUND)) {
                    return "";
                }
                throw e;
            }
        }

        void awaitPlaced(String pod) {
            Awaitility.await(pod).atMost(START_LIMIT).until(() -> !client()
                    .get(ResourceTypes.PODS, new ObjectKey("default", pod)).getSpec().getNodeName().isEmpty());
        }

        @Override
        public void close() throws InterruptedException {
            access.close();
            others.stop();
            server.stop();
        }
    }

    private static Node node() {
        return Node.newBuilder().setMetadata(ObjectMeta.newBuilder().setName("n"))
                .setStatus(NodeStatus.newBuilder().putAllocatable("pods", Quantities.of(10))).build();
    }

    /** It tolerates that nobody keeps its node Ready. */
    private static Pod pod(String name) {
        return Pod.newBuilder().setMetadata(ObjectMeta.newBuilder().setNamespace("default").setName(name))
                .setSpec(PodSpec.newBuilder().addContainers(Container.newBuilder().setName("c").setImage("i"))
                        .addTolerations(Toleration.newBuilder().setOperator("Exists")))
                .build();
    }

    private static boolean onPath(String program) {
        return Stream.of(System.getenv("PATH").split(":")).anyMatch(d -> Files.isExecutable(Path.of(d, program)));
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(from)) {
            for (Path file : files) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }

    /** The first of so many ports in a row that nobody listens on. */
    private static int freePorts(int count) throws IOException {
        while (true) {
            int first;
            try (ServerSocket socket = new ServerSocket(0)) {
                first = socket.getLocalPort();
            }
            if (allFree(first, count)) {
                return first;
            }
        }
    }

    private static boolean allFree(int first, int count) {
        List<ServerSocket> held = new ArrayList<>();
        try {
            for (int port = first; port < first + count; port++) {
                held.add(new ServerSocket(port));
            }
            return true;
        } catch (IOException | IllegalArgumentException e) {
            return false;
        } finally {
            held.forEach(SharedStoreTest::close);
        }
    }

    private static void close(ServerSocket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
