package dev.longshore.agent.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.agent.containerd.Containerd;
import dev.longshore.agent.containerd.ContainerdFixture;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The contract over a real containerd. */
@Tag("root")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CriRuntimeContractTest extends RuntimeContract {
    private Path directory;
    private ContainerdFixture fixture;

    @BeforeAll
    void start() throws Exception {
        directory = Files.createTempDirectory("ls-cri");
        fixture = new ContainerdFixture(directory, 11);
    }

    @AfterAll
    void stop() throws Exception {
        fixture.close();
        new ProcessBuilder("rm", "-rf", directory.toString()).start().waitFor();
    }

    @Override
    ContainerRuntime runtime() {
        return fixture.runtime();
    }

    @Override
    String image() {
        return ContainerdFixture.SHELL;
    }

    @Test
    void aContainerdThatRunsIsAdopted() throws Exception {
        assertThat(runtime().version().name()).isEqualTo("containerd");
        assertThat(runtime().condition().ready()).isTrue();
        assertThat(fixture.containerd().ensureRunning()).isEqualTo(Containerd.Outcome.ADOPTED);
    }
}
