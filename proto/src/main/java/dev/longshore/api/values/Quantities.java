package dev.longshore.api.values;

import dev.longshore.api.resource.Quantity;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Comparator;

/**
 * Amounts of resources: {@code 100m}, {@code 1500}, {@code 128Mi}, {@code 12e6}. The canonical text of an amount
 * keeps the
 * family of suffix it was given in and has the largest suffix that leaves no fraction (source: Kubernetes API,
 * "Quantity":
 * suffix families, caps and rounding). An absent or empty quantity is zero.
 */
public final class Quantities {
    public static final Quantity ZERO = Quantity.newBuilder().setString("0").build();

    /** By amount; equal amounts in different spelling compare as equal. */
    public static final Comparator<Quantity> ORDER = Quantities::compare;

    private static final BigInteger LONG_MAX = BigInteger.valueOf(Long.MAX_VALUE);
    private static final int MILLI_DIGITS = 3;
    private static final long MILLIS = 1000;

    private Quantities() {
    }

    /** Whole units. */
    public static Quantity of(long value) {
        return quantity(new QuantityText.Amount(BigDecimal.valueOf(value), QuantityText.Family.DECIMAL));
    }

    /** Thousandths, as for CPU time: {@code ofMilli(1500)} is {@code 1500m}. */
    public static Quantity ofMilli(long millis) {
        return quantity(new QuantityText.Amount(BigDecimal.valueOf(millis, MILLI_DIGITS), QuantityText.Family.DECIMAL));
    }

    /** Bytes, written with binary suffixes where they are whole: {@code ofBytes(1048576)} is {@code 1Mi}. */
    public static Quantity ofBytes(long bytes) {
        return quantity(new QuantityText.Amount(BigDecimal.valueOf(bytes), QuantityText.Family.BINARY));
    }

    /** Fails with IllegalArgumentException for text that is no quantity. */
    public static Quantity parse(String text) {
        return Quantity.newBuilder().setString(canonical(text)).build();
    }

    /** The canonical text of the same amount. Fails with IllegalArgumentException for text that is no quantity. */
    public static String canonical(String text) {
        return QuantityText.isSurelyCanonical(text) ? text : QuantityText.format(QuantityText.parse(text));
    }

    /** Whole units, rounded up; amounts beyond a long give the nearest long. */
    public static long value(Quantity quantity) {
        long millis = QuantityText.shortMillis(quantity.getString());
        return millis >= 0 ? Math.ceilDiv(millis, MILLIS) : toLong(amount(quantity).value(), 0);
    }

    /** Thousandths, rounded up; amounts beyond a long give the nearest long. */
    public static long milliValue(Quantity quantity) {
        long millis = QuantityText.shortMillis(quantity.getString());
        return millis >= 0 ? millis : toLong(amount(quantity).value(), MILLI_DIGITS);
    }

    /** Exactly. */
    public static BigDecimal decimal(Quantity quantity) {
        return amount(quantity).value();
    }

    public static int compare(Quantity left, Quantity right) {
        return left.getString().equals(right.getString())
                ? 0
                : amount(left).value().compareTo(amount(right).value());
    }

    public static boolean isZero(Quantity quantity) {
        return signum(quantity) == 0;
    }

    /** -1, 0 or 1. */
    public static int signum(Quantity quantity) {
        String text = quantity.getString();
        return QuantityText.isSurelyCanonical(text) && !text.equals("0") ? 1 : amount(quantity).value().signum();
    }

    /** In the suffix family of {@code left}, unless that is zero. */
    public static Quantity add(Quantity left, Quantity right) {
        return combine(left, right, amount(left).value().add(amount(right).value()));
    }

    /** {@code left - right}, in the suffix family of {@code left}, unless that is zero. */
    public static Quantity subtract(Quantity left, Quantity right) {
        return combine(left, right, amount(left).value().subtract(amount(right).value()));
    }

    public static Quantity max(Quantity left, Quantity right) {
        return compare(left, right) >= 0 ? left : right;
    }

    /** The smallest amount of whole thousandths that is not less: {@code 100u} gives {@code 1m}. */
    public static Quantity roundUpToMilli(Quantity quantity) {
        if (QuantityText.isSurelyCanonical(quantity.getString())) {
            return quantity;
        }
        QuantityText.Amount amount = amount(quantity);
        return amount.value().stripTrailingZeros().scale() <= MILLI_DIGITS
                ? quantity
                : quantity(new QuantityText.Amount(amount.value().setScale(MILLI_DIGITS, RoundingMode.UP),
                        amount.family()));
    }

    private static Quantity combine(Quantity left, Quantity right, BigDecimal value) {
        QuantityText.Family family = isZero(left) ? amount(right).family() : amount(left).family();
        return quantity(new QuantityText.Amount(value, family));
    }

    private static QuantityText.Amount amount(Quantity quantity) {
        return quantity.getString().isEmpty()
                ? new QuantityText.Amount(BigDecimal.ZERO, QuantityText.Family.DECIMAL)
                : QuantityText.parse(quantity.getString());
    }

    private static Quantity quantity(QuantityText.Amount amount) {
        return Quantity.newBuilder().setString(QuantityText.format(amount)).build();
    }

    private static long toLong(BigDecimal value, int digits) {
        BigInteger whole = value.scaleByPowerOfTen(digits).setScale(0, RoundingMode.UP).toBigInteger();
        return whole.bitLength() < Long.SIZE
                ? whole.longValue()
                : whole.signum() < 0 ? Long.MIN_VALUE : LONG_MAX.longValue();
    }
}
