package dev.longshore.scheduler.state;

import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Which nodes have a host port taken, by how many pods (pods bound by hand may share one). */
public final class PortIndex {
    private final Map<Integer, Map<HostPort, TreeMap<Integer, Integer>>> taken = new HashMap<>();

    void add(int slot, List<HostPort> ports) {
        ports.forEach(port -> taken.computeIfAbsent(port.port(), _ -> new HashMap<>())
                .computeIfAbsent(port, _ -> new TreeMap<>()).merge(slot, 1, Integer::sum));
    }

    void remove(int slot, List<HostPort> ports) {
        ports.forEach(port -> taken.computeIfPresent(port.port(), (_, sameNumber) -> {
            sameNumber.computeIfPresent(port, (_, counts) -> {
                counts.computeIfPresent(slot, (_, count) -> count == 1 ? null : count - 1);
                return counts.isEmpty() ? null : counts;
            });
            return sameNumber.isEmpty() ? null : sameNumber;
        }));
    }

    /** Adds to {@code conflicting} the nodes where one of the ports is taken. */
    public void conflicts(List<HostPort> wanted, BitSet conflicting) {
        for (HostPort port : wanted) {
            taken.getOrDefault(port.port(), Map.of()).forEach((held, counts) -> {
                if (held.conflictsWith(port)) {
                    counts.keySet().forEach(conflicting::set);
                }
            });
        }
    }
}
