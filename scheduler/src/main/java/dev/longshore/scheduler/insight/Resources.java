package dev.longshore.scheduler.insight;

import dev.longshore.scheduler.state.Amounts;
import dev.longshore.scheduler.state.ClusterState;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Resources by their names in the Kubernetes API: cpu in thousandths of a processor, all others in whole units. */
final class Resources {
    static final String CPU = "cpu";
    static final String MEMORY = "memory";
    static final String EPHEMERAL = "ephemeral-storage";
    private static final long UNIT = 1L << 10;
    private static final String[] SUFFIXES = {"", "Ki", "Mi", "Gi", "Ti", "Pi"};

    private Resources() {
    }

    /** Those of which some is asked for. */
    static List<String> in(Amounts amounts) {
        List<String> names = new ArrayList<>(List.of(CPU, MEMORY, EPHEMERAL));
        names.removeIf(name -> of(name, amounts) == 0);
        names.addAll(amounts.extended().keySet());
        return names;
    }

    static long of(String name, Amounts amounts) {
        return switch (name) {
            case CPU -> amounts.cpuMillis();
            case MEMORY -> amounts.memoryBytes();
            case EPHEMERAL -> amounts.ephemeralBytes();
            default -> amounts.extended().getOrDefault(name, 0L);
        };
    }

    static long free(String name, ClusterState state, int slot) {
        return switch (name) {
            case CPU -> state.resources().cpuFree(slot);
            case MEMORY -> state.resources().memoryFree(slot);
            case EPHEMERAL -> state.resources().ephemeralFree(slot);
            default -> state.resources().extendedFree(name, slot);
        };
    }

    static Amounts with(Amounts amounts, String name, long amount) {
        SortedMap<String, Long> extended = new TreeMap<>(amounts.extended());
        if (extended.remove(name) != null && amount > 0) {
            extended.put(name, amount);
        }
        return new Amounts(name.equals(CPU) ? amount : amounts.cpuMillis(),
                name.equals(MEMORY) ? amount : amounts.memoryBytes(),
                name.equals(EPHEMERAL) ? amount : amounts.ephemeralBytes(), amounts.pods(), extended);
    }

    /** As manifests write it: {@code 1500m}, {@code 2}, {@code 512Mi}; exact, so it may be pasted. */
    static String text(String name, long amount) {
        if (name.equals(CPU)) {
            return amount % 1000 == 0 ? Long.toString(amount / 1000) : amount + "m";
        }
        long units = amount;
        int suffix = 0;
        boolean bytes = name.equals(MEMORY) || name.equals(EPHEMERAL) || name.startsWith("hugepages-");
        while (bytes && units != 0 && units % UNIT == 0 && suffix < SUFFIXES.length - 1) {
            units /= UNIT;
            suffix++;
        }
        return units + SUFFIXES[suffix];
    }
}
