package dev.longshore.scheduler.state;

import dev.longshore.api.resource.Quantity;
import dev.longshore.api.values.Quantities;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BinaryOperator;

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
    private static final SortedMap<String, Long> NOTHING_ELSE = Collections.emptySortedMap();

    public static final Amounts NONE = new Amounts(0, 0, 0, 0, NOTHING_ELSE);

    public Amounts {
        extended = extended.isEmpty() ? NOTHING_ELSE : Collections.unmodifiableSortedMap(new TreeMap<>(extended));
    }

    /** Reads a resource list; amounts are rounded up (Kubernetes API, Quantity). */
    public static Amounts of(Map<String, Quantity> quantities) {
        return of(quantities, 0, 0);
    }

    /** The same, with the amounts for a list that does not name cpu or memory. */
    static Amounts of(Map<String, Quantity> quantities, long missingCpuMillis, long missingMemoryBytes) {
        long cpuMillis = missingCpuMillis;
        long memoryBytes = missingMemoryBytes;
        long ephemeralBytes = 0;
        long pods = 0;
        SortedMap<String, Long> extended = NOTHING_ELSE;
        for (Map.Entry<String, Quantity> entry : quantities.entrySet()) {
            Quantity quantity = entry.getValue();
            switch (entry.getKey()) {
                case "cpu" -> cpuMillis = Quantities.milliValue(quantity);
                case "memory" -> memoryBytes = Quantities.value(quantity);
                case "ephemeral-storage" -> ephemeralBytes = Quantities.value(quantity);
                case "pods" -> pods = Quantities.value(quantity);
                default -> {
                    long units = Quantities.value(quantity);
                    if (units != 0) {
                        extended = extended.isEmpty() ? new TreeMap<>() : extended;
                        extended.put(entry.getKey(), units);
                    }
                }
            }
        }
        return new Amounts(cpuMillis, memoryBytes, ephemeralBytes, pods, extended);
    }

    public Amounts plus(Amounts other) {
        return new Amounts(cpuMillis + other.cpuMillis, memoryBytes + other.memoryBytes,
                ephemeralBytes + other.ephemeralBytes, pods + other.pods, merged(other, Long::sum));
    }

    /** The larger of the two, resource by resource. */
    public Amounts max(Amounts other) {
        return new Amounts(Math.max(cpuMillis, other.cpuMillis), Math.max(memoryBytes, other.memoryBytes),
                Math.max(ephemeralBytes, other.ephemeralBytes), Math.max(pods, other.pods),
                merged(other, Math::max));
    }

    private SortedMap<String, Long> merged(Amounts other, BinaryOperator<Long> of) {
        if (extended.isEmpty() || other.extended.isEmpty()) {
            return extended.isEmpty() ? other.extended : extended;
        }
        SortedMap<String, Long> merged = new TreeMap<>(extended);
        other.extended.forEach((name, amount) -> merged.merge(name, amount, of));
        return merged;
    }
}
