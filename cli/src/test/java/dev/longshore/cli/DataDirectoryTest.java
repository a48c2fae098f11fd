package dev.longshore.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
    @TempDir
    private Path temporary;

    @Test
    void aNewDirectoryIsForItsOwnerAlone() throws IOException {
        DataDirectory directory = new DataDirectory(temporary.resolve("new"));
        directory.open();
        assertThat(directory.exists()).isTrue();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.root())))
                .isEqualTo("rwx------");
        directory.open();
    }

    @Test
    void anotherLayoutIsRefusedWithBothVersions() throws IOException {
        Files.writeString(temporary.resolve("layout"), "7\n");
        assertThatThrownBy(() -> new DataDirectory(temporary).open()).isInstanceOf(CommandFailure.class)
                .hasMessageContaining(temporary.toString()).hasMessageContaining("version 7")
                .hasMessageContaining("version " + Version.DATA_LAYOUT);
    }

    @Test
    void aDirectoryOfSomebodyElsesThingsIsLeftAlone() throws IOException {
        Path letter = Files.writeString(temporary.resolve("letter"), "dear all");
        assertThatThrownBy(() -> new DataDirectory(temporary).open()).isInstanceOf(CommandFailure.class)
                .hasMessageContaining("not empty");
        assertThat(letter).hasContent("dear all");
    }

    @Test
    void settingsSurviveAndDamageIsNamed() throws IOException {
        DataDirectory directory = new DataDirectory(temporary.resolve("d"));
        directory.open();
        Settings settings = new Settings("etcd", 7443, "node-a");
        settings.save(directory.settings());
        assertThat(Settings.load(directory.settings())).isEqualTo(settings);
        assertThat(settings.grpcPort()).isEqualTo(7444);
        Files.writeString(directory.settings(), "port=many\n");
        assertThatThrownBy(() -> Settings.load(directory.settings())).isInstanceOf(CommandFailure.class)
                .hasMessageContaining(directory.settings().toString());
    }
}
