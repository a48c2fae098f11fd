package dev.longshore.agent.env;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnvExpanderTest {
    @ParameterizedTest
    @CsvSource({"plain,plain", "$(A),1", "x$(A)y$(B)z,x1y2z", "$(UNKNOWN),$(UNKNOWN)", "$$(A),$(A)", "$$$(A),$1",
            "$A,$A", "$(A,$(A", "cost: 5$,cost: 5$", "$$,$"})
    void replacesWhatIsKnown(String text, String expected) {
        assertThat(EnvExpander.expand(text, Map.of("A", "1", "B", "2"))).isEqualTo(expected);
    }
}
