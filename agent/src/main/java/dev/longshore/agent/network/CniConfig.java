package dev.longshore.agent.network;

/** Writes the CNI configuration list of a node. Pure. Format: CNI specification 0.4.0. */
final class CniConfig {
    static final String FILE = "10-longshore.conflist";

    private CniConfig() {
    }

    /**
     * A bridge with this node's pod network. The bridge plug-in sets no masquerade, which is the service proxy's;
     * hairpin lets a pod reach itself through its Service. Host ports need the plug-in portmap.
     */
    static String text(NetworkConfig config, Cidr pods) {
        String bridge = """
                {
                      "type": "bridge",
                      "bridge": "%s",
                      "isGateway": true,
                      "ipMasq": false,
                      "hairpinMode": true,
                      "ipam": {
                        "type": "host-local",
                        "dataDir": "%s",
                        "ranges": [[{"subnet": "%s", "gateway": "%s"}]],
                        "routes": [{"dst": "0.0.0.0/0"}]
                      }
                    }""".formatted(config.bridge(), escaped(config.ipamDirectory().toString()), pods, pods.gateway());
        String portMap = config.plugins().contains("portmap")
                ? ",\n    {\"type\": \"portmap\", \"capabilities\": {\"portMappings\": true}}"
                : "";
        return """
                {
                  "cniVersion": "0.4.0",
                  "name": "longshore",
                  "plugins": [
                    %s%s
                  ]
                }
                """.formatted(bridge, portMap);
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"");
    }
}
