package dev.longshore.api.values;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;

/** The text of quantities: a number and a suffix of one of three families. */
final class QuantityText {
    /** The families of suffixes. */
    enum Family {
        /** n u m - k M G T P E. */
        DECIMAL,
        /** Ki Mi Gi Ti Pi Ei. */
        BINARY,
        /** e and a power of ten. */
        EXPONENT
    }

    record Amount(BigDecimal value, Family family) {}

    private static final int MAX_LENGTH = 64;
    /** Digits that a long holds for certain, thousandfold. */
    private static final int SHORT_DIGITS = 15;
    private static final long MILLIS = 1000;
    private static final int MAX_EXPONENT = 1000;
    private static final int NANO_DIGITS = 9;
    private static final int GROUP_DIGITS = 3;
    private static final int BITS_PER_STEP = 10;
    private static final BigInteger KIBI = BigInteger.valueOf(1024);
    private static final BigDecimal LARGEST = BigDecimal.valueOf(Long.MAX_VALUE);
    private static final List<String> DECIMAL_SUFFIXES = List.of("n", "u", "m", "", "k", "M", "G", "T", "P", "E");
    private static final int UNIT_POSITION = 3;
    private static final List<String> BINARY_SUFFIXES = List.of("", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei");

    private QuantityText() {
    }

    /** The thousandths of digits with one of the common suffixes; -1 for any other text, and for more than a long. */
    static long shortMillis(String text) {
        int end = digits(text, 0);
        if (end == 0 || end > SHORT_DIGITS) {
            return -1;
        }
        long unit = millisOf(text.substring(end));
        long number = Long.parseLong(text, 0, end, 10);
        return unit > 0 && number <= Long.MAX_VALUE / unit ? number * unit : -1;
    }

    private static long millisOf(String suffix) {
        return switch (suffix) {
            case "m" -> 1;
            case "" -> MILLIS;
            case "k" -> MILLIS * MILLIS;
            case "M" -> MILLIS * MILLIS * MILLIS;
            case "Ki" -> MILLIS << BITS_PER_STEP;
            case "Mi" -> MILLIS << 2 * BITS_PER_STEP;
            case "Gi" -> MILLIS << 3 * BITS_PER_STEP;
            default -> 0;
        };
    }

    /**
     * A test that needs no arithmetic beyond a long; false says nothing. What passes is "0", or a positive whole number
     * of thousandths or more.
     */
    static boolean isSurelyCanonical(String text) {
        int end = digits(text, 0);
        if (end == 0 || end > SHORT_DIGITS || text.charAt(0) == '0') {
            return text.equals("0");
        }
        return switch (text.substring(end)) {
            case "", "m", "k", "M", "G" -> Long.parseLong(text, 0, end, 10) % 1000 != 0;
            case "Ki", "Mi", "Gi" -> end <= BITS_PER_STEP && Long.parseLong(text, 0, end, 10) % 1024 != 0;
            default -> false;
        };
    }

    private static int digits(String text, int from) {
        int end = from;
        while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
            end++;
        }
        return end;
    }

    static Amount parse(String text) {
        if (text.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("a quantity has at most " + MAX_LENGTH + " characters");
        }
        int start = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
        int end = digits(text, start);
        if (end < text.length() && text.charAt(end) == '.') {
            end = digits(text, end + 1);
        }
        String number = text.substring(start, end);
        if (number.isEmpty() || number.equals(".")) {
            throw invalid(text);
        }
        Amount amount = withSuffix(new BigDecimal(number.endsWith(".") ? number + "0" : number), text.substring(end),
                text);
        Amount bounded = bounded(amount);
        return text.startsWith("-") ? new Amount(bounded.value().negate(), bounded.family()) : bounded;
    }

    private static Amount withSuffix(BigDecimal number, String suffix, String text) {
        int decimal = DECIMAL_SUFFIXES.indexOf(suffix);
        if (decimal >= 0) {
            return new Amount(number.scaleByPowerOfTen((decimal - UNIT_POSITION) * GROUP_DIGITS), Family.DECIMAL);
        }
        int binary = BINARY_SUFFIXES.indexOf(suffix);
        if (binary > 0) {
            return new Amount(number.multiply(new BigDecimal(KIBI.pow(binary))), Family.BINARY);
        }
        if (suffix.startsWith("e") || suffix.startsWith("E")) {
            return new Amount(number.scaleByPowerOfTen(exponent(suffix.substring(1), text)), Family.EXPONENT);
        }
        throw invalid(text);
    }

    private static int exponent(String digits, String text) {
        try {
            int exponent = Integer.parseInt(digits);
            if (Math.abs(exponent) <= MAX_EXPONENT) {
                return exponent;
            }
        } catch (NumberFormatException _) {
            throw invalid(text);
        }
        throw invalid(text);
    }

    /** Nothing finer than a billionth, nothing beyond a long; parts of a unit have no binary suffix. */
    private static Amount bounded(Amount amount) {
        BigDecimal value = amount.value();
        if (value.scale() > NANO_DIGITS) {
            value = value.setScale(NANO_DIGITS, RoundingMode.UP);
        }
        if (value.compareTo(LARGEST) > 0) {
            value = LARGEST;
        }
        boolean part = value.signum() > 0 && value.compareTo(BigDecimal.ONE) < 0;
        return new Amount(value, part && amount.family() == Family.BINARY ? Family.DECIMAL : amount.family());
    }

    static String format(Amount amount) {
        if (amount.value().signum() == 0) {
            return "0";
        }
        return switch (amount.family()) {
            case DECIMAL, EXPONENT -> formatDecimal(amount);
            case BINARY -> isWrittenBinary(amount.value())
                    ? formatBinary(amount.value())
                    : formatDecimal(new Amount(amount.value(), Family.DECIMAL));
        };
    }

    private static boolean isWrittenBinary(BigDecimal value) {
        return value.abs().compareTo(new BigDecimal(KIBI)) >= 0 && value.stripTrailingZeros().scale() <= 0;
    }

    private static String formatDecimal(Amount amount) {
        BigDecimal stripped = amount.value().stripTrailingZeros();
        int exponent = Math.floorDiv(-stripped.scale(), GROUP_DIGITS) * GROUP_DIGITS;
        String number = stripped.scaleByPowerOfTen(-exponent).toBigIntegerExact().toString();
        int position = exponent / GROUP_DIGITS + UNIT_POSITION;
        if (amount.family() == Family.EXPONENT || position < 0 || position >= DECIMAL_SUFFIXES.size()) {
            return exponent == 0 ? number : number + "e" + exponent;
        }
        return number + DECIMAL_SUFFIXES.get(position);
    }

    private static String formatBinary(BigDecimal value) {
        BigInteger number = value.toBigIntegerExact();
        int step = 0;
        while (step < BINARY_SUFFIXES.size() - 1 && number.getLowestSetBit() >= BITS_PER_STEP) {
            number = number.shiftRight(BITS_PER_STEP);
            step++;
        }
        return number + BINARY_SUFFIXES.get(step);
    }

    private static IllegalArgumentException invalid(String text) {
        return new IllegalArgumentException("\"" + text + "\" is no quantity: a number with one of the suffixes "
                + "n u m k M G T P E Ki Mi Gi Ti Pi Ei or an exponent is expected");
    }
}
