package dev.longshore.api.values;

import dev.longshore.api.intstr.IntOrString;

/** Numbers that may also be names or percentages, such as {@code maxUnavailable: 25%} and {@code targetPort: http}. */
public final class IntOrStrings {
    /** Values of {@code IntOrString.type}. */
    private static final long INT = 0;
    private static final long STRING = 1;
    private static final int HUNDRED = 100;

    /** What to do with a part of a unit when a percentage is taken. */
    public enum Rounding {
        UP, DOWN
    }

    private IntOrStrings() {
    }

    public static IntOrString of(int number) {
        return number == 0 ? IntOrString.getDefaultInstance() : IntOrString.newBuilder().setIntVal(number).build();
    }

    public static IntOrString of(String text) {
        return IntOrString.newBuilder().setType(STRING).setStrVal(text).build();
    }

    public static boolean isInt(IntOrString value) {
        return value.getType() == INT;
    }

    public static boolean isPercent(IntOrString value) {
        return !isInt(value) && percentDigits(value.getStrVal());
    }

    private static boolean percentDigits(String text) {
        return text.length() > 1 && text.endsWith("%")
                && text.chars().limit(text.length() - 1L).allMatch(c -> c >= '0' && c <= '9');
    }

    /** The number or the text, as people write it. */
    public static String text(IntOrString value) {
        return isInt(value) ? Integer.toString(value.getIntVal()) : value.getStrVal();
    }

    /** The number itself, or that percentage of {@code total}. Fails with IllegalArgumentException for other text. */
    public static int scaled(IntOrString value, int total, Rounding rounding) {
        if (isInt(value)) {
            return value.getIntVal();
        }
        if (!isPercent(value)) {
            throw new IllegalArgumentException("\"" + value.getStrVal() + "\" is neither a number nor a percentage");
        }
        long percent = percent(value.getStrVal());
        long product = Math.multiplyExact(percent, (long) total);
        return Math.toIntExact(switch (rounding) {
            case UP -> Math.ceilDiv(product, HUNDRED);
            case DOWN -> Math.floorDiv(product, HUNDRED);
        });
    }

    private static long percent(String text) {
        try {
            return Integer.parseInt(text, 0, text.length() - 1, 10);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("\"" + text + "\" is too large a percentage");
        }
    }
}
