package dev.longshore.apiserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Stock kubectl of several releases, if this machine has them; else the test that asks is skipped.
 *
 * @param directory holds the kubeconfig, named {@code config}, and kubectl's caches and output
 */
public record Kubectl(Path directory) {
    private static final int LIMIT_SECONDS = 30;
    private static final Path INSTALLED = Path.of("/usr/bin/kubectl");

    /** What a run gave; output is both streams. */
    public record Result(int exitCode, String output) {}

    /** Runs it and requires success. */
    public String ok(String version, String... arguments) throws Exception {
        Result result = run(version, arguments);
        assertThat(result.exitCode()).as(() -> String.join(" ", arguments) + "\n" + result.output()).isZero();
        return result.output();
    }

    public Result run(String version, String... arguments) throws Exception {
        return runWithInput(version, "", arguments);
    }

    public Result runWithInput(String version, String input, String... arguments) throws Exception {
        Path output = Files.createTempFile(directory, "kubectl", ".txt");
        Process process = start(version, output, arguments);
        try (var stdin = process.getOutputStream()) {
            stdin.write(input.getBytes(StandardCharsets.UTF_8));
        }
        assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        return new Result(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
    }

    public Process start(String version, Path output, String... arguments) throws IOException {
        assumeTrue(Files.exists(INSTALLED), "no kubectl on this machine");
        Path released = INSTALLED.toRealPath().resolveSibling("kubectl." + version);
        assumeTrue(Files.exists(released), "no kubectl " + version + " on this machine");
        List<String> command = new ArrayList<>(List.of(released.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().put("KUBECONFIG", directory.resolve("config").toString());
        builder.environment().put("HOME", directory.toString());
        builder.environment().put("EDITOR", "true");
        return builder.start();
    }
}
