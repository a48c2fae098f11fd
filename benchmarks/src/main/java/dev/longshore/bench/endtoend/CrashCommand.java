package dev.longshore.bench.endtoend;

import dev.longshore.bench.Report;
import dev.longshore.common.time.SystemEnvironment;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a scheduler that dies or stalls leaves behind. */
@Command(name = "crash", mixinStandardHelpOptions = true, description = {
        "Kills the scheduler at random while pods are placed, starts it again, and looks whether each pod",
        "was bound once and no node has more than it takes; then two schedulers, of which the leader is stopped",
        "for longer than its lease and goes on. Needs the program etcd."})
public final class CrashCommand implements Callable<Integer> {
    @Option(names = "--runs", defaultValue = "100", paramLabel = "N", description = "Kills (default: 100).")
    private int runs;

    @Option(names = "--stalls", defaultValue = "3", paramLabel = "N", description = "Leaders that are stopped and go on (default: 3).")
    private int stalls;

    @Option(names = "--pods", defaultValue = "5000", paramLabel = "N", description = "Pods of a run (default: 5000).")
    private int pods;

    @Option(names = "--stored", defaultValue = "50000", paramLabel = "N", description = "Pods that are stored when the last restart is timed; 0 leaves it out (default: 50000).")
    private int stored;

    @Mixin
    private Report report;

    @Mixin
    private OptionChecks checks;

    @Override
    public Integer call() throws Exception {
        checks.requireAtLeast("--runs", runs, 0);
        checks.requireAtLeast("--stalls", stalls, 0);
        checks.requireAtLeast("--pods", pods, Crashes.PODS_ON_NODE);
        checks.requireAtLeast("--stored", stored, 0);
        try (SystemEnvironment system = new SystemEnvironment()) {
            Crashes crashes = new Crashes(system.environment(), new Crashes.Plan(runs, stalls, pods, stored));
            report.show(crashes.run());
            crashes.violations().forEach(System.err::println);
            return crashes.violations().isEmpty() ? 0 : 1;
        }
    }
}
