package dev.longshore.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;

/**
 * One kubectl, used in one namespace.
 *
 * @param program its path
 */
record Kubectl(String program, String namespace, Shell shell) {
    private static final Duration LIMIT = Duration.ofMinutes(3);

    Shell.Result run(String... arguments) {
        return execute("", arguments).succeeded();
    }

    Shell.Result withInput(String input, String... arguments) {
        return execute(input, arguments).succeeded();
    }

    Shell.Result fails(int exitCode, String... arguments) {
        Shell.Result result = execute("", arguments);
        assertThat(result.exitCode()).as(result.all()).isEqualTo(exitCode);
        return result;
    }

    /** Repeats a command until its output is {@code expected}. */
    void eventually(String expected, String... arguments) {
        Awaitility.await().atMost(LIMIT).pollInterval(Duration.ofMillis(300))
                .untilAsserted(() -> assertThat(run(arguments).out()).isEqualTo(expected));
    }

    private Shell.Result execute(String input, String... arguments) {
        List<String> command = new ArrayList<>(List.of(program, "-n", namespace));
        command.addAll(List.of(arguments));
        return shell.run(LIMIT, input, command);
    }
}
