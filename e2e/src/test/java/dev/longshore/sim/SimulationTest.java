package dev.longshore.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimulationTest {
    private static final Logger QUIET = Logger.getLogger("dev.longshore");

    @BeforeAll
    static void silence() {
        QUIET.setLevel(Level.OFF);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void aSeedEndsLikeTheRunWithoutFaults(long seed) {
        SimResult result = SimRunner.verify(seed, false);
        assertThat(result.failures()).as("./longshore sim --seeds 1 --from " + seed).isEmpty();
    }

    @Test
    void theSameSeedGivesTheSameLogAndAnotherSeedAnother() {
        SimResult first = SimRunner.runOne(11, SimOptions.FAULTY);
        assertThat(SimRunner.runOne(11, SimOptions.FAULTY).logHash()).isEqualTo(first.logHash());
        assertThat(SimRunner.runOne(12, SimOptions.FAULTY).logHash()).isNotEqualTo(first.logHash());
    }

    @Test
    void everyKindOfFaultHappensWithinAFewSeeds() {
        StringBuilder log = new StringBuilder();
        for (long seed = 1; seed <= 6; seed++) {
            SimRunner.runOne(seed, SimOptions.FAULTY).lastLines().forEach(line -> log.append(line).append('\n'));
        }
        assertThat(log).contains("unavailable", "conflict", "answer lost", "crashed", "is lost for", "kill pod");
    }
}
