package dev.longshore.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine.ExitCode;

/** The example of docs/howto/replay-a-decision.md, and what the command says of files that are not like it. */
class ReplayCommandTest {
    private static final Pattern BLOCK = Pattern.compile("^```(json|text)\n(.*?)^```$",
            Pattern.MULTILINE | Pattern.DOTALL);

    @TempDir
    private Path directory;

    private final PrintStream out = System.out;
    private final PrintStream err = System.err;
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final ByteArrayOutputStream complained = new ByteArrayOutputStream();

    @BeforeEach
    void listen() {
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(complained, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void stopListening() {
        System.setOut(out);
        System.setErr(err);
    }

    /** The blocks of the page in their order: the recording, what it gives, and what a changed one gives. */
    private static List<String> page() throws IOException {
        Path root = Path.of("").toAbsolutePath();
        while (!Files.exists(root.resolve("docs/howto"))) {
            root = root.getParent();
        }
        Matcher blocks = BLOCK.matcher(Files.readString(root.resolve("docs/howto/replay-a-decision.md")));
        return blocks.results().map(block -> block.group(2)).toList();
    }

    private Path file(String text) throws IOException {
        return Files.writeString(directory.resolve("scheduler.jsonl"), text);
    }

    private String printed() {
        return printed.toString(StandardCharsets.UTF_8);
    }

    private String complaint() {
        return complained.toString(StandardCharsets.UTF_8).strip();
    }

    @Test
    void theDocumentedRecordingGivesTheDocumentedDecisions() throws IOException {
        assertThat(Main.run("replay", file(page().get(0)).toString())).isZero();
        assertThat(printed()).isEqualTo(page().get(1));
    }

    @Test
    void quietlyItGivesTheResultAlone() throws IOException {
        assertThat(Main.run("replay", "-q", file(page().get(0)).toString())).isZero();
        assertThat(printed()).isEqualTo("2 decisions, all as recorded\n");
    }

    @Test
    void theDocumentedChangeGivesTheDocumentedDifference() throws IOException {
        Path changed = file(page().get(0).replace("{\"cpu\":\"1\"", "{\"cpu\":\"2\""));
        assertThat(Main.run("replay", "-q", changed.toString())).isEqualTo(ExitCode.SOFTWARE);
        assertThat(printed()).isEqualTo(page().get(2).replace("scheduler.jsonl", changed.toString()));
    }

    @Test
    void aCutIsTold() throws IOException {
        Path cut = file(page().get(0) + "{\"cut\":\"the disk is full\"}\n");
        assertThat(Main.run("replay", "-q", cut.toString())).isZero();
        assertThat(printed())
                .isEqualTo("2 decisions, all as recorded; the recording is cut: the disk is full\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "input":"LeadershipChanged" | "input":"Weather" | 3: the line has the unknown input "Weather"
            "kind":"Node" | "kind":"Secret" | 2: the line has an object of kind "Secret", not Node
            "version":1 | "version":9 | 1: the line says that the recording is of version 9; this program reads version 1
            longshore-scheduler | something | 1: the line is not the beginning of a recording
            .000200Z"} | .000200 | 8: the line is no JSON object
            """)
    void aBrokenFileIsNamedWithItsLine(String part, String other, String message) throws IOException {
        Path broken = file(page().get(0).replace(part, other));
        assertThat(Main.run("replay", broken.toString())).isEqualTo(ExitCode.USAGE);
        assertThat(complaint()).isEqualTo("longshore: " + broken + ":" + message);
    }

    @Test
    void aLineThatEndsInTheMiddleIsNamed() throws IOException {
        String whole = page().get(0);
        Path cut = file(whole.substring(0, whole.length() - 10));
        assertThat(Main.run("replay", "-q", cut.toString())).isEqualTo(ExitCode.USAGE);
        assertThat(complaint()).isEqualTo("longshore: " + cut
                + ":8: the line ends in the middle; the recorder was killed while it wrote");
    }

    @Test
    void aFileThatCannotBeReadIsNamed() {
        assertThat(Main.run("replay", directory.resolve("none").toString())).isEqualTo(ExitCode.USAGE);
        assertThat(complaint()).isEqualTo("longshore: " + directory.resolve("none") + ": there is no such file");
        assertThat(Main.run("replay", directory.toString())).isEqualTo(ExitCode.USAGE);
        assertThat(Main.run("replay")).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void aRecordingIsForItsOwnerAndKeepsTheOneBefore() throws IOException {
        Path file = directory.resolve("r.jsonl");
        for (String run : List.of("one", "two", "three")) {
            try (RecordingOnDisk recording = RecordingOnDisk.create(file)) {
                byte[] text = (run + "+rest").getBytes(StandardCharsets.UTF_8);
                recording.append(text, text.length);
                recording.truncate(run.length());
                recording.append(new byte[]{'!', '?'}, 1);
            }
        }
        assertThat(file).hasContent("three!");
        assertThat(directory.resolve("r.jsonl.1")).hasContent("two!");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
        assertThatThrownBy(() -> RecordingOnDisk.create(directory.resolve("missing/r.jsonl")))
                .isInstanceOf(IOException.class);
    }
}
