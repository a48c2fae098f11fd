package dev.longshore.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longshore.scheduler.config.KubeSchedulerConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.ExitCode;

/** The example of docs/howto/configure-the-scheduler.md, and what becomes of files that are not like it. */
class SchedulerFileTest {
    private static final Pattern EXAMPLE = Pattern.compile("^```yaml\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

    @TempDir
    private Path directory;

    private static String page() throws IOException {
        Path root = Path.of("").toAbsolutePath();
        while (!Files.exists(root.resolve("docs/howto"))) {
            root = root.getParent();
        }
        return Files.readString(root.resolve("docs/howto/configure-the-scheduler.md"));
    }

    private static String example() throws IOException {
        Matcher example = EXAMPLE.matcher(page());
        assertThat(example.find()).isTrue();
        return example.group(1);
    }

    private Path file(String text) throws IOException {
        return Files.writeString(directory.resolve("scheduler.yaml"), text);
    }

    private static int schedule(Path file) {
        return Main.run("scheduler", "--api", "localhost:1", "--pki-dir", "/nonexistent", "--config", file.toString());
    }

    @Test
    void theDocumentedExampleIsFollowedWithoutWarnings() throws IOException {
        KubeSchedulerConfiguration read = SchedulerFile.read(file(example()));
        assertThat(read.profiles().names()).containsExactly("default-scheduler", "batch");
        assertThat(read.profiles().plugins("default-scheduler").preempt()).isTrue();
        assertThat(read.profiles().plugins("batch").preempt()).isFalse();
        assertThat(read.profiles().plugins("batch").scores()).hasSize(1);
        assertThat(read.backOff().longest()).isEqualTo(Duration.ofSeconds(30));
        assertThat(read.warnings()).isEmpty();
    }

    @Test
    void aMistakeEndsTheCommandAsDocumented() throws IOException {
        Path wrong = file(example().replaceFirst("- name: PodTopologySpread", "- name: PodSpread"));
        String documented = "profiles[0].plugins.score.enabled[0].name: unknown plug-in \"PodSpread\"; known are ";
        assertThat(page()).contains("longshore: scheduler.yaml: " + documented);
        assertThatThrownBy(() -> SchedulerFile.read(wrong)).isInstanceOf(CommandFailure.class)
                .hasMessageStartingWith(wrong + ": " + documented);
        assertThat(schedule(wrong)).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void aFileThatIsNotThereEndsTheCommand() {
        Path none = directory.resolve("none.yaml");
        assertThatThrownBy(() -> SchedulerFile.read(none)).hasMessage(none + ": there is no such file");
        assertThat(schedule(none)).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void aFileThatIsTooLargeIsNotRead() throws IOException {
        Path large = file("#".repeat((1 << 20) + 1));
        assertThatThrownBy(() -> SchedulerFile.read(large)).hasMessageContaining("larger than 1048576 bytes");
    }

    @Test
    void settingsRememberTheFile() {
        Settings settings = new Settings("embedded", 6443, "n1", "/etc/scheduler.yaml");
        Path file = directory.resolve("settings");
        settings.save(file);
        assertThat(Settings.load(file)).isEqualTo(settings);
    }
}
