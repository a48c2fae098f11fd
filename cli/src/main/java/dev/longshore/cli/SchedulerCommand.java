package dev.longshore.cli;

import dev.longshore.client.leader.LeaderElector;
import dev.longshore.common.lifecycle.FaultHandler;
import dev.longshore.common.loop.ThreadLoop;
import dev.longshore.common.metrics.Metrics;
import dev.longshore.common.time.Environment;
import dev.longshore.common.time.SystemEnvironment;
import dev.longshore.scheduler.Scheduler;
import dev.longshore.scheduler.SchedulerConfig;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Runs a scheduler alone. */
@Command(name = "scheduler", mixinStandardHelpOptions = true, description = {
        "Runs a scheduler. Of several, one leads at a time.", "", "Its certificate is scheduler.crt in --pki-dir."})
final class SchedulerCommand implements Callable<Integer> {
    @Mixin
    private ClientOptions options;

    @Mixin
    private LogOption log;

    @Override
    public Integer call() throws Exception {
        log.apply();
        FaultHandler faults = ComponentProcess.faults();
        try (SystemEnvironment system = new SystemEnvironment();
                ClusterAccess access = options.open("scheduler", system.environment())) {
            Environment environment = system.environment();
            Metrics metrics = new Metrics();
            metrics.bindProcess();
            ThreadLoop loop = new ThreadLoop("scheduler", Scheduler.LOOP_QUEUE_LIMIT, environment.timers(), faults);
            Scheduler scheduler = new Scheduler(SchedulerConfig.CANDIDATE, access.client(), loop, environment,
                    metrics.registry(), faults);
            LeaderElector elector = new LeaderElector(Elections.scheduler(environment), access.client(),
                    environment, scheduler.leadership());
            ComponentProcess.run(
                    () -> List.of(options.metrics(metrics, scheduler::ready, environment), loop, scheduler, elector));
        }
        return 0;
    }
}
