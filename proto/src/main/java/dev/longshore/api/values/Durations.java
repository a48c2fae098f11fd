package dev.longshore.api.values;

import java.math.BigDecimal;
import java.time.Duration;

/** Durations as Go writes them: {@code 1m30s}, {@code 1.5ms}, {@code 0s}; in nanoseconds. */
public final class Durations {
    private static final long MICRO = 1_000;
    private static final long MILLI = 1_000 * MICRO;
    private static final long SECOND = 1_000 * MILLI;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;
    private static final int MAX_LENGTH = 64;

    private Durations() {
    }

    public static String format(Duration duration) {
        return format(duration.toNanos());
    }

    /** The text of a number of nanoseconds. */
    public static String format(long nanos) {
        if (nanos == 0) {
            return "0s";
        }
        String sign = nanos < 0 ? "-" : "";
        BigDecimal size = BigDecimal.valueOf(nanos).abs();
        if (size.compareTo(BigDecimal.valueOf(MICRO)) < 0) {
            return sign + size.toPlainString() + "ns";
        }
        if (size.compareTo(BigDecimal.valueOf(MILLI)) < 0) {
            return sign + scaled(size, MICRO) + "µs";
        }
        if (size.compareTo(BigDecimal.valueOf(SECOND)) < 0) {
            return sign + scaled(size, MILLI) + "ms";
        }
        return sign + fromSeconds(size);
    }

    private static String fromSeconds(BigDecimal size) {
        BigDecimal[] hours = size.divideAndRemainder(BigDecimal.valueOf(HOUR));
        BigDecimal[] minutes = hours[1].divideAndRemainder(BigDecimal.valueOf(MINUTE));
        String seconds = scaled(minutes[1], SECOND) + "s";
        if (hours[0].signum() != 0) {
            return hours[0].toBigInteger() + "h" + minutes[0].toBigInteger() + "m" + seconds;
        }
        return minutes[0].signum() != 0 ? minutes[0].toBigInteger() + "m" + seconds : seconds;
    }

    private static String scaled(BigDecimal nanos, long unit) {
        BigDecimal value = nanos.divide(BigDecimal.valueOf(unit));
        return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
    }

    /** Nanoseconds. Fails with IllegalArgumentException for text that is no duration, or one beyond 292 years. */
    public static long parse(String text) {
        String rest = text.startsWith("-") || text.startsWith("+") ? text.substring(1) : text;
        if (rest.equals("0")) {
            return 0;
        }
        if (rest.isEmpty() || rest.length() > MAX_LENGTH) {
            throw invalid(text);
        }
        BigDecimal sum = BigDecimal.ZERO;
        int position = 0;
        while (position < rest.length()) {
            int unitStart = skip(rest, position, true);
            int end = skip(rest, unitStart, false);
            sum = sum.add(number(rest.substring(position, unitStart), text)
                    .multiply(BigDecimal.valueOf(unit(rest.substring(unitStart, end), text))));
            position = end;
        }
        return exact(text.startsWith("-") ? sum.negate() : sum, text);
    }

    private static int skip(String text, int from, boolean digits) {
        int position = from;
        while (position < text.length() && isNumeric(text.charAt(position)) == digits) {
            position++;
        }
        return position;
    }

    private static boolean isNumeric(char c) {
        return c >= '0' && c <= '9' || c == '.';
    }

    private static BigDecimal number(String digits, String text) {
        try {
            return new BigDecimal(digits);
        } catch (NumberFormatException e) {
            throw invalid(text);
        }
    }

    private static long unit(String name, String text) {
        return switch (name) {
            case "ns" -> 1;
            case "us", "µs", "μs" -> MICRO;
            case "ms" -> MILLI;
            case "s" -> SECOND;
            case "m" -> MINUTE;
            case "h" -> HOUR;
            default -> throw invalid(text);
        };
    }

    private static long exact(BigDecimal nanos, String text) {
        try {
            return nanos.toBigInteger().longValueExact();
        } catch (ArithmeticException e) {
            throw invalid(text);
        }
    }

    private static IllegalArgumentException invalid(String text) {
        return new IllegalArgumentException("\"" + text + "\" is no duration such as 1m30s");
    }
}
