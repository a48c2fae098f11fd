package dev.longshore.api.values;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longshore.api.ApiException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Times, durations, int-or-string, field selectors. */
class SmallValuesTest {
    @ParameterizedTest
    @CsvSource({"2026-11-20T09:30:00Z,2026-11-20T09:30:00Z", "2026-11-20T09:30:00.999Z,2026-11-20T09:30:00Z",
            "2026-11-20T09:30:00+02:00,2026-11-20T07:30:00Z", "0001-01-01T00:00:00Z,0001-01-01T00:00:00Z",
            "1969-12-31T23:59:59.5Z,1969-12-31T23:59:59Z"})
    void timesAreWholeSecondsInUtc(String text, String canonical) {
        assertThat(Times.format(Times.parse(text))).isEqualTo(canonical);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "2026-11-20", "2026-11-20T09:30Z", "2026-11-20 09:30:00Z", "2026-11-20T09:30:00", "now",
            "2026-13-20T09:30:00Z", "+2026-11-20T09:30:00Z"})
    void otherTimesAreRefused(String text) {
        assertThatThrownBy(() -> Times.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void microTimesHaveSixDigits() {
        Instant instant = Times.parseMicros("2026-11-20T09:30:00.000120Z");
        assertThat(Times.formatMicros(instant)).isEqualTo("2026-11-20T09:30:00.000120Z");
        assertThat(Times.instant(Times.microTime(instant.plusNanos(5)))).contains(instant);
        assertThatThrownBy(() -> Times.parseMicros("2026-11-20T09:30:00Z"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Times.parseMicros("2026-11-20T09:30:00.12345678Z"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theEmptyTimeIsNoInstant() {
        assertThat(Times.instant(Times.time(Instant.EPOCH))).isEmpty();
        assertThat(Times.instant(Times.time(Instant.ofEpochSecond(1)))).contains(Instant.ofEpochSecond(1));
    }

    @ParameterizedTest
    @CsvSource({"0,0s", "0s,0s", "90s,1m30s", "1m30s,1m30s", "1h,1h0m0s", "1.5h,1h30m0s", "100ms,100ms", "1500us,1.5ms",
            "1ns,1ns", "-90s,-1m30s", "1h0m0.5s,1h0m0.5s"})
    void durationsAreWrittenAsGoDoes(String text, String canonical) {
        assertThat(Durations.format(Durations.parse(text))).isEqualTo(canonical);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "s", "1x", "1m30", "-", ".s", "1..5s", "999999999999h"})
    void otherDurationsAreRefused(String text) {
        assertThatThrownBy(() -> Durations.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void percentagesAreTakenOfATotal() {
        assertThat(IntOrStrings.scaled(IntOrStrings.of("25%"), 10, IntOrStrings.Rounding.UP)).isEqualTo(3);
        assertThat(IntOrStrings.scaled(IntOrStrings.of("25%"), 10, IntOrStrings.Rounding.DOWN)).isEqualTo(2);
        assertThat(IntOrStrings.scaled(IntOrStrings.of("100%"), 7, IntOrStrings.Rounding.DOWN)).isEqualTo(7);
        assertThat(IntOrStrings.scaled(IntOrStrings.of(4), 7, IntOrStrings.Rounding.DOWN)).isEqualTo(4);
        assertThat(IntOrStrings.isPercent(IntOrStrings.of("http"))).isFalse();
        assertThatThrownBy(() -> IntOrStrings.scaled(IntOrStrings.of("http"), 7, IntOrStrings.Rounding.UP))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(IntOrStrings.text(IntOrStrings.of(80)) + IntOrStrings.text(IntOrStrings.of("x"))).isEqualTo("80x");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"a=1|a=1|true", "a==1|a=1|true", "a!=1|a!=1|false", "b=|b=|true",
            "a=1,b!=x|a=1,b!=x|true",
            "a=1,|a=1|true", "c=x\\,y\\=z\\\\|c=x\\,y\\=z\\\\|true", "a=2|a=2|false", "c!=|c!=|true"})
    void fieldSelectorsAreReadMatchedAndWritten(String text, String canonical, boolean matches) {
        Map<String, String> fields = Map.of("a", "1", "c", "x,y=z\\");
        FieldSelectors.Selector selector = FieldSelectors.parse(text);
        assertThat(selector.toString()).isEqualTo(canonical);
        assertThat(selector.matches(name -> Optional.ofNullable(fields.get(name)))).isEqualTo(matches);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a=b=c", "a=\\x", "a=\\", "a>1", "!a"})
    void otherFieldSelectorsAreRefused(String text) {
        assertThatThrownBy(() -> FieldSelectors.parse(text)).isInstanceOf(ApiException.class);
    }

    @Test
    void aSelectorTellsTheValueItFixes() {
        assertThat(FieldSelectors.parse("metadata.name=a,x!=y").required("metadata.name")).contains("a");
        assertThat(FieldSelectors.parse("metadata.name!=a").required("metadata.name")).isEmpty();
        assertThat(FieldSelectors.parse("").isEverything()).isTrue();
    }
}
