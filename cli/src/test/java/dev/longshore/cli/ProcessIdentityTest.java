package dev.longshore.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.common.time.SystemEnvironment;
import java.io.IOException;
import org.junit.jupiter.api.Test;

final class ProcessIdentityTest {
    @Test
    void whoRunsHasNotEndedAndWhoWasKilledHas() throws IOException, InterruptedException {
        try (SystemEnvironment system = new SystemEnvironment()) {
            ProcessIdentity own = ProcessIdentity.own(system.environment().randomness());
            assertThat(ProcessIdentity.hasEnded(own.text("host"))).isFalse();

            Process child = new ProcessBuilder("sleep", "60").start();
            ProcessIdentity other = new ProcessIdentity(own.machine(), child.pid(),
                    ProcessIdentity.startTime(child.pid()));
            assertThat(ProcessIdentity.hasEnded(other.text("host"))).isFalse();
            child.destroyForcibly().waitFor();
            assertThat(ProcessIdentity.hasEnded(other.text("host"))).isTrue();
        }
    }

    @Test
    void aNumberThatAnotherProcessHasNowIsNoSignOfLife() {
        try (SystemEnvironment system = new SystemEnvironment()) {
            ProcessIdentity own = ProcessIdentity.own(system.environment().randomness());
            assertThat(ProcessIdentity.hasEnded(new ProcessIdentity(own.machine(), own.pid(), "1").text("host")))
                    .isTrue();
        }
    }

    @Test
    void nobodyKnowsAboutOtherMachines() {
        assertThat(ProcessIdentity.hasEnded("host_0000-0000.4026531836_1_1")).isFalse();
        assertThat(ProcessIdentity.hasEnded("host_3f2504e0-4f89-11d3-9a0c-0305e82c3301")).isFalse();
        assertThat(ProcessIdentity.hasEnded("")).isFalse();
    }
}
