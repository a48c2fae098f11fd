package dev.longshore.cli;

import com.google.protobuf.Message;
import dev.longshore.api.ResourceType;
import dev.longshore.api.ResourceTypes;
import dev.longshore.api.core.v1.Container;
import dev.longshore.api.core.v1.Node;
import dev.longshore.api.core.v1.Pod;
import dev.longshore.api.core.v1.ResourceRequirements;
import dev.longshore.api.meta.v1.ObjectMeta;
import dev.longshore.api.meta.v1.OwnerReference;
import dev.longshore.api.values.Quantities;
import dev.longshore.client.ApiClient;
import dev.longshore.client.Query;
import dev.longshore.client.grpc.InsightClient;
import dev.longshore.common.lifecycle.Assembly;
import dev.longshore.common.time.SystemEnvironment;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.BindException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The API server as {@code up} runs it, alone: nobody places pods or judges nodes. And commands that ask it. */
final class InsightCluster implements AutoCloseable {
    private final SystemEnvironment system = new SystemEnvironment();
    private final DataDirectory directory;
    private final Settings settings;
    private final Assembly server;
    private final ClusterAccess access;

    /** What a command did. */
    record Ran(int exitCode, String out, String errors) {}

    InsightCluster(Path root) throws Exception {
        directory = new DataDirectory(root);
        directory.open();
        settings = new Settings("embedded", twoFreePorts(), "none");
        settings.save(directory.settings());
        LocalCluster cluster = new LocalCluster(directory, settings, system.environment(), (component, cause) -> {
            throw new AssertionError(component + " is broken", cause);
        });
        server = new Assembly(List.of(cluster.server()), Duration.ofSeconds(10));
        server.start();
        access = access("admin");
    }

    ClusterAccess access(String certificate) {
        return ClusterAccess.open(List.of(address()), directory.pki(), certificate, system.environment());
    }

    String address() {
        return "localhost:" + settings.grpcPort();
    }

    Path pki() {
        return directory.pki();
    }

    ApiClient client() {
        return access.client();
    }

    InsightClient insight() {
        return access.insight();
    }

    void node(String name, String cpu, Consumer<Node.Builder> more) {
        Node.Builder node = Node.newBuilder()
                .setMetadata(ObjectMeta.newBuilder().setName(name).putLabels("kubernetes.io/hostname", name));
        node.getStatusBuilder().putAllocatable("cpu", Quantities.parse(cpu))
                .putAllocatable("memory", Quantities.parse("8Gi")).putAllocatable("pods", Quantities.of(110));
        more.accept(node);
        client().create(ResourceTypes.NODES, node.build());
    }

    /** @param node "" for none */
    void pod(String name, String node, String cpu, Consumer<Pod.Builder> more) {
        Pod.Builder pod = Pod.newBuilder()
                .setMetadata(ObjectMeta.newBuilder().setNamespace("default").setName(name).putLabels("app", name));
        pod.getSpecBuilder().setNodeName(node).addContainers(Container.newBuilder().setName("c").setImage("i")
                .setResources(ResourceRequirements.newBuilder().putRequests("cpu", Quantities.parse(cpu))));
        more.accept(pod);
        client().create(ResourceTypes.PODS, pod.build());
    }

    static void ownedBy(String kind, String name, Pod.Builder pod) {
        pod.getMetadataBuilder().addOwnerReferences(OwnerReference.newBuilder().setApiVersion("apps/v1").setKind(kind)
                .setName(name).setUid("u-" + name).setController(true));
    }

    <T extends Message> int count(ResourceType<T> type) {
        return client().list(type, Query.all()).items().size();
    }

    /** Runs the command against this cluster. */
    Ran run(String... words) {
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--api", address(), "--pki-dir", pki().toString()));
        return command(all.toArray(String[]::new));
    }

    /** Runs a command as it is. */
    static Ran command(String... words) {
        PrintStream out = System.out;
        PrintStream errors = System.err;
        ByteArrayOutputStream caughtOut = new ByteArrayOutputStream();
        ByteArrayOutputStream caughtErrors = new ByteArrayOutputStream();
        System.setOut(new PrintStream(caughtOut, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(caughtErrors, true, StandardCharsets.UTF_8));
        try {
            int exitCode = Main.run(words);
            return new Ran(exitCode, caughtOut.toString(StandardCharsets.UTF_8),
                    caughtErrors.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(out);
            System.setErr(errors);
        }
    }

    private static int twoFreePorts() throws IOException {
        while (true) {
            try (ServerSocket first = new ServerSocket(0);
                    ServerSocket _ = new ServerSocket(first.getLocalPort() + 1)) {
                return first.getLocalPort();
            } catch (BindException | IllegalArgumentException _) {
                // The next port is taken or there is none: another pair.
            }
        }
    }

    @Override
    public void close() throws InterruptedException {
        access.close();
        server.stop();
        system.close();
    }
}
