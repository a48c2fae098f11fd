package dev.longshore.cli;

import dev.longshore.apiserver.pki.ClusterCertificates;
import dev.longshore.common.time.SystemEnvironment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Makes the certificates of a cluster whose components run as processes of their own. */
@Command(name = "certificates", mixinStandardHelpOptions = true, description = {
        "Makes the certificates of a cluster in a directory, or renews those that would soon expire:",
        "the authority (ca), the API server, the administrator with a kubeconfig, scheduler, controller-manager,",
        "and one per node. Copy to each machine only what its components need, and ca.key to none."})
final class CertificatesCommand implements Callable<Integer> {
    @Option(names = "--dir", required = true, paramLabel = "DIR", description = "Where they lie.")
    private Path directory;

    @Option(names = "--server-name", required = true, paramLabel = "NAME", description = "DNS name or address under which the API server is reached; repeatable. The first stands in the kubeconfig.")
    private List<String> serverNames;

    @Option(names = "--port", defaultValue = "6443", paramLabel = "P", description = "Port of the Kubernetes API, for the kubeconfig (default: 6443).")
    private int port;

    @Option(names = "--node", paramLabel = "NAME", description = "A node to make a certificate for; repeatable.")
    private List<String> nodes = new ArrayList<>();

    @Override
    public Integer call() throws Exception {
        try (SystemEnvironment system = new SystemEnvironment()) {
            List<String> names = new ArrayList<>(serverNames);
            names.addAll(LocalCluster.ALWAYS_SERVED_NAMES);
            ClusterCertificates certificates = ClusterCertificates.ensure(directory, names,
                    system.environment().clock());
            certificates.scheduler();
            certificates.controllerManager();
            certificates.etcdServer(names);
            certificates.etcdClient();
            for (String node : nodes) {
                certificates.node(node);
            }
            certificates.writeKubeconfig(directory.resolve("admin.kubeconfig"),
                    "https://" + serverNames.getFirst() + ":" + port, certificates.admin());
        }
        System.out
                .println("certificates in " + directory + "; administrator: " + directory.resolve("admin.kubeconfig"));
        return 0;
    }
}
