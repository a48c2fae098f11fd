package dev.longshore.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a rehearsal leaves is used by components, until a jar changes. */
@Tag("cluster")
class RehearsalTest {
    private static final Duration LIMIT = Duration.ofMinutes(4);
    /** Java ends at once where it cannot use the file that it is given, and says which that is. */
    private static final Shell STRICT = new Shell(
            Map.of("LONGSHORE_JAVA_OPTS", "-XX:AOTMode=on -XX:+PrintFlagsFinal"));
    private static final String CACHE = "longshore.aot";

    @TempDir
    private Path distribution;

    @Test
    void componentsStartWithWhatARehearsalTaught() throws IOException {
        Shell shell = new Shell(Map.of());
        shell.run("cp", Shell.ROOT.resolve("longshore").toString(), distribution.toString()).succeeded();
        shell.run("cp", "-r", Shell.ROOT.resolve("cli/target/dist/lib").toString(), distribution.toString())
                .succeeded();
        String longshore = distribution.resolve("longshore").toString();

        assertThat(help(longshore)).doesNotContain(CACHE);
        shell.run(LIMIT, "", List.of(longshore, "rehearse")).succeeded();
        assertThat(help(longshore)).contains(CACHE);

        Files.setLastModifiedTime(distribution.resolve(CACHE), FileTime.fromMillis(0));
        assertThat(help(longshore)).doesNotContain(CACHE);
        assertThat(shell.run(longshore, "rehearse", "twice").exitCode()).isEqualTo(2);
    }

    private static String help(String longshore) {
        String out = STRICT.run(longshore, "scheduler", "--help").succeeded().out();
        assertThat(out).contains("--config");
        return out;
    }
}
