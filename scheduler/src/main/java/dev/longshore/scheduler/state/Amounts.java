package dev.longshore.scheduler.state;

import dev.longshore.api.resource.Quantity;
import dev.longshore.api.values.Quantities;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How much of each resource.
 *
 * @param cpuMillis      thousandths of a processor
 * @param memoryBytes    bytes
 * @param ephemeralBytes bytes of ephemeral-storage
 * @param pods           number of pods; only nodes have it
 * @param extended       every other resource by name, in whole units; no zero amounts
 */
public record Amounts(long cpuMillis, long memoryBytes, long ephemeralBytes, long pods,
        SortedMap<String, Long> extended) {
    public static final Amounts NONE = new Amounts(0, 0, 0, 0, new TreeMap<>());

    public Amounts {
        extended = Collections.unmodifiableSortedMap(new TreeMap<>(extended));
    }

    /** Reads a resource list; amounts are rounded up (Kubernetes API, Quantity). */
    public static Amounts of(Map<String, Quantity> quantities) {
        SortedMap<String, Long> extended = new TreeMap<>();
        quantities.forEach((name, quantity) -> {
            if (!isNative(name) && units(quantity) != 0) {
                extended.put(name, units(quantity));
            }
        });
        Quantity none = Quantity.getDefaultInstance();
        return new Amounts(Quantities.milliValue(quantities.getOrDefault("cpu", none)),
                units(quantities.getOrDefault("memory", none)),
                units(quantities.getOrDefault("ephemeral-storage", none)),
                units(quantities.getOrDefault("pods", none)), extended);
    }

    public Amounts plus(Amounts other) {
        SortedMap<String, Long> sum = new TreeMap<>(extended);
        other.extended.forEach((name, amount) -> sum.merge(name, amount, Long::sum));
        return new Amounts(cpuMillis + other.cpuMillis, memoryBytes + other.memoryBytes,
                ephemeralBytes + other.ephemeralBytes, pods + other.pods, sum);
    }

    /** The larger of the two, resource by resource. */
    public Amounts max(Amounts other) {
        SortedMap<String, Long> larger = new TreeMap<>(extended);
        other.extended.forEach((name, amount) -> larger.merge(name, amount, Math::max));
        return new Amounts(Math.max(cpuMillis, other.cpuMillis), Math.max(memoryBytes, other.memoryBytes),
                Math.max(ephemeralBytes, other.ephemeralBytes), Math.max(pods, other.pods), larger);
    }

    private static boolean isNative(String name) {
        return name.equals("cpu") || name.equals("memory") || name.equals("ephemeral-storage") || name.equals("pods");
    }

    private static long units(Quantity quantity) {
        return Quantities.value(quantity);
    }
}
