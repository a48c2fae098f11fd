package dev.longshore.cli;

import com.google.protobuf.Message;
import dev.longshore.api.ApiException;
import dev.longshore.api.ObjectKey;
import dev.longshore.api.Reason;
import dev.longshore.api.ResourceType;
import dev.longshore.api.ResourceTypes;
import dev.longshore.api.TypeMeta;
import dev.longshore.api.apps.v1.Deployment;
import dev.longshore.api.core.v1.ContainerStatus;
import dev.longshore.api.core.v1.Node;
import dev.longshore.api.core.v1.NodeAddress;
import dev.longshore.api.core.v1.Pod;
import dev.longshore.api.core.v1.PodCondition;
import dev.longshore.api.core.v1.Service;
import dev.longshore.api.json.JsonCodec;
import dev.longshore.api.json.YamlCodec;
import dev.longshore.client.ApiClient;
import dev.longshore.client.DeleteQuery;
import dev.longshore.client.Patch;
import dev.longshore.client.Query;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * The story that {@code longshore demo} tells: one step a method, each printing what it saw and how long it took.
 */
final class Demo {
    private static final String NAMESPACE = "default";
    private static final String NAME = "hello";
    private static final ObjectKey KEY = new ObjectKey(NAMESPACE, NAME);
    private static final Duration STEP_LIMIT = Duration.ofSeconds(90);
    private static final Duration REQUEST_LIMIT = Duration.ofSeconds(5);
    private static final int REQUESTS = 60;
    private static final int LOAD_PER_SECOND = 50;

    private final Terminal terminal;
    private final ApiClient client;
    private final String manifest;
    private int failures;

    Demo(Terminal terminal, ApiClient client, String manifest) {
        this.terminal = terminal;
        this.client = client;
        this.manifest = manifest;
    }

    int failures() {
        return failures;
    }

    void run() throws InterruptedException {
        deploy();
        serve();
        healProcess();
        healPod();
        roll();
        scale(10);
        scale(1);
        scale(3);
    }

    /** Deletes what the demo made; what is gone already is no failure. */
    void remove() {
        for (ResourceType<?> type : List.of(ResourceTypes.DEPLOYMENTS, ResourceTypes.SERVICES,
                ResourceTypes.CONFIG_MAPS, ResourceTypes.SECRETS)) {
            try {
                client.delete(type, KEY, DeleteQuery.background());
            } catch (ApiException e) {
                if (!e.is(Reason.NOT_FOUND)) {
                    throw e;
                }
            }
        }
    }

    private void deploy() throws InterruptedException {
        for (byte[] document : YamlCodec.toJsonDocuments(manifest.getBytes(StandardCharsets.UTF_8))) {
            TypeMeta type = JsonCodec.peek(document);
            apply(document, ResourceTypes.ofKind(type.apiVersion(), type.kind()).orElseThrow());
        }
        timed("3 replicas available", () -> available(3));
    }

    private void serve() {
        Service service = client.get(ResourceTypes.SERVICES, KEY);
        String clusterIp = service.getSpec().getClusterIP();
        int nodePort = service.getSpec().getPorts(0).getNodePort();
        count("cluster IP " + clusterIp, clusterIp, 80, "/cgi-bin/hello");
        count("node port " + nodeAddress() + ":" + nodePort, nodeAddress(), nodePort, "/cgi-bin/hello");
        count("DNS name '" + NAME + "' from inside a pod", nodeAddress(), nodePort, "/cgi-bin/peer");
        try {
            Map<String, String> answer = PlainHttp.get(clusterIp, 80, "/cgi-bin/hello", REQUEST_LIMIT);
            report(answer.getOrDefault("greeting", "").startsWith("hello")
                    && answer.getOrDefault("motd", "").contains("declare")
                    && "present".equals(answer.get("secret")),
                    "the pod sees its ConfigMap as environment and file, and its Secret: " + answer.get("greeting"));
        } catch (IOException e) {
            report(false, "no answer: " + e);
        }
    }

