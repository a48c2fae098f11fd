package dev.longshore.agent.network;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * Runs the machine's network commands ({@code ip}, {@code nft}, {@code iptables}) and waits for them.
 *
 * <p>A prefix such as {@code ip netns exec node-2} makes them act on another network namespace than the process's own.
 */
public final class Commands {
    /** More than any command here takes, 5,000 Services included. */
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final List<String> prefix;
    private final Executor tasks;

    /** @param tasks runs the reader of the error output */
    public Commands(List<String> prefix, Executor tasks) {
        this.prefix = List.copyOf(prefix);
        this.tasks = tasks;
    }

    /** What a command left behind; {@code error} is for people alone. */
    public record Result(int exitCode, String output, String error) {
        public boolean succeeded() {
            return exitCode == 0;
        }
    }

    /**
     * Runs a command with this text on its standard input.
     *
     * @throws IOException when it cannot be started, or does not end within 60 s
     */
    public Result run(List<String> command, String input) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(prefix);
        line.addAll(command);
        Process process = new ProcessBuilder(line).start();
        try {
            CompletableFuture<String> error = read(process.getErrorStream());
            CompletableFuture<String> output = read(process.getInputStream());
            feed(process, input);
            if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                throw new IOException(command.getFirst() + " did not end within " + LIMIT.toSeconds() + " s");
            }
            return new Result(process.exitValue(), output.join(), error.join());
        } finally {
            process.destroyForcibly();
        }
    }

    private static void feed(Process process, String input) {
        try (OutputStream stdin = process.getOutputStream()) {
            stdin.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // It ended without reading on; its exit code says why.
            return;
        }
    }

    private CompletableFuture<String> read(InputStream stream) {
        return CompletableFuture.supplyAsync(() -> {
            try (stream) {
                return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                return "";
            }
        }, tasks);
    }
}
