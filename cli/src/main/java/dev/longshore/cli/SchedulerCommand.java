package dev.longshore.cli;

import dev.longshore.client.leader.LeaderElector;
import dev.longshore.common.lifecycle.Component;
import dev.longshore.common.lifecycle.FaultHandler;
import dev.longshore.common.loop.ThreadLoop;
import dev.longshore.common.metrics.Metrics;
import dev.longshore.common.time.Environment;
import dev.longshore.common.time.SystemEnvironment;
import dev.longshore.scheduler.Scheduler;
import dev.longshore.scheduler.SchedulerConfig;
import dev.longshore.scheduler.config.KubeSchedulerConfiguration;
import dev.longshore.scheduler.config.LeaderElection;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs a scheduler alone. */
@Command(name = "scheduler", mixinStandardHelpOptions = true, description = {
        "Runs a scheduler. Of several, one leads at a time.", "", "Its certificate is scheduler.crt in --pki-dir."})
final class SchedulerCommand implements Callable<Integer> {
    private static final System.Logger LOG = System.getLogger(SchedulerCommand.class.getName());

    @Mixin
    private ClientOptions options;

    @Option(names = "--config", defaultValue = "", paramLabel = "FILE", description = "Profiles, plug-ins, back-off and election: a KubeSchedulerConfiguration (kubescheduler.config.k8s.io/v1), YAML or JSON.")
    private String config;

    @Mixin
    private RecordOption record;

    @Mixin
    private LogOption log;

    @Override
    public Integer call() throws Exception {
        log.apply();
        KubeSchedulerConfiguration configuration = SchedulerFile.readLogged(config, LOG);
        FaultHandler faults = ComponentProcess.faults();
        try (SystemEnvironment system = new SystemEnvironment();
                ClusterAccess access = options.open("scheduler", system.environment())) {
            Environment environment = system.environment();
            Metrics metrics = new Metrics();
            metrics.bindProcess();
            ThreadLoop loop = new ThreadLoop("scheduler", Scheduler.LOOP_QUEUE_LIMIT, environment.timers(), faults);
            LeaderElection election = configuration.leaderElection();
            Scheduler scheduler = new Scheduler(SchedulerConfig.of(configuration, !election.elect()), access.client(),
                    loop, environment, metrics.registry(), faults);
            List<Component> components = new ArrayList<>(
                    List.of(options.metrics(metrics, scheduler::ready, environment)));
            components.addAll(record.of(scheduler, SchedulerFile.text(config), environment, faults));
            components.addAll(List.of(loop, scheduler));
            if (election.elect()) {
                components.add(new LeaderElector(Elections.scheduler(election, environment), access.client(),
                        environment, scheduler.leadership()));
            }
            ComponentProcess.run(() -> components);
        }
        return 0;
    }
}