    private void count(String what, String host, int port, String path) {
        Set<String> pods = new HashSet<>();
        int answered = 0;
        String problem = "";
        for (int i = 0; i < REQUESTS; i++) {
            try {
                pods.add(PlainHttp.get(host, port, path, REQUEST_LIMIT).get("pod"));
                answered++;
            } catch (IOException e) {
                problem = " (" + e + ")";
            }
        }
        report(answered == REQUESTS && pods.size() == 3,
                what + ": " + answered + " of " + REQUESTS + " requests answered by " + pods.size() + " pods"
                        + problem);
    }

    private void healProcess() throws InterruptedException {
        Pod victim = pods().getFirst();
        int restarts = container(victim).getRestartCount();
        String id = container(victim).getContainerID();
        Optional<ProcessHandle> process = processOf(id.substring(id.lastIndexOf('/') + 1));
        if (process.isEmpty()) {
            terminal.print("  -  the container of " + victim.getMetadata().getName()
                    + " runs on another machine: its process is not killed here");
            return;
        }
        process.get().destroyForcibly();
        ObjectKey key = ResourceTypes.PODS.key(victim);
        timed("killed the process of " + victim.getMetadata().getName() + ": restarted", () -> {
            ContainerStatus now = container(client.get(ResourceTypes.PODS, key));
            return now.getRestartCount() > restarts && now.getState().hasRunning();
        });
        timed("all replicas ready again", () -> available(3));
    }

    private void healPod() throws InterruptedException {
        Set<String> before = new HashSet<>();
        pods().forEach(pod -> before.add(pod.getMetadata().getUid()));
        Pod victim = pods().getFirst();
        client.delete(ResourceTypes.PODS, ResourceTypes.PODS.key(victim), DeleteQuery.background());
        timed("deleted pod " + victim.getMetadata().getName() + ": replaced", () -> pods().stream()
                .anyMatch(pod -> !before.contains(pod.getMetadata().getUid()) && ready(pod)));
    }

    private void roll() throws InterruptedException {
        timed("all replicas ready again", () -> available(3));
        int nodePort = client.get(ResourceTypes.SERVICES, KEY).getSpec().getPorts(0).getNodePort();
        String version = nextVersion();
        try (Load load = new Load(terminal.environment(), nodeAddress(), nodePort, LOAD_PER_SECOND)) {
            load.start();
            client.patch(ResourceTypes.DEPLOYMENTS, KEY, new Patch(Patch.Kind.STRATEGIC_MERGE,
                    "{\"spec\":{\"template\":{\"spec\":{\"containers\":[{\"name\":\"web\",\"env\":[{\"name\":\"VERSION\",\"value\":\""
                            + version + "\"}]}]}}}}",
                    Patch.Target.OBJECT));
            timed("rolled 3 replicas to version " + version + " under " + LOAD_PER_SECOND + " requests/s",
                    () -> rolledOut() && load.saw(version));
            load.close();
            terminal.waiting().until(load::idle, REQUEST_LIMIT);
            report(load.failed() == 0, "the update lost " + load.failed() + " of " + load.sent() + " requests"
                    + (load.failed() == 0 ? "" : " " + load.failures()));
        }
    }

    private String nextVersion() {
        return client.get(ResourceTypes.DEPLOYMENTS, KEY).getSpec().getTemplate().getSpec().getContainers(0)
                .getEnvList().stream().filter(variable -> variable.getName().equals("VERSION"))
                .map(variable -> Integer.toString(Integer.parseInt(variable.getValue()) + 1)).findFirst().orElse("2");
    }

    private void scale(int replicas) throws InterruptedException {
        client.patch(ResourceTypes.DEPLOYMENTS, KEY, Patch.merge("{\"spec\":{\"replicas\":" + replicas + "}}"));
        timed("scaled to " + replicas, () -> available(replicas) && pods().size() == replicas);
    }

