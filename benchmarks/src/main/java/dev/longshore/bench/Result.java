package dev.longshore.bench;

/**
 * One measured figure.
 *
 * @param value     in {@code unit}
 * @param reference what the plain way of doing the same gave in the same run, in the same unit; NaN if there is none
 * @param ratio     the median of value / reference over the rounds: it does not change with the load of the machine
 */
public record Result(String name, double value, String unit, double reference, double ratio) {
    /** A figure that is compared with nothing. */
    public static Result alone(String name, double value, String unit) {
        return new Result(name, value, unit, Double.NaN, Double.NaN);
    }

    boolean hasReference() {
        return !Double.isNaN(reference);
    }
}
