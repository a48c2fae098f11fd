package dev.longshore.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SimulationTest {
    private static final Logger QUIET = Logger.getLogger("dev.longshore");

    @BeforeAll
    static void silence() {
        QUIET.setLevel(Level.OFF);
    }

    @Test
    void aRunWithoutFaultsComesToRest() {
        SimResult result = SimRunner.runOne(1, SimOptions.FAULTLESS);
        assertThat(result.failures()).as(String.join("\n", result.lastLines())).isEmpty();
        assertThat(result.writes()).isGreaterThan(50);
    }
}
