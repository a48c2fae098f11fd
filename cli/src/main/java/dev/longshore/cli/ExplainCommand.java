package dev.longshore.cli;

import dev.longshore.api.ApiException;
import dev.longshore.common.time.SystemEnvironment;
import dev.longshore.grpc.v1.ExplainRequest;
import dev.longshore.grpc.v1.ExplainResponse;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says why a pod has no node, and what would give it one. */
@Command(name = "explain", mixinStandardHelpOptions = true, description = {
        "Says why a pod waits for a node, and what would place it.", "",
        "It shows what each rule says of each node, and the smallest single changes that would place the pod, each",
        "tried by the scheduler's own rules on a copy of the cluster.", "",
        "  longshore explain pod web-5d9f7-x2x7p -n shop", "",
        "The exit code is 0 when there is an answer, whatever it is; 1 when the pod is not there or does not wait."})
final class ExplainCommand implements Callable<Integer> {
    private static final Set<String> KINDS = Set.of("pod", "pods", "po");

    @Spec
    private CommandSpec spec;

    @Parameters(arity = "1..2", paramLabel = "pod NAME", description = "The pod; 'pod/NAME' is understood as well.")
    private List<String> words;

    @Option(names = {"-n",
            "--namespace"}, defaultValue = "default", paramLabel = "NS", description = "Its namespace (default: default).")
    private String namespace;

    @Mixin
    private OutputOption output;

    @Mixin
    private ClusterOption cluster;

    @Override
    public Integer call() {
        ExplainRequest request = ExplainRequest.newBuilder().setNamespace(namespace).setPod(pod()).build();
        try (SystemEnvironment system = new SystemEnvironment();
                ClusterAccess access = cluster.open(system.environment())) {
            ExplainResponse answer = access.insight().explain(request);
            output.print(answer.getTextList(), answer.toBuilder().clearText().build());
            return 0;
        } catch (ApiException e) {
            throw new CommandFailure(e.getMessage());
        }
    }

    private String pod() {
        List<String> parts = words.size() == 1 ? List.of(words.getFirst().split("/", -1)) : words;
        if (parts.size() != 2 || !KINDS.contains(parts.getFirst()) || parts.getLast().isEmpty()) {
            throw new ParameterException(spec.commandLine(),
                    "'" + String.join(" ", words) + "' is not understood; say: longshore explain pod NAME");
        }
        return parts.getLast();
    }
}
