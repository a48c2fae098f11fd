package dev.longshore.apiserver.store;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longshore.common.time.SystemEnvironment;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an {@link EmbeddedStore} keeps over a restart, a kill, and damage. */
class EmbeddedStoreRestartTest {
    private static final int ACKNOWLEDGED_BEFORE_KILL = 2_000;

    @TempDir
    private Path directory;

    private final SystemEnvironment system = new SystemEnvironment();

    @AfterEach
    void close() {
        system.close();
    }

    private EmbeddedStore open() throws DataDirectoryException {
        return EmbeddedStore.open(directory, system.environment(), (component, cause) -> {
            throw new AssertionError(component, cause);
        });
    }

    private static long write(Store store, String key, String value) {
        return ((WriteResult.Written) store.put(key, value.getBytes(UTF_8), OptionalLong.empty(), Optional.empty())
                .join()).revision();
    }

    private static List<String> contents(Store store, long revision) {
        return store.range("/", "", 0, revision).join().values().stream().map(value -> value.key() + "="
                + new String(value.value(), UTF_8) + "@" + value.createRevision() + "," + value.modRevision()).toList();
    }

    @Test
    void valuesHistoryAndRevisionSurviveARestart() throws Exception {
        try (Store store = open()) {
            write(store, "/a", "1");
            write(store, "/b", "1");
            write(store, "/a", "2");
            store.delete("/b", OptionalLong.empty()).join();
            store.compact(3).join();
        }
        try (Store store = open()) {
            assertThat(store.revision().join()).isEqualTo(5);
            assertThat(contents(store, 0)).containsExactly("/a=2@2,4");
            assertThat(contents(store, 3)).containsExactly("/a=1@2,2", "/b=1@3,3");
            assertThat(contents(store, 4)).containsExactly("/a=2@2,4", "/b=1@3,3");
            WatchRecorder recorder = new WatchRecorder();
            store.watch("/", 4, recorder);
            assertThat(write(store, "/c", "1")).isEqualTo(6);
            recorder.awaitCount(3);
            assertThat(recorder.story()).containsExactly("/a=2@4", "-/b@5", "/c=1@6");
        }
    }

    @Test
    void aCompactedDeletionAtTheNewestRevisionDoesNotTurnTheRevisionBack() throws Exception {
        try (Store store = open()) {
            write(store, "/a", "1");
            store.delete("/a", OptionalLong.empty()).join();
            store.compact(3).join();
        }
        try (Store store = open()) {
            assertThat(store.revision().join()).isEqualTo(3);
            assertThat(contents(store, 0)).isEmpty();
            assertThat(write(store, "/a", "2")).isEqualTo(4);
            assertThat(contents(store, 0)).containsExactly("/a=2@4,4");
        }
    }

    @Test
    void compactionFreesWhatWasReplaced() throws Exception {
        try (Store store = open()) {
            for (int i = 0; i < 5_000; i++) {
                store.put("/a", new byte[1], OptionalLong.empty(), Optional.empty());
            }
            store.compact(write(store, "/b", "1")).join();
        }
        assertThat(query("select count(*) from changes")).isEqualTo(2);
    }

    @Test
    void leasesBeginAnewAfterARestart() throws Exception {
        Store.Lease lease;
        try (Store store = open()) {
            lease = store.grant(Duration.ofSeconds(1)).join();
            store.put("/a", new byte[0], OptionalLong.empty(), Optional.of(lease)).join();
            store.put("/b", new byte[0], OptionalLong.empty(), Optional.of(lease)).join();
            write(store, "/b", "freed");
        }
        try (Store store = open()) {
            store.keepAlive(lease).join();
            assertThat(store.get("/a").join().value()).isPresent();
            Awaitility.await().until(() -> store.get("/a").join().value().isEmpty());
            assertThat(store.get("/b").join().value()).isPresent();
            assertThat(store.grant(Duration.ofSeconds(1)).join().id()).isGreaterThan(lease.id());
        }
    }

