package dev.longshore.scheduler.plugins;

import java.util.BitSet;

/**
 * The lowest of the numbers of some domains. Changes cost nothing until the last domain that had it has more; then all
 * are looked at, which is once for as many pods as there are domains when pods are spread.
 */
final class Lowest {
    /** Of no domains at all. */
    private static final double OF_NONE = Integer.MAX_VALUE;

    private final double[] sums;
    private final BitSet domains;
    private double lowest;
    /** How many domains have it; 0: it has to be looked for. */
    private int holders;

    /**
     * @param sums    by domain; read only
     * @param domains those that are compared; read only
     */
    Lowest(double[] sums, BitSet domains) {
        this.sums = sums;
        this.domains = domains;
    }

    /** The number of a domain is another now. */
    void changed(int domain, double before, double after) {
        if (holders == 0 || !domains.get(domain)) {
            return;
        }
        if (before == lowest) {
            holders--;
        }
        if (after < lowest) {
            lowest = after;
            holders = 1;
        } else if (after == lowest) {
            holders++;
        }
    }

    double value() {
        if (holders == 0) {
            find();
        }
        return lowest;
    }

    private void find() {
        lowest = OF_NONE;
        for (int domain = domains.nextSetBit(0); domain >= 0; domain = domains.nextSetBit(domain + 1)) {
            if (sums[domain] < lowest) {
                lowest = sums[domain];
                holders = 0;
            }
            if (sums[domain] == lowest) {
                holders++;
            }
        }
    }
}
