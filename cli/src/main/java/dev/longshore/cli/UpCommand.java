package dev.longshore.cli;

import dev.longshore.common.time.SystemEnvironment;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Starts a cluster on this machine and waits until it can be used. */
@Command(name = "up", mixinStandardHelpOptions = true, description = {"Starts a cluster on this machine.", "",
        "Installs what the machine lacks, starts the control plane and a node, and returns when the node is Ready.",
        "Run again, it says that the cluster runs, or starts it as it was after 'down', a crash or a reboot."})
final class UpCommand implements Callable<Integer> {
    static final Duration READY_LIMIT = Duration.ofSeconds(120);
    private static final int DEFAULT_PORT = 6443;

    @Mixin
    private DataDirectoryOption dataDirectory;

    @Option(names = "--store", paramLabel = "S", description = "Where the state lies: 'embedded' (default), 'etcd' (one is started here), or the URLs of an etcd, comma-separated.")
    private String store;

    @Option(names = "--port", paramLabel = "P", description = "Port of the Kubernetes API (default: 6443); gRPC listens on the next.")
    private Integer port;

    @Option(names = "--node-name", paramLabel = "NAME", description = "Name of this machine as a node (default: its host name).")
    private String nodeName;

    @Option(names = "--scheduler-config", paramLabel = "FILE", description = "Configures the scheduler: a KubeSchedulerConfiguration, YAML or JSON; '' for none (default: as before, first none).")
    private String schedulerConfig;

    @Option(names = "--nodes", paramLabel = "N", defaultValue = "1", description = "Nodes on this machine; this release runs one.")
    private int nodes;

    @Override
    public Integer call() throws Exception {
        try (SystemEnvironment system = new SystemEnvironment()) {
            Terminal terminal = new Terminal(system.environment(), System.out, System.err);
            return up(terminal, system.environment().clock().nanos());
        }
    }

    private int up(Terminal terminal, long begun) throws Exception {
        checkOptions();
        DataDirectory directory = dataDirectory.get();
        directory.open();
        BackgroundProcess process = new BackgroundProcess(directory.processFile());
        if (process.running().isPresent()) {
            Settings running = Settings.load(directory.settings());
            terminal.print("Longshore is already running (pid " + process.running().get().pid() + ", port "
                    + running.port() + ", data in " + directory.root() + ").");
            if (schedulerConfig != null) {
                terminal.print("--scheduler-config has no effect on it; run 'longshore down' and 'up' again.");
            }
            printHints(terminal, directory);
            return 0;
        }
        Settings settings = settings(directory);
        if (!settings.schedulerConfig().isEmpty()) {
            SchedulerFile.read(Path.of(settings.schedulerConfig())).warnings().forEach(
                    line -> terminal.say("  " + settings.schedulerConfig() + ": " + line));
        }
        MachineClaim.take(directory);
        new Packages(terminal).ensure(settings.store().equals("etcd"));
        checkPort(settings.port(), "--port");
        checkPort(settings.grpcPort(), "--port");
        if (settings.store().equals("etcd") && !new EtcdProcess(directory, settings).running()) {
            checkPort(settings.etcdPort(), "--port");
            checkPort(settings.etcdPort() + 1, "--port");
        }
        settings.save(directory.settings());
        Files.deleteIfExists(directory.progressFile());
        Process started = process.start(AllInOneCommand.commandLine(directory), Map.of(), directory.log());
        awaitReady(terminal, directory, started);
        double seconds = (terminal.environment().clock().nanos() - begun) / 1e9;
        terminal.print(String.format(Locale.ROOT, "Longshore is ready after %.1f s: node %s is Ready.", seconds,
                settings.nodeName()));
        printHints(terminal, directory);
        return 0;
    }

    private void checkOptions() {
        if (!"root".equals(System.getProperty("user.name"))) {
            throw new CommandFailure("up needs root, because it runs containers; try: sudo ./longshore up");
        }
        if (nodes != 1) {
            throw new CommandFailure(
                    "--nodes " + nodes + ": this release runs one node on a machine; deploy/compose shows two");
        }
        if (port != null && (port < 1 || port > 65534)) {
            throw new CommandFailure("--port " + port + " is not between 1 and 65534");
        }
    }

    private Settings settings(DataDirectory directory) {
        boolean before = Files.exists(directory.settings());
        Settings defaults = before
                ? Settings.load(directory.settings())
                : new Settings("embedded", DEFAULT_PORT, Addresses.hostName());
        if (before && store != null && !store.equals(defaults.store())) {
            throw new CommandFailure("the cluster in " + directory.root() + " keeps its state in '" + defaults.store()
                    + "', not in '" + store + "'; use another --data-dir, or 'longshore down --purge' first");
        }
        return new Settings(store != null ? checkedStore(store) : defaults.store(),
                port != null ? port : defaults.port(), nodeName != null ? nodeName : defaults.nodeName(),
                schedulerConfig != null ? absolute(schedulerConfig) : defaults.schedulerConfig());
    }

    /** The cluster's process runs elsewhere. */
    private static String absolute(String file) {
        return file.isEmpty() ? "" : Path.of(file).toAbsolutePath().normalize().toString();
    }

    private static String checkedStore(String store) {
        if (store.equals("embedded") || store.equals("etcd") || store.matches("https?://[^,]+(,https?://[^,]+)*")) {
            return store;
        }
        throw new CommandFailure("--store " + store
                + " is none of: embedded, etcd, or URLs such as http://10.0.0.1:2379,http://10.0.0.2:2379");
    }

    private static void checkPort(int port, String option) {
        try (ServerSocket socket = new ServerSocket()) {
            // Connections of an earlier run that linger in TIME_WAIT hold no port.
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.ofLiteral("0.0.0.0"), port));
        } catch (IOException e) {
            throw new CommandFailure("port " + port + " is in use by another program; choose another with " + option);
        }
    }

    private static void awaitReady(Terminal terminal, DataDirectory directory, Process process)
            throws InterruptedException {
        long begun = terminal.environment().clock().nanos();
        while (true) {
            // First the process, then the file: it may write its last stage before it ends, but not after.
            boolean alive = process.isAlive();
            String stage = stage(directory);
            Duration waited = Duration.ofNanos(terminal.environment().clock().nanos() - begun);
            switch (Startup.of(new Startup.Seen(stage, alive, waited), READY_LIMIT)) {
                case Startup.Ready() -> {
                    return;
                }
                case Startup.Failed(String message) ->
                    throw new CommandFailure(message + " (log: " + directory.log() + ")");
                case Startup.Starting(String shown) -> {
                    if (!terminal.waiting().until(() -> !stage(directory).equals(stage) || !process.isAlive(),
                            Terminal.PROGRESS_EVERY)) {
                        terminal.say("  " + shown + " ...");
                    }
                }
            }
        }
    }

    private static String stage(DataDirectory directory) {
        return DataDirectory.readIfPresent(directory.progressFile()).strip();
    }

    private static void printHints(Terminal terminal, DataDirectory directory) {
        List<String> lines = new ArrayList<>();
        boolean standard = directory.root().equals(Path.of("/var/lib/longshore"));
        String option = standard ? "" : " --data-dir " + directory.root();
        lines.add("");
        lines.add("  export KUBECONFIG=" + directory.kubeconfig());
        lines.add("");
        lines.add("Three things to try:");
        lines.add("  kubectl get nodes -o wide");
        lines.add("  ./longshore demo" + option
                + "            # deploys an example and shows it serve, heal, roll and scale");
        lines.add("  kubectl apply -f deploy/examples/hello.yaml && kubectl get pods -w");
        lines.forEach(terminal::print);
    }
}
