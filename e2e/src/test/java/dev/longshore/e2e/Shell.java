package dev.longshore.e2e;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Runs programs as a user would, and keeps what they said. */
final class Shell {
    static final Path ROOT = Path.of(System.getProperty("longshore.root", "..")).toAbsolutePath().normalize();
    private static final Duration LIMIT = Duration.ofMinutes(4);

    private final Map<String, String> environment;

    Shell(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /** What a program did. */
    record Result(List<String> command, int exitCode, String out, String err) {
        /** Both outputs, for messages of assertions. */
        String all() {
            return String.join(" ", command) + "\nexit code " + exitCode + "\n" + out + err;
        }

        Result succeeded() {
            if (exitCode != 0) {
                throw new AssertionError(all());
            }
            return this;
        }
    }

    Result run(String... command) {
        return runWithInput("", command);
    }

    Result runWithInput(String input, String... command) {
        return run(LIMIT, input, List.of(command));
    }

    /** Runs in the project's directory. A program that takes longer than the limit is killed and fails the test. */
    Result run(Duration limit, String input, List<String> command) {
        try {
            ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(command)).directory(ROOT.toFile());
            builder.environment().putAll(environment);
            Process process = builder.start();
            CompletableFuture<String> out = read(process.getInputStream());
            CompletableFuture<String> err = read(process.getErrorStream());
            try (var stdin = process.getOutputStream()) {
                stdin.write(input.getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                // The program ended without reading its input; its exit code tells what became of it.
            }
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
                throw new AssertionError(String.join(" ", command) + " did not end within " + limit + "\n"
                        + out.getNow("") + err.getNow(""));
            }
            return new Result(List.copyOf(command), process.exitValue(), out.join(), err.join());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static CompletableFuture<String> read(InputStream stream) {
        CompletableFuture<String> text = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try (stream) {
                text.complete(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
            } catch (IOException e) {
                text.complete("(output ended: " + e + ")");
            }
        });
        return text;
    }
}
