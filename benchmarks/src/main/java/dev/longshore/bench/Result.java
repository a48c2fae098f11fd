package dev.longshore.bench;

/**
 * One measured figure.
 *
 * @param value     in {@code unit}; more is better
 * @param reference what the plain way of doing the same gave in the same run, in the same unit
 * @param ratio     the median of value / reference over the rounds: it does not change with the load of the machine
 */
record Result(String name, double value, String unit, double reference, double ratio) {}
