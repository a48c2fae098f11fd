package dev.longshore.scheduler.state;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;

/**
 * The number that a quantity's text stands for ({@code 100m}, {@code 1Gi}, {@code 2e3}; Kubernetes API, Quantity). The
 * API server has refused texts that are no quantity, so one that slips through counts as nothing.
 */
final class QuantityAmount {
    private static final BigDecimal LONGEST = BigDecimal.valueOf(Long.MAX_VALUE);
    private static final BigDecimal KIBI = BigDecimal.valueOf(1024);
    private static final Map<String, BigDecimal> UNITS = Map.ofEntries(
            Map.entry("", BigDecimal.ONE), Map.entry("n", BigDecimal.ONE.scaleByPowerOfTen(-9)),
            Map.entry("u", BigDecimal.ONE.scaleByPowerOfTen(-6)), Map.entry("m", BigDecimal.ONE.scaleByPowerOfTen(-3)),
            Map.entry("k", BigDecimal.ONE.scaleByPowerOfTen(3)), Map.entry("M", BigDecimal.ONE.scaleByPowerOfTen(6)),
            Map.entry("G", BigDecimal.ONE.scaleByPowerOfTen(9)), Map.entry("T", BigDecimal.ONE.scaleByPowerOfTen(12)),
            Map.entry("P", BigDecimal.ONE.scaleByPowerOfTen(15)), Map.entry("E", BigDecimal.ONE.scaleByPowerOfTen(18)),
            Map.entry("Ki", KIBI), Map.entry("Mi", KIBI.pow(2)), Map.entry("Gi", KIBI.pow(3)),
            Map.entry("Ti", KIBI.pow(4)), Map.entry("Pi", KIBI.pow(5)), Map.entry("Ei", KIBI.pow(6)));

    private QuantityAmount() {
    }

    /** Whole units, rounded up. */
    static long units(String text) {
        return rounded(value(text));
    }

    /** Thousandths, rounded up. */
    static long millis(String text) {
        return rounded(value(text).scaleByPowerOfTen(3));
    }

    private static long rounded(BigDecimal value) {
        return value.min(LONGEST).setScale(0, RoundingMode.UP).longValue();
    }

    private static BigDecimal value(String text) {
        int end = text.length();
        while (end > 0 && Character.isLetter(text.charAt(end - 1))) {
            end--;
        }
        BigDecimal unit = UNITS.get(text.substring(end));
        try {
            // "2E3" ends in a digit, so what letters it has belong to the number.
            return unit == null || end == 0 ? BigDecimal.ZERO : new BigDecimal(text.substring(0, end)).multiply(unit);
        } catch (NumberFormatException e) {
            return BigDecimal.ZERO;
        }
    }
}