    @Test
    void everyAcknowledgedWriteSurvivesAKill() throws Exception {
        Process child = new ProcessBuilder(ProcessHandle.current().info().command().orElseThrow(), "-cp",
                System.getProperty("java.class.path"), "--enable-native-access=ALL-UNNAMED", "-XX:+UseSerialGC",
                WriteLoad.class.getName(), directory.toString()).redirectErrorStream(false)
                .redirectError(ProcessBuilder.Redirect.DISCARD).start();
        List<String> acknowledged = new ArrayList<>();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(child.getInputStream(), UTF_8))) {
            String line = lines.readLine();
            while (line != null) {
                acknowledged.add(line);
                if (acknowledged.size() == ACKNOWLEDGED_BEFORE_KILL) {
                    child.toHandle().destroyForcibly(); // SIGKILL; what it printed can still be read
                }
                line = lines.readLine();
            }
        } finally {
            child.destroyForcibly();
        }
        assertThat(child.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(acknowledged.size()).isGreaterThanOrEqualTo(ACKNOWLEDGED_BEFORE_KILL);

        try (Store store = open()) {
            Map<String, Long> found = new HashMap<>();
            store.range("/", "", 0, 0).join().values()
                    .forEach(value -> found.put(new String(value.value(), UTF_8), value.modRevision()));
            for (String line : acknowledged) {
                String[] words = line.split(" ");
                if (words.length == 2) { // the kill may cut the last line
                    assertThat(found).containsEntry(words[0], Long.parseLong(words[1]));
                }
            }
        }
    }

    @Test
    void aDirectoryInUseIsRefused() throws Exception {
        try (Store store = open()) {
            assertThatThrownBy(this::open).isInstanceOf(DataDirectoryException.class)
                    .hasMessage("data directory " + directory + " is in use by another process");
        }
        open().close();
    }

    @Test
    void aDirectoryOfAnotherVersionIsRefusedNamingBoth() throws Exception {
        open().close();
        execute("pragma user_version = 7");

        assertThatThrownBy(this::open).isInstanceOf(DataDirectoryException.class)
                .hasMessage("data directory " + directory
                        + " has version 7 of the store's format, this program reads version 1");
        execute("pragma user_version = 1");
        open().close();
    }

    @Test
    void anotherProgramsFileIsRefused() throws Exception {
        execute("create table mine (a integer)");

        assertThatThrownBy(this::open).isInstanceOf(DataDirectoryException.class)
                .hasMessageContaining(directory.toString()).hasMessageContaining("of another program");
    }

    @Test
    void aFileThatIsNoDatabaseIsRefused() throws Exception {
        Files.writeString(directory.resolve(RevisionLog.FILE), "not the bytes of a database ".repeat(50));

        assertThatThrownBy(this::open).isInstanceOf(DataDirectoryException.class)
                .hasMessageContaining("data directory " + directory + " is damaged");
    }

    @Test
    void aFlippedBitIsFound() throws Exception {
        String value = "needle-in-the-haystack";
        try (Store store = open()) {
            write(store, "/a", value);
        }
        execute("pragma wal_checkpoint(truncate)");
        Path file = directory.resolve(RevisionLog.FILE);
        int at = new String(Files.readAllBytes(file), ISO_8859_1).indexOf(value);
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.seek(at);
            bytes.write('N');
        }

        assertThatThrownBy(this::open).isInstanceOf(DataDirectoryException.class)
                .hasMessageContaining(directory.toString()).hasMessageContaining("revision 2 of key /a");
    }

    private void execute(String sql) throws Exception {
        try (Connection connection = connect(); Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private long query(String sql) throws Exception {
        try (Connection connection = connect(); Statement statement = connection.createStatement()) {
            return statement.executeQuery(sql).getLong(1);
        }
    }

    private Connection connect() throws Exception {
        return DriverManager.getConnection("jdbc:sqlite:" + directory.resolve(RevisionLog.FILE));
    }
}
