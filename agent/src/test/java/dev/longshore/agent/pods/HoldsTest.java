package dev.longshore.agent.pods;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HoldsTest {
    private static final Instant NOW = Instant.ofEpochSecond(2_000_000);

    private final Holds holds = new Holds();

    private long fail(Instant retryAt) {
        holds.failed(new PodOperations.Outcome.Failed("c", "CreateContainerError", "no", retryAt), NOW);
        return holds.current().get("c").until().getEpochSecond() - NOW.getEpochSecond();
    }

    @Test
    void waitsDoubleUpToTheLimitAndBeginAnewAfterASuccess() {
        List<Long> waits = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            waits.add(fail(Instant.EPOCH));
        }
        assertThat(waits).containsExactly(1L, 2L, 4L, 8L, 16L, 30L, 30L, 30L);
        holds.release("c");
        assertThat(holds.current()).isEmpty();
        assertThat(fail(Instant.EPOCH)).isEqualTo(1);
    }

    @Test
    void aStepMayAskForALongerWait() {
        assertThat(fail(NOW.plusSeconds(300))).isEqualTo(300);
        assertThat(holds.current().get("c").reason()).isEqualTo("CreateContainerError");
    }
}
