package dev.longshore.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

final class ProcessIdentityTest {
    @Test
    void whoRunsHasNotEndedAndWhoWasKilledHas() throws IOException, InterruptedException {
        ProcessIdentity own = ProcessIdentity.own();
        assertThat(ProcessIdentity.hasEnded(own.text("host", "1f"))).isFalse();

        Process child = new ProcessBuilder("sleep", "60").start();
        ProcessIdentity other = new ProcessIdentity(own.machine(), child.pid(),
                ProcessIdentity.startTime(child.pid()));
        assertThat(ProcessIdentity.hasEnded(other.text("host", "1f"))).isFalse();
        child.destroyForcibly().waitFor();
        assertThat(ProcessIdentity.hasEnded(other.text("host", "1f"))).isTrue();
    }

    @Test
    void aNumberThatAnotherProcessHasNowIsNoSignOfLife() {
        ProcessIdentity own = ProcessIdentity.own();
        assertThat(ProcessIdentity.hasEnded(new ProcessIdentity(own.machine(), own.pid(), "1").text("host", "1f")))
                .isTrue();
    }

    @Test
    void nobodyKnowsAboutOtherMachines() {
        assertThat(ProcessIdentity.hasEnded("host_0000-0000.4026531836_1_1_1f")).isFalse();
        assertThat(ProcessIdentity.hasEnded("host_3f2504e0-4f89-11d3-9a0c-0305e82c3301")).isFalse();
        assertThat(ProcessIdentity.hasEnded("")).isFalse();
    }
}
