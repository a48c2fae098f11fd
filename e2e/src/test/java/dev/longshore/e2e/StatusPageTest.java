package dev.longshore.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.ResourceType;
import dev.longshore.api.ResourceTypes;
import dev.longshore.apiserver.resources.ResourceStrategy;
import dev.longshore.apiserver.resources.Resources;
import dev.longshore.apiserver.resources.StoredOnlyStrategy;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/status.md names every resource, and names it where it belongs. */
class StatusPageTest {
    private static final Pattern HEADING = Pattern.compile("^## (.+)$", Pattern.MULTILINE);

    @Test
    void resourcesWithSomebodyWhoActsAreServed() throws IOException {
        assertThat(section("Served")).contains(quoted(served().filter(one -> !storedOnly(one))));
    }

    @Test
    void resourcesOnWhichNobodyActsAreStoredWithAWarning() throws IOException {
        String[] stored = quoted(served().filter(StatusPageTest::storedOnly));
        assertThat(section("Stored with a warning")).contains(stored);
        assertThat(section("Served")).doesNotContain(stored);
    }

    @Test
    void allOthersAreNotServed() throws IOException {
        Resources resources = new Resources();
        List<ResourceType<?>> others = ResourceTypes.all().stream().filter(type -> !resources.serves(type)).toList();
        assertThat(section("Not served"))
                .contains(others.stream().map(type -> "`" + type.qualifiedName() + "`").toArray(String[]::new));
    }

    private static Stream<ResourceStrategy<?>> served() {
        return Resources.served().stream();
    }

    private static boolean storedOnly(ResourceStrategy<?> strategy) {
        return strategy instanceof StoredOnlyStrategy<?>;
    }

    private static String[] quoted(Stream<ResourceStrategy<?>> strategies) {
        return strategies.map(strategy -> "`" + strategy.type().qualifiedName() + "`").toArray(String[]::new);
    }

    private static String section(String heading) throws IOException {
        String page = Files.readString(Shell.ROOT.resolve("docs/status.md"));
        Map<String, String> sections = new TreeMap<>();
        String[] texts = HEADING.split(page);
        List<String> headings = HEADING.matcher(page).results().map(found -> found.group(1)).toList();
        for (int i = 0; i < headings.size(); i++) {
            sections.put(headings.get(i), texts[i + 1]);
        }
        return sections.get(heading);
    }
}
