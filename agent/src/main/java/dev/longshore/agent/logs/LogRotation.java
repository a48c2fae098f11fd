package dev.longshore.agent.logs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.Stream;

/** Moves a log aside when it has become too long and forgets the oldest (Kubernetes' defaults: 10 Mi, 5 files). */
public final class LogRotation {
    static final long SIZE_LIMIT_BYTES = 10L << 20;
    static final int FILES_LIMIT = 5;

    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss")
            .withZone(ZoneOffset.UTC);

    private LogRotation() {
    }

    /**
     * Rotates if needed; then the runtime has to open the file anew.
     *
     * @return whether the file was moved
     */
    public static boolean rotate(Path file, Instant now) throws IOException {
        if (!Files.exists(file) || Files.size(file) < SIZE_LIMIT_BYTES) {
            return false;
        }
        Files.move(file, file.resolveSibling(file.getFileName() + "." + STAMP.format(now)));
        try (Stream<Path> siblings = Files.list(file.getParent())) {
            List<Path> old = siblings.filter(path -> path.getFileName().toString().startsWith(file.getFileName() + "."))
                    .sorted().toList();
            // The file in use counts as one of them.
            for (Path path : old.subList(0, Math.max(0, old.size() - (FILES_LIMIT - 1)))) {
                Files.deleteIfExists(path);
            }
        }
        return true;
    }
}
