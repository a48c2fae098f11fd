package dev.longshore.api.json;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** The answers recorded from a real server; a test that needs them is skipped where they are missing. */
final class Reference {
    private static final Path ROOT = Path.of(System.getProperty("longshore.reference", "../../shared/reference"));

    private Reference() {
    }

    static List<Map<String, Object>> lines(String file) {
        Path path = ROOT.resolve(file);
        Assumptions.assumeTrue(Files.isReadable(path),
                "recorded reference not found: set -Dlongshore.reference=DIR to run this test");
        try {
            return Files.readAllLines(path).stream()
                    .map(line -> JsonTree.object(JsonTree.read(line.getBytes(StandardCharsets.UTF_8)))).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The text of each JSON file of a directory, by name. */
    static Map<String, String> files(String directory) {
        Path path = ROOT.resolve(directory);
        Assumptions.assumeTrue(Files.isDirectory(path),
                "recorded reference not found: set -Dlongshore.reference=DIR to run this test");
        Map<String, String> texts = new TreeMap<>();
        try (Stream<Path> files = Files.list(path)) {
            for (Path file : files.filter(name -> name.toString().endsWith(".json")).toList()) {
                texts.put(file.getFileName().toString(), Files.readString(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return texts;
    }
}
