package dev.longshore.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A simulator that finds nothing proves nothing: each planted bug must show within a few seeds. */
class PlantedBugsTest {
    private static final Logger QUIET = Logger.getLogger("dev.longshore");
    private static final int SEED_LIMIT = 10;

    @BeforeAll
    static void silence() {
        QUIET.setLevel(Level.OFF);
    }

    @ParameterizedTest
    @EnumSource(PlantedBug.class)
    void isFound(PlantedBug bug) {
        for (long seed = 1; seed <= SEED_LIMIT; seed++) {
            SimResult result = SimRunner.runOne(seed, bug.plant(SimOptions.FAULTY));
            if (result.failed()) {
                System.out.println(bug + " found by seed " + seed + ": " + result.failures().getFirst());
                return;
            }
        }
        assertThat(bug).as("not found within " + SEED_LIMIT + " seeds").isNull();
    }
}
