package dev.longshore.cli;

import dev.longshore.common.metrics.Metrics;
import dev.longshore.common.time.Environment;
import dev.longshore.common.time.SystemEnvironment;
import dev.longshore.controllers.ControllerConfig;
import dev.longshore.controllers.ControllerManager;
import dev.longshore.controllers.Election;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs a controller manager alone. */
@Command(name = "controller-manager", mixinStandardHelpOptions = true, description = {
        "Runs a controller manager. Of several, one leads at a time.", "",
        "Its certificate is controller-manager.crt in --pki-dir."})
final class ControllerManagerCommand implements Callable<Integer> {
    @Mixin
    private ClientOptions options;

    @Option(names = "--pod-cidr", defaultValue = ClusterDefaults.POD_CIDR, paramLabel = "CIDR", description = "Addresses of all pods; each node gets a /24 of them (default: ${DEFAULT-VALUE}).")
    private String podCidr;

    @Mixin
    private LogOption log;

    @Override
    public Integer call() throws Exception {
        log.apply();
        try (SystemEnvironment system = new SystemEnvironment();
                ClusterAccess access = options.open("controller-manager", system.environment())) {
            Environment environment = system.environment();
            Metrics metrics = new Metrics();
            metrics.bindProcess();
            ControllerConfig config = new ControllerConfig(podCidr, ClusterDefaults.NODE_CIDR_PREFIX,
                    ClusterDefaults.NODE_GRACE, Files.readString(options.pki().resolve("ca.crt")));
            ControllerManager manager = new ControllerManager(config, access.client(), environment,
                    metrics.registry(), Election.lease(Elections.controllerManager(environment)));
            ComponentProcess.run(() -> List.of(options.metrics(metrics, () -> true, environment), manager));
        }
        return 0;
    }
}
