package dev.longshore.agent.pods;

import dev.longshore.agent.runtime.ContainerView;
import dev.longshore.api.core.v1.Container;
import dev.longshore.api.core.v1.Pod;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a container that ended has to say: the end of its message file, or of its log (Kubernetes API, termination
 * message).
 */
final class LastWords {
    private static final int MESSAGE_LIMIT_BYTES = 4096;
    private static final int LOG_LIMIT_BYTES = 2048;
    private static final int LOG_LIMIT_LINES = 80;
    private static final int LOG_FIELDS = 4;

    private LastWords() {
    }

    static ContainerView add(Pod pod, ContainerView view, PodFiles files) {
        Container container = PodSpecs.container(pod, view.name()).orElse(Container.getDefaultInstance());
        String text = tail(files.terminationMessage(pod, view.name(), view.attempt()), MESSAGE_LIMIT_BYTES);
        boolean fallback = container.getTerminationMessagePolicy().equals("FallbackToLogsOnError");
        if (text.isEmpty() && fallback && view.exitCode() != 0 && !view.logPath().isEmpty()) {
            text = log(tail(Path.of(view.logPath()), 4 * LOG_LIMIT_BYTES));
        }
        return text.isEmpty()
                ? view
                : new ContainerView(view.id(), view.sandboxId(), view.podUid(), view.name(),
                        view.attempt(), view.state(), view.createdAt(), view.startedAt(), view.finishedAt(),
                        view.exitCode(),
                        view.reason(), text, view.image(), view.imageId(), view.logPath());
    }

    private static String log(String raw) {
        List<String> lines = Arrays.stream(raw.split("\n")).map(line -> line.split(" ", LOG_FIELDS))
                .filter(words -> words.length == LOG_FIELDS).map(words -> words[LOG_FIELDS - 1]).toList();
        String text = lines.stream().skip(Math.max(0, lines.size() - LOG_LIMIT_LINES))
                .collect(Collectors.joining("\n", "", "\n"));
        return text.substring(Math.max(0, text.length() - LOG_LIMIT_BYTES));
    }

    private static String tail(Path file, int limit) {
        if (!Files.isRegularFile(file)) {
            return "";
        }
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            long from = Math.max(0, in.length() - limit);
            byte[] bytes = new byte[(int) (in.length() - from)];
            in.seek(from);
            in.readFully(bytes);
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }
}
