package dev.longshore.sim;

import dev.longshore.apiserver.auth.User;
import dev.longshore.apiserver.inprocess.LocalApiClient;
import dev.longshore.apiserver.registry.Bootstrap;
import dev.longshore.apiserver.registry.StoreRegistry;
import dev.longshore.apiserver.resources.ClusterConfig;
import dev.longshore.apiserver.store.InMemoryStore;
import dev.longshore.client.ApiClient;
import dev.longshore.common.time.Environment;
import dev.longshore.controllers.ControllerConfig;
import dev.longshore.controllers.ControllerManager;
import dev.longshore.controllers.Election;
import dev.longshore.scheduler.Scheduler;
import dev.longshore.scheduler.SchedulerConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The components of a simulated cluster as processes that crash and come back. */
final class SimCluster {
    private static final ClusterConfig CONFIG = ClusterConfig.standard();

    private final SimQueue queue;
    private final SimLog log;
    private final SimFailures failures;
    private final Faults faults;
    private final SimOptions options;
    private final SimRandom random;
    private final long seed;
    private final ApiClient api;
    private final List<SimNode> nodes = new ArrayList<>();
    private final Map<String, SimProcess> processes = new HashMap<>();
    private final Map<String, SimAgent> agents = new HashMap<>();
    private int boots;

    SimCluster(long seed, SimQueue queue, SimLog log, SimFailures failures, Faults faults, SimOptions options) {
        this.seed = seed;
        this.queue = queue;
        this.log = log;
        this.failures = failures;
        this.faults = faults;
        this.options = options;
        this.random = new SimRandom(seed, "cluster");
        SimProcess server = process("apiserver", () -> {
        });
        InMemoryStore store = new InMemoryStore(server.environment());
        StoreRegistry registry = new StoreRegistry(store, CONFIG, inline(server.environment()));
        this.api = new LocalApiClient(registry,
                new User("system:admin", "", List.of("system:masters", "system:authenticated")));
        new Bootstrap(api).run(CONFIG.apiServiceAddress(), "192.168.0.1", 6443);
    }

    /** Watchers see a change before the write returns, so that the checks see changes of all kinds in their order. */
    private static Environment inline(Environment environment) {
        return new Environment(environment.clock(), environment.timers(), environment.randomness(), Runnable::run);
    }

    /** The API without faults. */
    ApiClient api() {
        return api;
    }

    void start(Scenario scenario) {
        boot("controller-manager", this::controllerManager);
        boot("scheduler", this::scheduler);
        for (int i = 0; i < scenario.nodes(); i++) {
            SimNode node = new SimNode(i, scenario.nodeCpuMillis());
            nodes.add(node);
            boot(node.name(), process -> agent(node, process));
        }
    }

    List<SimNode> nodes() {
        return nodes;
    }

    /** The agent of a node, unless it is down. */
    Optional<SimAgent> agent(SimNode node) {
        return Optional.ofNullable(agents.get(node.name())).filter(_ -> processes.get(node.name()).alive());
    }

    /** Takes a node off the net for a time; with {@code reboot}, its containers end. */
    void loseNode(SimNode node, Duration absence, boolean reboot) {
        if (processes.get(node.name()).alive()) {
            log.add(node.name() + " is lost for " + absence.toSeconds() + " s" + (reboot ? ", reboots" : ""));
            processes.get(node.name()).kill();
            queue.after(absence, () -> {
                if (reboot) {
                    node.reboot();
                }
                boot(node.name(), process -> agent(node, process));
            });
        }
    }

    private void boot(String name, Consumer<SimProcess> start) {
        log.add(name + " starts");
        SimProcess process = process(name + "-" + boots++, () -> {
            log.add(name + " crashed");
            queue.after(Duration.ofMillis(random.between(200, 4_000)), () -> boot(name, start));
        });
        processes.put(name, process);
        process.after(Duration.ZERO, () -> start.accept(process));
    }

    private SimProcess process(String name, Runnable onCrash) {
        return new SimProcess(name, queue, new SimRandom(seed, name), failures, onCrash);
    }

    private ApiClient faulty(SimProcess process) {
        return new FaultyApiClient(api, process, faults);
    }

    private void controllerManager(SimProcess process) {
        ControllerManager manager = new ControllerManager(ControllerConfig.defaults(""),
                options.controllers().apply(faulty(process)), process.environment(), new SimpleMeterRegistry(),
                Election.none());
        try {
            manager.start();
        } catch (SimProcess.Crashed e) {
            throw e;
        } catch (Exception e) {
            failures.thrown(process.name(), e);
        }
    }

    private void scheduler(SimProcess process) {
        new Scheduler(SchedulerConfig.ALONE, options.scheduler().apply(faulty(process)), process.loop(),
                process.environment(), new SimpleMeterRegistry(),
                (component, cause) -> failures.thrown(component, cause)).start();
    }

    private void agent(SimNode node, SimProcess process) {
        SimAgent agent = new SimAgent(node, faulty(process), process);
        agents.put(node.name(), agent);
        agent.start();
    }
}
