package dev.longshore.agent.volumes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicContentTest {
    @TempDir
    Path directory;

    private void write(Map<String, String> files) throws IOException {
        TreeMap<String, AtomicContent.Item> items = new TreeMap<>();
        files.forEach((path, text) -> items.put(path, new AtomicContent.Item(ByteString.copyFromUtf8(text), 0640)));
        AtomicContent.write(directory, items);
    }

    @Test
    void replacesAllFilesAtOnce() throws IOException {
        write(Map.of("a", "1", "dir/b", "2"));
        assertThat(Files.readSymbolicLink(directory.resolve("a"))).isEqualTo(Path.of("..data/a"));
        assertThat(directory.resolve("dir/b")).hasContent("2");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("a"))))
                .isEqualTo("rw-r-----");
        Path version = Files.readSymbolicLink(directory.resolve("..data"));
        write(Map.of("a", "3"));
        assertThat(directory.resolve("a")).hasContent("3");
        assertThat(Files.exists(directory.resolve("dir"))).isFalse();
        assertThat(Files.exists(directory.resolve(version))).isFalse();
    }

    @Test
    void refusesAPathThatLeavesTheVolume() {
        assertThatThrownBy(() -> write(Map.of("../../x", "1"))).isInstanceOf(IOException.class);
    }
}
