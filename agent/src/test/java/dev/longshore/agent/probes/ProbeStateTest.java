package dev.longshore.agent.probes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.core.v1.Probe;
import org.junit.jupiter.api.Test;

class ProbeStateTest {
    private static final Probe PROBE = Probe.newBuilder().setSuccessThreshold(2).setFailureThreshold(3).build();

    private static ProbeState after(ProbeState state, String results) {
        ProbeState now = state;
        for (char result : results.toCharArray()) {
            now = now.observe(result == '+', PROBE);
        }
        return now;
    }

    @Test
    void aVerdictNeedsAsManyEqualResultsAsItsThreshold() {
        ProbeState start = ProbeState.initially(false);
        assertThat(after(start, "+").passing()).isFalse();
        assertThat(after(start, "++").passing()).isTrue();
        assertThat(after(start, "++--").passing()).isTrue();
        assertThat(after(start, "++--+--").passing()).isTrue();
        assertThat(after(start, "++---").passing()).isFalse();
    }

    @Test
    void onlyResultsMakeAFailure() {
        assertThat(ProbeState.initially(false).failed()).isFalse();
        assertThat(after(ProbeState.initially(false), "--").failed()).isFalse();
        assertThat(after(ProbeState.initially(true), "---").failed()).isTrue();
    }
}
