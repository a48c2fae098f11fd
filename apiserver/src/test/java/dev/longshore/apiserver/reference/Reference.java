package dev.longshore.apiserver.reference;

import dev.longshore.apiserver.patch.JsonTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;

/** The recorded answers, read from beside the repository. */
final class Reference {
    /** The recordings' short form of long strings. */
    private static final Pattern REPEAT = Pattern.compile("<repeat:(.):([0-9]+)>");

    private Reference() {
    }

    /** One JSON object per line; the test is skipped when the recordings are not there. */
    static List<Map<String, Object>> lines(String file) throws IOException {
        Path path = Path.of(System.getProperty("longshore.reference", "../../shared/reference"),
                "kubernetes-1.32/behaviour", file);
        Assumptions.assumeTrue(Files.exists(path), () -> "no recorded answers at " + path
                + ": set the system property longshore.reference");
        List<Map<String, Object>> cases = new ArrayList<>();
        for (String line : Files.readAllLines(path, StandardCharsets.UTF_8)) {
            String expanded = REPEAT.matcher(line).replaceAll(found -> Matcher
                    .quoteReplacement(found.group(1).repeat(Integer.parseInt(found.group(2)))));
            cases.add(object(JsonTree.parse(expanded.getBytes(StandardCharsets.UTF_8))));
        }
        return cases;
    }

    @SuppressWarnings("unchecked") // JSON objects have string keys
    static Map<String, Object> object(Object value) {
        return (Map<String, Object>) value;
    }
}
