package dev.longshore.controllers.nodeipam;

import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The cluster's range of IPv4 pod addresses, cut into ranges of one size.
 *
 * <p>Example: {@code 10.244.0.0/16} in ranges of 24 bits is 10.244.0.0/24 to 10.244.255.0/24.
 */
public final class CidrPool {
    private static final int ADDRESS_BITS = 32;
    private static final int OCTETS = 4;

    private final long base;
    private final int prefix;
    private final int nodePrefix;

    private CidrPool(long base, int prefix, int nodePrefix) {
        this.base = base;
        this.prefix = prefix;
        this.nodePrefix = nodePrefix;
    }

    /** Fails with IllegalArgumentException for text that is no IPv4 range, or too small for one node. */
    public static CidrPool of(String clusterCidr, int nodePrefix) {
        String[] parts = clusterCidr.split("/", -1);
        int prefix = parts.length == 2 ? Integer.parseInt(parts[1]) : -1;
        if (prefix < 0 || prefix > nodePrefix || nodePrefix >= ADDRESS_BITS) {
            throw new IllegalArgumentException("cluster CIDR " + clusterCidr + " holds no ranges of /" + nodePrefix);
        }
        return new CidrPool(address(parts[0]) & -1L << (ADDRESS_BITS - prefix), prefix, nodePrefix);
    }

    /** The lowest range that is not used; empty when none is left. Ranges of other pools are ignored. */
    public Optional<String> next(Collection<String> used) {
        Set<String> taken = new HashSet<>(used);
        long count = 1L << (nodePrefix - prefix);
        for (long i = 0; i < count; i++) {
            String range = text(base + (i << (ADDRESS_BITS - nodePrefix))) + "/" + nodePrefix;
            if (!taken.contains(range)) {
                return Optional.of(range);
            }
        }
        return Optional.empty();
    }

    private static long address(String text) {
        String[] octets = text.split("\\.", -1);
        if (octets.length != OCTETS) {
            throw new IllegalArgumentException(text + " is no IPv4 address");
        }
        long address = 0;
        for (String octet : octets) {
            int value = Integer.parseInt(octet);
            if (value < 0 || value > 255) {
                throw new IllegalArgumentException(text + " is no IPv4 address");
            }
            address = address << Byte.SIZE | value;
        }
        return address;
    }

    private static String text(long address) {
        return (address >> 24 & 0xff) + "." + (address >> 16 & 0xff) + "." + (address >> 8 & 0xff) + "."
                + (address & 0xff);
    }
}
