package dev.longshore.apiserver.allocation;

import dev.longshore.apiserver.resources.ClusterConfig;

/** The IPv4 addresses that cluster IPs come from. Pure. */
record AddressRange(int network, int prefixLength) {
    private static final int BITS = 32;

    /** Addresses at the start that are given only to who asks for them (Kubernetes: at most 256). */
    private static final int STATIC = 256;

    static AddressRange of(ClusterConfig config) {
        int slash = config.serviceCidr().indexOf('/');
        return new AddressRange(parse(config.serviceCidr().substring(0, slash)),
                Integer.parseInt(config.serviceCidr().substring(slash + 1)));
    }

    /** How many addresses there are, those of the network and the broadcast included. */
    int size() {
        return 1 << BITS - prefixLength;
    }

    /** The first address that is given to who asks for none. */
    int firstDynamic() {
        return size() > STATIC * 2 ? STATIC : 2;
    }

    String address(int index) {
        int value = network + index;
        return (value >>> 24) + "." + (value >>> 16 & 255) + "." + (value >>> 8 & 255) + "." + (value & 255);
    }

    /** Whether the address can belong to a Service. */
    boolean contains(String address) {
        int index = parse(address) - network;
        return index > 0 && index < size() - 1;
    }

    private static int parse(String address) {
        int value = 0;
        for (String part : address.split("\\.")) {
            value = value << 8 | Integer.parseInt(part);
        }
        return value;
    }
}
