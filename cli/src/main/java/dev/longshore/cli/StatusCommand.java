package dev.longshore.cli;

import dev.longshore.api.ApiException;
import dev.longshore.api.ResourceTypes;
import dev.longshore.api.core.v1.Node;
import dev.longshore.api.core.v1.Pod;
import dev.longshore.client.ApiClient;
import dev.longshore.client.Query;
import dev.longshore.common.time.Environment;
import dev.longshore.common.time.SystemEnvironment;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows what runs on this machine and how it is. */
@Command(name = "status", mixinStandardHelpOptions = true, description = {
        "Shows the cluster of this machine: components, nodes, versions, certificates, warnings.",
        "The exit code is 0 when it runs and every node is Ready."})
final class StatusCommand implements Callable<Integer> {
    private static final Duration EXPIRY_WARNING = Duration.ofDays(30);

    @Mixin
    private DataDirectoryOption dataDirectory;

    @Override
    public Integer call() throws Exception {
        DataDirectory directory = dataDirectory.existing();
        BackgroundProcess process = new BackgroundProcess(directory.processFile());
        if (process.running().isEmpty()) {
            System.out.println("Longshore " + Version.PRODUCT + " is not running (data in " + directory.root() + ").");
            return 1;
        }
        Settings settings = Settings.load(directory.settings());
        try (SystemEnvironment system = new SystemEnvironment();
                ClusterAccess access = ClusterAccess.administrator(directory, system.environment())) {
            List<String> warnings = new ArrayList<>();
            print("Longshore", Version.PRODUCT + ", pid " + process.running().get().pid());
            print("API server", "https://127.0.0.1:" + settings.port() + " (gRPC: " + settings.grpcPort() + ")");
            print("store", settings.store());
            print("data", directory.root().toString());
            nodes(access.client(), warnings);
            certificates(directory.pki(), system.environment(), warnings);
            warnings.forEach(warning -> print("WARNING", warning));
            return warnings.isEmpty() ? 0 : 1;
        } catch (ApiException e) {
            throw new CommandFailure("the process runs, but the API server answered: " + e.getMessage());
        }
    }

    private static void nodes(ApiClient client, List<String> warnings) {
        Map<String, Long> pods = client.list(ResourceTypes.PODS, Query.all()).items().stream()
                .filter(pod -> !pod.getSpec().getNodeName().isEmpty())
                .collect(Collectors.groupingBy(StatusCommand::nodeOf, TreeMap::new, Collectors.counting()));
        for (Node node : client.list(ResourceTypes.NODES, Query.all()).items()) {
            String name = node.getMetadata().getName();
            boolean ready = node.getStatus().getConditionsList().stream()
                    .anyMatch(condition -> condition.getType().equals("Ready") && condition.getStatus().equals("True"));
            print("node", name + ": " + (ready ? "Ready" : "NotReady") + ", "
                    + node.getStatus().getNodeInfo().getContainerRuntimeVersion() + ", " + pods.getOrDefault(name, 0L)
                    + " pods");
            if (!ready) {
                warnings.add("node " + name + " is not Ready; see: kubectl describe node " + name);
            }
        }
    }

    private static String nodeOf(Pod pod) {
        return pod.getSpec().getNodeName();
    }

    private static void certificates(Path directory, Environment environment, List<String> warnings)
            throws IOException, GeneralSecurityException {
        Instant now = environment.clock().now();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*.crt")) {
            for (Path file : files) {
                Instant end = end(file);
                if (end.isBefore(now.plus(EXPIRY_WARNING))) {
                    warnings.add(
                            "the certificate " + file + " expires at " + end + "; 'longshore down' and 'up' renew it");
                }
            }
        }
        print("certificates", "in " + directory);
    }

    private static Instant end(Path file) throws IOException, GeneralSecurityException {
        try (InputStream in = Files.newInputStream(file)) {
            X509Certificate certificate = (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(in);
            return certificate.getNotAfter().toInstant();
        }
    }

    private static void print(String what, String value) {
        System.out.println(String.format("%-14s", what) + value);
    }
}
