package dev.longshore.cli;

import dev.longshore.common.time.Waiting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A process that outlives the command that starts it. Its pid and start time lie in a file, so that a later command
 * finds exactly this process and never another one that got the same pid.
 *
 * @param file where pid and start time are kept
 */
record BackgroundProcess(Path file) {
    /** The running process; empty if it has ended or never started. */
    Optional<ProcessHandle> running() {
        String[] parts = DataDirectory.readIfPresent(file).strip().split(" ");
        if (parts.length != 2) {
            return Optional.empty();
        }
        return ProcessHandle.of(Long.parseLong(parts[0]))
                .filter(handle -> handle.isAlive() && ProcessIdentity.startTime(handle.pid()).equals(parts[1]));
    }

    /** Starts a command in a session of its own, with its output appended to {@code log}. */
    Process start(List<String> command, Map<String, String> environment, Path log) {
        List<String> detached = new ArrayList<>(List.of("setsid"));
        detached.addAll(command);
        try {
            ProcessBuilder builder = new ProcessBuilder(detached).redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
            builder.environment().putAll(environment);
            Process process = builder.start();
            Path fresh = file.resolveSibling(file.getFileName() + ".new");
            Files.writeString(fresh, process.pid() + " " + ProcessIdentity.startTime(process.pid()) + "\n");
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
            return process;
        } catch (IOException e) {
            throw new CommandFailure("cannot start " + command.getFirst() + ": " + e.getMessage());
        }
    }

    /** Asks the process to end and, after the limit, kills it; false if it had to be killed. */
    boolean stop(Duration limit, Waiting waiting) throws InterruptedException {
        Optional<ProcessHandle> handle = running();
        if (handle.isEmpty()) {
            return true;
        }
        handle.get().destroy();
        if (waiting.until(() -> !handle.get().isAlive(), limit)) {
            return true;
        }
        handle.get().destroyForcibly();
        waiting.until(() -> !handle.get().isAlive(), limit);
        return false;
    }
}
