package dev.longshore.cli;

import dev.longshore.common.time.Environment;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that say which cluster a command asks: the one of this machine, or any by its addresses. */
final class ClusterOption {
    @Mixin
    private DataDirectoryOption dataDirectory;

    @Option(names = "--api", split = ",", paramLabel = "HOST:PORT", description = "The gRPC addresses of the API servers, comma-separated (default: the cluster of this machine).")
    private List<String> servers = List.of();

    @Option(names = "--pki-dir", paramLabel = "DIR", description = "With --api, the directory of ca.crt, admin.crt and admin.key.")
    private Path pki;

    /** Fails with CommandFailure. */
    ClusterAccess open(Environment environment) {
        if (servers.isEmpty()) {
            return ClusterAccess.administrator(dataDirectory.existing(), environment);
        }
        if (pki == null) {
            throw new CommandFailure("--api needs --pki-dir, where ca.crt, admin.crt and admin.key are");
        }
        return ClusterAccess.open(servers, pki, "admin", environment);
    }
}
