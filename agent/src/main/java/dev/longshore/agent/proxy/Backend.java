package dev.longshore.agent.proxy;

/** One address and port that a Service port leads to. */
record Backend(String address, int port, boolean local) implements Comparable<Backend> {
    /** The form of a concatenated value: {@code 10.244.1.5 . 8080}. */
    String concatenated() {
        return address + " . " + port;
    }

    @Override
    public String toString() {
        return address + ":" + port;
    }

    @Override
    public int compareTo(Backend other) {
        int byAddress = address.compareTo(other.address);
        return byAddress == 0 ? Integer.compare(port, other.port) : byAddress;
    }
}
