package dev.longshore.cli;

import dev.longshore.api.ApiException;
import dev.longshore.client.ApiClient;
import dev.longshore.common.time.SystemEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Deploys the example and shows what the cluster does with it. */
@Command(name = "demo", mixinStandardHelpOptions = true, description = {
        "Deploys the example (deploy/examples/hello.yaml) on the running cluster and shows it serve, heal,",
        "roll and scale. Each line says what was seen; the exit code is 0 when all of it was as it should be."})
final class DemoCommand implements Callable<Integer> {
    @Mixin
    private DataDirectoryOption dataDirectory;

    @Option(names = "--keep", description = "Leave the example running (default: delete it at the end).")
    private boolean keep;

    @Override
    public Integer call() throws Exception {
        DataDirectory directory = dataDirectory.existing();
        try (SystemEnvironment system = new SystemEnvironment();
                ClusterAccess access = ClusterAccess.administrator(directory, system.environment())) {
            Terminal terminal = new Terminal(system.environment(), System.out, System.err);
            return run(terminal, access.client());
        } catch (ApiException e) {
            throw new CommandFailure("the cluster answered: " + e.getMessage());
        }
    }

    private int run(Terminal terminal, ApiClient client) throws InterruptedException {
        Demo demo = new Demo(terminal, client, manifest());
        try {
            demo.run();
        } finally {
            if (!keep) {
                demo.remove();
            }
        }
        if (demo.failures() > 0) {
            terminal.print(demo.failures() + " of the demo's steps failed.");
            return 1;
        }
        terminal.print("Everything was as it should be.");
        return 0;
    }

    private static String manifest() {
        Path file = Path.of(System.getenv().getOrDefault("LONGSHORE_HOME", "."), "deploy/examples/hello.yaml");
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new CommandFailure("cannot read the example " + file + ": " + e.getMessage());
        }
    }
}
