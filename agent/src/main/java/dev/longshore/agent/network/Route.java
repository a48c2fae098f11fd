package dev.longshore.agent.network;

/** How this node reaches the pods of another. */
sealed interface Route {
    Cidr pods();

    /** The other node is on our network: its address is the gateway. */
    record Direct(Cidr pods, String gateway) implements Route {}

    /**
     * The other node is behind a router that does not know our pods: packets travel inside UDP (VXLAN, RFC 7348).
     *
     * @param hardwareAddress of the tunnel's end there, which follows from its address
     */
    record Tunnelled(Cidr pods, String node, String hardwareAddress) implements Route {}
}
