package dev.longshore.scheduler.replay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Where the recorded decisions are. */
final class RecordedCases {
    private RecordedCases() {
    }

    static Path file() {
        return Path.of(System.getProperty("longshore.reference", "../../shared/reference"))
                .resolve("kubernetes-1.32/scheduling/cases.jsonl");
    }

    /** Each line as one case. */
    static List<RecordedCase> all(Path recording) throws IOException {
        return Files.readAllLines(recording).stream().map(RecordedCase::parse).toList();
    }
}
