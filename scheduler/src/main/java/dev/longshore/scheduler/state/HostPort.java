package dev.longshore.scheduler.state;

/**
 * A port of the node's own address that a pod takes.
 *
 * @param address  "0.0.0.0" for all addresses
 * @param protocol TCP, UDP or SCTP
 */
public record HostPort(String address, String protocol, int port) {
    /** All addresses of the node. */
    public static final String ANY_ADDRESS = "0.0.0.0";

    /** Whether both cannot be taken on one node. */
    public boolean conflictsWith(HostPort other) {
        return port == other.port && protocol.equals(other.protocol) && (address.equals(other.address)
                || address.equals(ANY_ADDRESS) || other.address.equals(ANY_ADDRESS));
    }
}
