package dev.longshore.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Every command can be made, explains itself, and refuses what it does not know. */
class MainTest {
    @ParameterizedTest
    @ValueSource(strings = {"up", "down", "status", "kubeconfig", "demo", "certificates", "apiserver", "scheduler",
            "controller-manager", "agent", "all-in-one", "explain", "simulate", "replay"})
    void everyCommandHasHelp(String command) {
        assertThat(Main.run(command, "--help")).isZero();
    }

    @Test
    void wrongCommandLinesEndWithTwo() {
        assertThat(Main.run("fly")).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(Main.run("up", "--stor", "etcd")).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(Main.run("scheduler")).isEqualTo(CommandLine.ExitCode.USAGE);
    }

    @Test
    void aCommandThatCannotDoItsWorkEndsWithOne() {
        assertThat(Main.run("kubeconfig", "--data-dir", "/nonexistent/longshore"))
                .isEqualTo(CommandLine.ExitCode.SOFTWARE);
        assertThat(Main.run("status", "--data-dir", "/nonexistent/longshore")).isEqualTo(CommandLine.ExitCode.SOFTWARE);
    }
}
