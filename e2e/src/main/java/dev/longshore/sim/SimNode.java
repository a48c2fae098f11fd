package dev.longshore.sim;

import java.util.Map;
import java.util.TreeMap;

/** A machine and the containers on it, which live on when the agent's process does not. */
final class SimNode {
    private final String name;
    private final int number;
    private final long cpuMillis;
    private final Map<String, Running> pods = new TreeMap<>();
    private int addresses;

    /**
     * A pod's containers.
     *
     * @param readySinceMillis when they became ready, or will
     */
    record Running(String podIp, long readySinceMillis, int restarts) {}

    SimNode(int number, long cpuMillis) {
        this.name = "node-" + number;
        this.number = number;
        this.cpuMillis = cpuMillis;
    }

    String name() {
        return name;
    }

    long cpuMillis() {
        return cpuMillis;
    }

    String address() {
        return "192.168.0." + (number + 10);
    }

    /** By pod uid. */
    Map<String, Running> pods() {
        return pods;
    }

    String nextPodIp() {
        addresses++;
        return "10.244." + number + "." + addresses;
    }

    /** The machine was off: nothing runs on it any more. */
    void reboot() {
        pods.clear();
    }
}
