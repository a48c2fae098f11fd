package dev.longshore.scheduler.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of configurations that cannot be followed, each with the one line that says why. */
class RefusedConfigurationsTest {
    /** What stands at the end of an expected line whose rest does not matter. */
    private static final String REST = "*";

    static List<String> rows() {
        try (InputStream text = RefusedConfigurationsTest.class.getResourceAsStream("/profiles/refused.txt")) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8).lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("rows")
    void saysWhatIsWrongInOneLine(String row) {
        String[] columns = row.split(" +=> +");
        ConfigurationException refusal = catchThrowableOfType(ConfigurationException.class,
                () -> ConfigurationText.read(columns[0]));
        assertThat(refusal).as(row).isNotNull();
        assertThat(refusal.getMessage()).doesNotContain("\n");
        if (columns[1].endsWith(REST)) {
            assertThat(refusal).hasMessageStartingWith(columns[1].substring(0, columns[1].length() - 1));
        } else {
            assertThat(refusal).hasMessage(columns[1]);
        }
    }
}
