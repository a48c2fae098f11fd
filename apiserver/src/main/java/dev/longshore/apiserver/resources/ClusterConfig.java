package dev.longshore.apiserver.resources;

/**
 * What the objects of a cluster depend on and no object says.
 *
 * @param serviceCidr  IPv4 network of the cluster IPs of Services
 * @param nodePortMin  first port that a Service may open on every node
 * @param nodePortMax  last one
 */
public record ClusterConfig(String serviceCidr, int nodePortMin, int nodePortMax) {
    /** The ranges of a fresh cluster; the ports are those of Kubernetes. */
    public static ClusterConfig standard() {
        return new ClusterConfig("10.96.0.0/16", 30000, 32767);
    }

    /** The address of the Service {@code kubernetes}: the first one of the network. */
    public String apiServiceAddress() {
        String network = serviceCidr.substring(0, serviceCidr.indexOf('/'));
        int dot = network.lastIndexOf('.');
        return network.substring(0, dot + 1) + (Integer.parseInt(network.substring(dot + 1)) + 1);
    }
}
