package dev.longshore.cli;

import dev.longshore.apiserver.pki.ClusterCertificates;
import dev.longshore.common.lifecycle.Component;
import dev.longshore.common.time.SystemEnvironment;
import dev.longshore.common.time.Waiting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The process that {@code up} starts: a whole cluster. Users have no reason to call it. */
@Command(name = "all-in-one", hidden = true, mixinStandardHelpOptions = true, description = "The process that 'up' starts.")
final class AllInOneCommand implements Callable<Integer> {
    private static final System.Logger LOG = System.getLogger(AllInOneCommand.class.getName());
    private static final Duration STEP = Duration.ofMillis(20);

    @Mixin
    private DataDirectoryOption dataDirectory;

    @Mixin
    private LogOption log;

    /** What {@code up} executes. */
    static List<String> commandLine(DataDirectory directory) {
        List<String> command = new ArrayList<>(List.of(ProcessHandle.current().info().command().orElse("java")));
        command.addAll(JvmFlags.allInOne(directory));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName(), "all-in-one",
                "--data-dir", directory.root().toString()));
        return command;
    }

    @Override
    public Integer call() throws Exception {
        log.apply();
        DataDirectory directory = dataDirectory.existing();
        SystemEnvironment system = new SystemEnvironment();
        try {
            run(directory, system);
            return 0;
        } catch (Exception e) {
            LOG.log(System.Logger.Level.ERROR, "the cluster did not start", e);
            progress(directory, Startup.FAILED + (e.getMessage() == null ? e.toString() : e.getMessage()));
            throw e;
        } finally {
            system.close();
        }
    }

    private static void run(DataDirectory directory, SystemEnvironment system) throws Exception {
        long begun = system.environment().clock().nanos();
        Settings settings = Settings.load(directory.settings());
        if (settings.store().equals("etcd")) {
            progress(directory, "starting etcd");
            ClusterCertificates certificates = ClusterCertificates.ensure(directory.pki(),
                    LocalCluster.ALWAYS_SERVED_NAMES, system.environment().clock());
            new EtcdProcess(directory, settings).ensure(
                    new Terminal(system.environment(), System.out, System.err), certificates);
        }
        progress(directory, "starting the API server");
        LocalCluster cluster = new LocalCluster(directory, settings, system.environment(), ComponentProcess.faults());
        // The others take the API server's in-process client when they are made, so it has to serve by then.
        ComponentProcess.run(() -> List.of(cluster.server()), () -> rest(cluster, directory, system, begun));
    }

    private static List<Component> rest(LocalCluster cluster, DataDirectory directory, SystemEnvironment system,
            long begun) throws Exception {
        progress(directory, "starting containerd and the node");
        Node node = cluster.node();
        List<Component> components = new ArrayList<>(cluster.others());
        components.addAll(node.components());
        components.add(new ReadyNotice(node, directory, system, begun));
        return components;
    }

    /** Writes into the progress file when the node is ready. */
    private record ReadyNotice(Node node, DataDirectory directory, SystemEnvironment system, long begun)
            implements
                Component {
        @Override
        public String name() {
            return "ready-notice";
        }

        @Override
        public void start() throws IOException {
            progress(directory, "waiting until the node is Ready");
            system.environment().tasks().execute(() -> {
                try {
                    new Waiting(system.environment(), STEP).until(node::ready, UpCommand.READY_LIMIT);
                    double seconds = (system.environment().clock().nanos() - begun) / 1e9;
                    progress(directory, String.format(Locale.ROOT, "%s %.1f", Startup.READY, seconds));
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt(); // The process ends.
                } catch (IOException e) {
                    LOG.log(System.Logger.Level.WARNING, "cannot write " + directory.progressFile(), e);
                }
            });
        }

        @Override
        public void beginStop() {
            // Its task ends with the process.
        }

        @Override
        public boolean awaitStopped(Duration limit) {
            return true;
        }
    }

    private static void progress(DataDirectory directory, String stage) throws IOException {
        Path fresh = directory.progressFile().resolveSibling("longshore.progress.new");
        Files.writeString(fresh, stage + "\n");
        Files.move(fresh, directory.progressFile(), StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }
}
