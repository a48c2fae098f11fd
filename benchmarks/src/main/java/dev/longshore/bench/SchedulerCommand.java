package dev.longshore.bench;

import dev.longshore.common.time.SystemEnvironment;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Decisions without a store. */
@Command(name = "scheduler", mixinStandardHelpOptions = true, description = "Decisions of the scheduler, without a store.")
final class SchedulerCommand implements Callable<Integer> {
    @Option(names = "--only", defaultValue = "", paramLabel = "TEXT", description = "Only scenarios whose name contains TEXT.")
    private String only;

    @Option(names = "--quick", description = "One round with a tenth of the pods: shows that it runs, and no more.")
    private boolean quick;

    @Mixin
    private Report report;

    @Override
    public Integer call() throws IOException {
        try (SystemEnvironment system = new SystemEnvironment()) {
            report.show(new SchedulerBenchmark(system.environment().clock(), quick).run(only));
        }
        return 0;
    }
}
