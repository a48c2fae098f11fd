package dev.longshore.cli;

import dev.longshore.common.time.SystemEnvironment;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Stops what {@code up} started. */
@Command(name = "down", mixinStandardHelpOptions = true, description = {
        "Stops the cluster on this machine: its pods, its processes, its network rules.",
        "The data stays, and 'up' brings the cluster back; with --purge the data goes too."})
final class DownCommand implements Callable<Integer> {
    @Mixin
    private DataDirectoryOption dataDirectory;

    @Option(names = "--purge", description = "Delete the data as well: every object, container, image and certificate.")
    private boolean purge;

    @Override
    public Integer call() throws Exception {
        DataDirectory directory = dataDirectory.get();
        if (!directory.exists()) {
            System.out.println("Longshore is not running: there is no cluster in " + directory.root() + ".");
            return 0;
        }
        if (!"root".equals(System.getProperty("user.name"))) {
            throw new CommandFailure("down needs root, as up did; try: sudo ./longshore down");
        }
        try (SystemEnvironment system = new SystemEnvironment()) {
            Terminal terminal = new Terminal(system.environment(), System.out, System.err);
            new Shutdown(terminal, directory).run(purge);
        }
        return 0;
    }
}