    private boolean available(int replicas) {
        Deployment deployment = client.get(ResourceTypes.DEPLOYMENTS, KEY);
        return observed(deployment) && deployment.getSpec().getReplicas() == replicas
                && deployment.getStatus().getAvailableReplicas() == replicas;
    }

    private boolean rolledOut() {
        Deployment deployment = client.get(ResourceTypes.DEPLOYMENTS, KEY);
        int wanted = deployment.getSpec().getReplicas();
        return observed(deployment) && deployment.getStatus().getUpdatedReplicas() == wanted
                && deployment.getStatus().getReplicas() == wanted
                && deployment.getStatus().getAvailableReplicas() == wanted;
    }

    private static boolean observed(Deployment deployment) {
        return deployment.getStatus().getObservedGeneration() >= deployment.getMetadata().getGeneration();
    }

    private List<Pod> pods() {
        List<Pod> living = new ArrayList<>(
                client.list(ResourceTypes.PODS, new Query(NAMESPACE, "app=" + NAME, "")).items());
        living.removeIf(pod -> pod.getMetadata().hasDeletionTimestamp());
        return living;
    }

    private static boolean ready(Pod pod) {
        return pod.getStatus().getConditionsList().stream()
                .anyMatch(condition -> isReady(condition));
    }

    private static boolean isReady(PodCondition condition) {
        return condition.getType().equals("Ready") && condition.getStatus().equals("True");
    }

    private static ContainerStatus container(Pod pod) {
        return pod.getStatus().getContainerStatusesCount() == 0
                ? ContainerStatus.getDefaultInstance()
                : pod.getStatus().getContainerStatuses(0);
    }

    private String nodeAddress() {
        String node = pods().getFirst().getSpec().getNodeName();
        Node found = client.get(ResourceTypes.NODES, ObjectKey.cluster(node));
        return found.getStatus().getAddressesList().stream()
                .filter(address -> address.getType().equals("InternalIP")).map(NodeAddress::getAddress).findFirst()
                .orElseThrow(() -> new CommandFailure("node " + node + " has no InternalIP"));
    }

    private <T extends Message> void apply(byte[] document, ResourceType<T> type) {
        T wanted = JsonCodec.read(document, type.prototype()).object();
        wanted = type.withMeta(wanted, type.meta(wanted).toBuilder().setNamespace(NAMESPACE).build());
        try {
            T present = client.get(type, type.key(wanted));
            client.update(type, type.withMeta(wanted, type.meta(wanted).toBuilder()
                    .setResourceVersion(type.meta(present).getResourceVersion()).build()));
        } catch (ApiException e) {
            if (!e.is(Reason.NOT_FOUND)) {
                throw e;
            }
            client.create(type, wanted);
        }
    }

    /** The first process of a container on this machine: the one whose cgroup carries the container's id. */
    private static Optional<ProcessHandle> processOf(String containerId) {
        try (Stream<Path> entries = Files.list(Path.of("/proc"))) {
            return entries.map(entry -> entry.getFileName().toString()).filter(name -> name.matches("[0-9]+"))
                    .map(Long::parseLong).sorted()
                    .filter(pid -> cgroups(pid).contains(containerId)).findFirst().flatMap(ProcessHandle::of);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String cgroups(long pid) {
        try {
            return Files.readString(Path.of("/proc/" + pid + "/cgroup"));
        } catch (IOException e) {
            return ""; // it has ended since the directory was listed
        }
    }

    private void timed(String what, BooleanSupplier done) throws InterruptedException {
        long begun = terminal.environment().clock().nanos();
        boolean reached = terminal.progress(what, done, STEP_LIMIT);
        double seconds = (terminal.environment().clock().nanos() - begun) / 1e9;
        report(reached, String.format(Locale.ROOT, "%s after %.1f s", what, seconds));
    }

    private void report(boolean good, String what) {
        failures += good ? 0 : 1;
        terminal.print((good ? "  ok " : "  NO ") + what);
    }
}
