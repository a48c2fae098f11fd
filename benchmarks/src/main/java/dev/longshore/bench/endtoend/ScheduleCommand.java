package dev.longshore.bench.endtoend;

import dev.longshore.bench.Report;
import dev.longshore.bench.Result;
import dev.longshore.common.time.SystemEnvironment;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** From create to bound, through processes and etcd. */
@Command(name = "schedule", mixinStandardHelpOptions = true, description = {
        "Pods from create to bound, as a client's watch sees it: etcd, an API server and a scheduler",
        "as processes on this machine, and nodes that exist as objects only. Needs the program etcd."})
public final class ScheduleCommand implements Callable<Integer> {
    @Option(names = "--nodes", defaultValue = "5000", paramLabel = "N", description = "Nodes (default: 5000).")
    private int nodes;

    @Option(names = "--pods", defaultValue = "50000", paramLabel = "N", description = "Pods that are measured (default: 50000).")
    private int pods;

    @Option(names = "--warm-up", defaultValue = "2000", paramLabel = "N", description = "Pods before them that are not (default: 2000).")
    private int warmUp;

    @Option(names = "--clients", defaultValue = "32", paramLabel = "N", description = "Requests at the same time (default: 32).")
    private int clients;

    @Option(names = "--store", defaultValue = "etcd", paramLabel = "etcd", description = "Where the state lies: etcd, started for the run.")
    private String store;

    @Option(names = "--shape", defaultValue = "equal", paramLabel = "SHAPE", description = "What the pods ask for: equal, spread (over zones, required) or anti-affinity (by hostname, required; as many nodes as pods are needed). Default: equal.")
    private String shape;

    @Option(names = "--grpc", description = "Creates by gRPC, many in a call, instead of JSON over HTTP.")
    private boolean grpc;

    @Option(names = "--batch", defaultValue = "100", paramLabel = "N", description = "Pods in one call of --grpc (default: 100).")
    private int batch;

    @Option(names = "--profile", paramLabel = "PREFIX", description = "Has the flight recorder write PREFIX-apiserver.jfr and PREFIX-scheduler.jfr.")
    private Path profile;

    @Mixin
    private Report report;

    @Mixin
    private OptionChecks checks;

    @Override
    public Integer call() throws Exception {
        if (!store.equals("etcd")) {
            throw checks.wrong("--store: '" + store + "' cannot be measured, only etcd");
        }
        checks.requireAtLeast("--nodes", nodes, 1);
        checks.requireAtLeast("--pods", pods, 1);
        checks.requireAtLeast("--warm-up", warmUp, 0);
        checks.requireAtLeast("--clients", clients, 1);
        checks.requireAtLeast("--batch", batch, 1);
        Shape chosen = shape();
        if (chosen == Shape.ANTI_AFFINITY && pods + warmUp > nodes) {
            throw checks.wrong("--shape anti-affinity puts each pod on a node of its own: " + (pods + warmUp)
                    + " pods, measured and before, need as many nodes, not " + nodes);
        }
        try (SystemEnvironment system = new SystemEnvironment()) {
            List<Result> results = new EndToEnd(system.environment(),
                    new EndToEnd.Plan(nodes, pods, warmUp, clients, chosen,
                            grpc ? Optional.of(batch) : Optional.empty(), Optional.ofNullable(profile)))
                    .run();
            report.show(results);
        }
        return 0;
    }

    private Shape shape() {
        return switch (shape) {
            case "equal" -> Shape.EQUAL;
            case "spread" -> Shape.SPREAD;
            case "anti-affinity" -> Shape.ANTI_AFFINITY;
            default -> throw checks.wrong("--shape: '" + shape.toLowerCase(Locale.ROOT)
                    + "' is none of equal, spread, anti-affinity");
        };
    }
}
