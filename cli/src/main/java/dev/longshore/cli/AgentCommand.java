package dev.longshore.cli;

import dev.longshore.agent.AgentPurge;
import dev.longshore.agent.NodeNetwork;
import dev.longshore.agent.network.NetworkConfig;
import dev.longshore.common.files.FileTree;
import dev.longshore.common.lifecycle.Component;
import dev.longshore.common.metrics.Metrics;
import dev.longshore.common.time.Environment;
import dev.longshore.common.time.SystemEnvironment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs an agent alone: makes this machine a node. */
@Command(name = "agent", mixinStandardHelpOptions = true, description = {"Runs an agent: makes this machine a node.",
        "",
        "Its certificate is node-NAME.crt in --pki-dir. Ending the agent leaves its pods running; --purge, without a",
        "running agent, ends them and removes everything of the node from this machine."})
final class AgentCommand implements Callable<Integer> {
    /** Either a node runs, or what it left is removed. */
    static final class Mode {
        @ArgGroup(exclusive = false)
        private Running running;

        @Option(names = "--purge", required = true, description = "Remove everything that an agent left in --data-dir and on this machine.")
        private boolean purge;
    }

    /** What a running agent is told. */
    static final class Running extends ClientOptions {
        @Option(names = "--node-name", required = true, paramLabel = "NAME", description = "Name of the node.")
        private String nodeName;
    }

    @ArgGroup(multiplicity = "1")
    private Mode mode;

    @Option(names = "--data-dir", required = true, paramLabel = "D", description = "Where the node keeps its things.")
    private Path dataDirectory;

    @Option(names = "--address", paramLabel = "IP", description = "Address at which other nodes reach this one (default: this machine's).")
    private String address;

    @Mixin
    private LogOption log;

    @Override
    public Integer call() throws Exception {
        log.apply();
        if (!"root".equals(System.getProperty("user.name"))) {
            throw new CommandFailure("agent needs root, because it runs containers");
        }
        try (SystemEnvironment system = new SystemEnvironment()) {
            if (mode.purge) {
                purge(system.environment());
            } else {
                run(mode.running, system.environment());
            }
        }
        return 0;
    }

    private void run(Running running, Environment environment) throws Exception {
        new Packages(new Terminal(environment, System.out, System.err)).ensure(false);
        String own = address != null ? address : Addresses.ofThisMachine();
        Metrics metrics = new Metrics();
        metrics.bindProcess();
        try (ClusterAccess access = running.open("node-" + running.nodeName, environment)) {
            Node node = new Node(NodePlaces.of(running.nodeName, own, dataDirectory.toAbsolutePath()), access.client(),
                    access.tunnels(), environment, ComponentProcess.faults(), metrics.registry());
            List<Component> components = new ArrayList<>();
            components.add(running.metrics(metrics, node::ready, environment));
            components.addAll(node.components());
            ComponentProcess.run(() -> components);
        }
    }

    private void purge(Environment environment) throws Exception {
        NodePlaces places = NodePlaces.of("this-node", "127.0.0.1", dataDirectory.toAbsolutePath());
        new AgentPurge(places.agent(), environment.tasks()).purge();
        NodeNetwork.cleanup(places.network(), environment);
        NetworkConfig network = places.network().network();
        for (Path directory : List.of(network.cniDirectory(), network.ipamDirectory())) {
            FileTree.delete(directory);
        }
        System.out.println("removed the node's pods, network and files under " + dataDirectory);
    }
}
