package dev.longshore.cli;

import com.google.protobuf.Any;
import dev.longshore.api.ApiException;
import dev.longshore.common.time.SystemEnvironment;
import dev.longshore.grpc.v1.Placement;
import dev.longshore.grpc.v1.SimulateRequest;
import dev.longshore.grpc.v1.SimulateResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Says where pods would go. */
@Command(name = "simulate", mixinStandardHelpOptions = true, description = {
        "Says where pods would go, without touching the cluster.", "",
        "The pods are those of the objects in a file (Pod, Deployment, ReplicaSet, StatefulSet, Job), or those of a",
        "node if it left. Both together are one question.", "",
        "  longshore simulate -f web.yaml", "  longshore simulate --without-node worker-3", "",
        "The exit code is 0 when every pod finds a place, 3 when some would wait, 1 when there is no answer."})
final class SimulateCommand implements Callable<Integer> {
    /** Some pods would wait. */
    static final int SOME_WAIT = 3;

    @Spec
    private CommandSpec spec;

    @Option(names = {"-f",
            "--filename"}, paramLabel = "FILE", description = "YAML or JSON of objects that are not there yet; '-' reads standard input. May be given several times.")
    private List<Path> files = List.of();

    @Option(names = "--without-node", paramLabel = "NODE", description = "A node that is to be gone.")
    private String withoutNode = "";

    @Option(names = {"-n",
            "--namespace"}, defaultValue = "default", paramLabel = "NS", description = "The namespace of objects that name none (default: default).")
    private String namespace;

    @Mixin
    private OutputOption output;

    @Mixin
    private ClusterOption cluster;

    @Override
    public Integer call() {
        if (files.isEmpty() && withoutNode.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "give a file with -f, or a node with --without-node");
        }
        List<Any> objects = new ArrayList<>();
        files.forEach(file -> Manifests.read(file, namespace).forEach(object -> objects.add(Any.pack(object))));
        SimulateRequest request = SimulateRequest.newBuilder().addAllObjects(objects).setWithoutNode(withoutNode)
                .build();
        try (SystemEnvironment system = new SystemEnvironment();
                ClusterAccess access = cluster.open(system.environment())) {
            SimulateResponse answer = access.insight().simulate(request);
            output.print(answer.getTextList(), answer.toBuilder().clearText().build());
            return answer.getPlacementsList().stream().map(Placement::getNode).anyMatch(String::isEmpty)
                    ? SOME_WAIT
                    : 0;
        } catch (ApiException e) {
            throw new CommandFailure(e.getMessage());
        }
    }
}
