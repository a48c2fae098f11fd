package dev.longshore.api.values;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longshore.api.resource.Quantity;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantitiesTest {
    @ParameterizedTest
    @CsvSource({"0,0", "00,0", "0Ki,0", "0.0m,0", "1,1", "+1,1", "-1,-1", "1000m,1", "1500m,1500m", "0.5,500m",
            ".5,500m",
            "5.,5", "1.5,1500m", "100m,100m", "1000,1k", "1500,1500", "1500000,1500k", "1k,1k", "1000k,1M", "0.001k,1",
            "1Ki,1Ki", "1024Ki,1Mi", "1024Mi,1Gi", "1500Mi,1500Mi", "1.5Gi,1536Mi", "0.5Ki,512", "0.5Mi,512Ki",
            "1000Ki,1000Ki", "-1Ki,-1Ki", "0.1Ki,102400m", "1e3,1e3", "1000e0,1e3", "1E3,1e3", "12e4,120e3",
            "1e-3,1e-3",
            "100e-3,100e-3", "1E,1E", "1n,1n", "1u,1u", "1000u,1m", "0.1n,1n", "1.0000000001,1000000001n",
            "9223372036854775807,9223372036854775807", "9223372036854775808,9223372036854775807",
            "8Ei,9223372036854775807",
            "1Ei,1Ei", "2048,2048"})
    void canonicalTextKeepsTheFamilyOfSuffix(String text, String canonical) {
        assertThat(Quantities.canonical(text)).isEqualTo(canonical);
        assertThat(Quantities.canonical(canonical)).isEqualTo(canonical);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "m", ".", "1 Mi", "1mi", "1KI", "1K", "--1", "1e", "1e1.5", "0x10", "1,5", "1Zi",
            "1e9999",
            "1111111111111111111111111111111111111111111111111111111111111111111"})
    void otherTextIsRefused(String text) {
        assertThatThrownBy(() -> Quantities.canonical(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({"1,1,1000", "100m,1,100", "1500m,2,1500", "1Ki,1024,1024000", "1u,1,1", "-1500m,-2,-1500",
            "1.0001,2,1001",
            "8Ei,9223372036854775807,9223372036854775807", "123456789012345,123456789012345,123456789012345000"})
    void valuesAreRoundedAwayFromZeroAndCapped(String text, long value, long millis) {
        Quantity quantity = Quantities.parse(text);
        assertThat(Quantities.value(quantity)).isEqualTo(value);
        assertThat(Quantities.milliValue(quantity)).isEqualTo(millis);
    }

    @ParameterizedTest
    @CsvSource({"1Gi,1Gi,2Gi,0", "1Gi,1024Mi,2Gi,0", "1,500m,1500m,500m", "0,1Ki,1Ki,-1Ki", "1Ki,1,1025,1023",
            "100m,900m,1,-800m", "1e3,1k,2e3,0"})
    void sumsKeepTheFamilyOfTheFirst(String left, String right, String sum, String difference) {
        assertThat(Quantities.add(Quantities.parse(left), Quantities.parse(right)).getString()).isEqualTo(sum);
        assertThat(Quantities.subtract(Quantities.parse(left), Quantities.parse(right)).getString())
                .isEqualTo(difference);
    }

    /** The short way for common texts and the long way agree; a fraction always goes the long way. */
    @ParameterizedTest
    @ValueSource(strings = {"", "m", "k", "M", "Ki", "Mi", "Gi", "G"})
    void commonTextsAreReadLikeAllOthers(String suffix) {
        for (String number : List.of("0", "1", "7", "999", "1000", "1001", "8589934591", "9007199254",
                "999999999999999", "1000000000000000")) {
            Quantity text = Quantity.newBuilder().setString(number + suffix).build();
            Quantity fraction = Quantity.newBuilder().setString(number + ".0" + suffix).build();
            assertThat(Quantities.value(text)).as(number + suffix).isEqualTo(Quantities.value(fraction));
            assertThat(Quantities.milliValue(text)).as(number + suffix).isEqualTo(Quantities.milliValue(fraction));
        }
    }

    @Test
    void anAbsentQuantityIsZero() {
        Quantity absent = Quantity.getDefaultInstance();
        assertThat(Quantities.isZero(absent)).isTrue();
        assertThat(Quantities.value(absent)).isZero();
        assertThat(Quantities.add(absent, Quantities.of(5)).getString()).isEqualTo("5");
    }

    @Test
    void amountsCompareAcrossSpellings() {
        assertThat(Quantities.compare(Quantities.parse("1Gi"), Quantities.parse("1G"))).isPositive();
        assertThat(Quantities.compare(Quantities.ofMilli(1000), Quantities.of(1))).isZero();
        assertThat(Quantities.ofBytes(1 << 20).getString()).isEqualTo("1Mi");
        assertThat(Quantities.roundUpToMilli(Quantities.parse("100u")).getString()).isEqualTo("1m");
        assertThat(Quantities.roundUpToMilli(Quantities.parse("7m")).getString()).isEqualTo("7m");
        assertThat(Stream.of("0", "-1", "1m", "128Mi", "1n", "-2Gi").map(Quantities::parse).map(Quantities::signum))
                .containsExactly(0, -1, 1, 1, 1, -1);
    }
}
