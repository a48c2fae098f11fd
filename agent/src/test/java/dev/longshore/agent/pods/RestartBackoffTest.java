package dev.longshore.agent.pods;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RestartBackoffTest {
    @Test
    void doublesUpToFiveMinutesAndStartsAfreshAfterTen() {
        RestartBackoff backoff = RestartBackoff.NONE;
        Instant ended = Instant.ofEpochSecond(1_000_000);
        List<Long> waits = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            Instant restart = backoff.notBefore(ended);
            waits.add(restart.getEpochSecond() - ended.getEpochSecond());
            backoff = backoff.restarted(ended);
            ended = restart;
        }
        assertThat(waits).containsExactly(0L, 10L, 20L, 40L, 80L, 160L, 300L, 300L);
        Instant muchLater = ended.plusSeconds(601);
        assertThat(backoff.notBefore(muchLater)).isEqualTo(muchLater);
        assertThat(backoff.restarted(muchLater).delay()).isEqualTo(RestartBackoff.FIRST);
    }
}
