package dev.longshore.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every command of the README is run by a test: here, or by the one that {@link #ELSEWHERE} names. */
@Tag("cluster")
@ExtendWith(SharedCluster.class)
class ReadmeTest {
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final String EXAMPLE = "deploy/examples/hello.yaml";

    private static final Map<String, String> ELSEWHERE = Map.of(
            "./longshore up", "UpAndDownTest",
            "./longshore test", "the command that runs these tests",
            "./longshore demo", "DemoTest",
            "./longshore down", "UpAndDownTest",
            "export KUBECONFIG=$(./longshore kubeconfig)", "UpAndDownTest; here KUBECONFIG is set already");

    private final List<String> commands = DocumentedCommands.of("README.md").under("Two commands").lines()
            .map(line -> line.replaceFirst("\\s+#.*$", "").strip()).filter(line -> !line.isEmpty()).toList();

    /** The example lies in the default namespace and has a fixed node port, as the demo's has. */
    @BeforeEach
    @AfterEach
    void removeTheExample(TestCluster cluster) {
        cluster.kubectl("delete", "-f", EXAMPLE, "--ignore-not-found").succeeded();
    }

    @Test
    void theCommandsDoWhatTheReadmeSays(TestCluster cluster) {
        List<String> here = commands.stream().filter(command -> !ELSEWHERE.containsKey(command)).toList();
        assertThat(here).isNotEmpty().allMatch(command -> command.startsWith("kubectl "), "is run by no test");
        assertThat(commands).as("the commands that other tests run").containsAll(ELSEWHERE.keySet());

        StringBuilder output = new StringBuilder();
        for (String command : here) {
            output.append(cluster.shell().run(LIMIT, "", List.of("bash", "-ec", command)).succeeded().out());
        }
        assertThat(output).contains("Ready", "deployment.apps/hello created", "successfully rolled out",
                "service/hello");
    }
}
