package dev.longshore.apiserver.resources;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.ResourceTypes;
import dev.longshore.apiserver.resources.Trial.Row;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Services, Endpoints and EndpointSlices: defaults, refusals, what an update may not change. */
class ServiceRulesTest {
    private static final Trial<?> SERVICE = new Trial<>(ResourceTypes.SERVICES, """
            spec:
              selector: {a: b}
              ports: [{port: 80}]
            """);

    private static final Trial<?> ENDPOINTS = new Trial<>(ResourceTypes.ENDPOINTS, """
            subsets:
            - addresses: [{ip: 10.0.0.1}]
              ports: [{port: 80}]
            """);

    private static final Trial<?> SLICE = new Trial<>(ResourceTypes.ENDPOINT_SLICES, """
            addressType: IPv4
            endpoints: [{addresses: [10.0.0.1]}]
            ports: [{port: 80}]
            """);

    static final List<Row> DEFAULTS = List.of(
            SERVICE.fieldRow("type", "", "spec.type", "ClusterIP"),
            SERVICE.fieldRow("affinity", "", "spec.sessionAffinity", "None"),
            SERVICE.fieldRow("time of an affinity", "spec: {sessionAffinity: ClientIP}",
                    "spec.sessionAffinityConfig.clientIP.timeoutSeconds", "10800"),
            SERVICE.fieldRow("protocol", "", "spec.ports[0].protocol", "TCP"),
            SERVICE.fieldRow("target", "", "spec.ports[0].targetPort", "80"),
            SERVICE.fieldRow("traffic within", "", "spec.internalTrafficPolicy", "Cluster"),
            SERVICE.fieldRow("traffic from without", "spec: {type: NodePort}", "spec.externalTrafficPolicy",
                    "Cluster"),
            SERVICE.fieldRow("ports of a balancer", "spec: {type: LoadBalancer}",
                    "spec.allocateLoadBalancerNodePorts", "true"),
            SERVICE.fieldRow("families", "", "spec.ipFamilyPolicy", "SingleStack"),
            SERVICE.fieldRow("family", "", "spec.ipFamilies[0]", "IPv4"),
            ENDPOINTS.fieldRow("protocol", "", "subsets[0].ports[0].protocol", "TCP"),
            SLICE.fieldRow("protocol", "", "ports[0].protocol", "TCP"),
            SLICE.fieldRow("name of a port", "", "ports[0].name", ""));

    static final List<Row> CREATIONS = List.of(
            SERVICE.creationRow("sound", ""),
            SERVICE.creationRow("two families, both required", "spec: {ipFamilyPolicy: RequireDualStack}",
                    "spec.ipFamilyPolicy FieldValueInvalid Invalid value: \"RequireDualStack\": this "
                            + "cluster is not configured for dual-stack services"),
            SERVICE.creationRow("two families where possible", "spec: {ipFamilyPolicy: PreferDualStack}"),
            SERVICE.creationRow("a family that is not there", "spec: {ipFamilies: [IPv6]}",
                    "spec.ipFamilies[0] FieldValueInvalid Invalid value: \"IPv6\": not configured on "
                            + "this cluster"),
            SERVICE.creationRow("a family twice", "spec: {ipFamilies: [IPv4, IPv4]}",
                    "spec.ipFamilies[1] FieldValueDuplicate Duplicate value: \"IPv4\""),
            SERVICE.creationRow("no ports", "spec: {ports: []}", "spec.ports FieldValueRequired Required value"),
            SERVICE.creationRow("a name that starts with a digit", "metadata: {name: 1a}",
                    "metadata.name FieldValueInvalid Invalid value: \"1a\": must consist of lower-case "
                            + "letters, digits or '-', start with a letter and end with a letter or digit"),
            SERVICE.creationRow("an unknown type", "spec: {type: X}",
                    "spec.type FieldValueNotSupported Unsupported value: \"X\": supported values: "
                            + "\"ClusterIP\", \"ExternalName\", \"LoadBalancer\", \"NodePort\""),
            SERVICE.creationRow("a port out of range", "spec: {ports: [{port: 70000}]}",
                    "spec.ports[0].port FieldValueInvalid Invalid value: 70000: must be between 1 and "
                            + "65535, inclusive",
                    "spec.ports[0].targetPort FieldValueInvalid Invalid value: 70000: must be between 1 "
                            + "and 65535, inclusive"),
            SERVICE.creationRow("an unknown protocol", "spec: {ports: [{port: 80, protocol: ICMP}]}",
                    "spec.ports[0].protocol FieldValueNotSupported Unsupported value: \"ICMP\": "
                            + "supported values: \"SCTP\", \"TCP\", \"UDP\""),
            SERVICE.creationRow("two ports without names", "spec: {ports: [{port: 80}, {port: 81}]}",
                    "spec.ports[0].name FieldValueRequired Required value",
                    "spec.ports[1].name FieldValueRequired Required value"),
            SERVICE.creationRow("a name of a port twice",
                    "spec: {ports: [{port: 80, name: a}, {port: 81, name: a}]}",
                    "spec.ports[1].name FieldValueDuplicate Duplicate value: \"a\""),
            SERVICE.creationRow("a port twice", "spec: {ports: [{port: 80, name: a}, {port: 80, name: b}]}",
                    "spec.ports[1] FieldValueDuplicate Duplicate value: 80"),
            SERVICE.creationRow("a node port within", "spec: {ports: [{port: 80, nodePort: 30100}]}",
                    "spec.ports[0].nodePort FieldValueForbidden Forbidden: may not be used when `type` "
                            + "is 'ClusterIP'"),
            SERVICE.creationRow("a node port out of range",
                    "spec: {type: NodePort, ports: [{port: 80, nodePort: 80}]}",
                    "spec.ports[0].nodePort FieldValueInvalid Invalid value: 80: provided port is not "
                            + "in the valid range. The range of valid ports is 30000-32767"),
            SERVICE.creationRow("a name elsewhere that is missing", "spec: {type: ExternalName}",
                    "spec.externalName FieldValueRequired Required value"),
            SERVICE.creationRow("an address with a name elsewhere",
                    "spec: {type: ExternalName, externalName: a.b, clusterIP: 10.96.0.9}",
                    "spec.clusterIPs FieldValueForbidden Forbidden: may not be set for ExternalName services"),
            SERVICE.creationRow("no address on every node", "spec: {type: NodePort, clusterIP: None}",
                    "spec.clusterIPs[0] FieldValueInvalid Invalid value: \"None\": may not be set to "
                            + "'None' for NodePort services"),
            SERVICE.creationRow("an address that is none", "spec: {clusterIP: x}",
                    "spec.clusterIPs[0] FieldValueInvalid Invalid value: \"x\": must be a valid IP "
                            + "address, (e.g. 10.9.8.7 or 2001:db8::ffff)"),
            SERVICE.creationRow("an address of another network", "spec: {clusterIP: 10.1.0.1}",
                    "spec.clusterIPs FieldValueInvalid Invalid value: \"10.1.0.1\": failed to allocate "
                            + "IP 10.1.0.1: the provided IP (10.1.0.1) is not in the valid range. The range of "
                            + "valid IPs is 10.96.0.0/16"),
            SERVICE.creationRow("an affinity of days", """
                    spec:
                      sessionAffinity: ClientIP
                      sessionAffinityConfig: {clientIP: {timeoutSeconds: 90000}}
                    """, "spec.sessionAffinityConfig.clientIP.timeoutSeconds FieldValueInvalid Invalid "
                    + "value: 90000: must be greater than 0 and less than 86400"),
            SERVICE.creationRow("an unknown affinity", "spec: {sessionAffinity: X}",
                    "spec.sessionAffinity FieldValueNotSupported Unsupported value: \"X\": supported "
                            + "values: \"ClientIP\", \"None\""),
            SERVICE.creationRow("an outer address that leads back", "spec: {externalIPs: [127.0.0.1]}",
                    "spec.externalIPs[0] FieldValueInvalid Invalid value: \"127.0.0.1\": may not be in "
                            + "the loopback range (127.0.0.0/8, ::1/128)"),
            SERVICE.creationRow("a traffic policy without a way in", "spec: {externalTrafficPolicy: Local}",
                    "spec.externalTrafficPolicy FieldValueInvalid Invalid value: \"Local\": may only be "
                            + "set for externally-accessible services"),
            SERVICE.creationRow("a class of no balancer", "spec: {loadBalancerClass: a.b/c}",
                    "spec.loadBalancerClass FieldValueForbidden Forbidden: may only be used when `type` "
                            + "is 'LoadBalancer'"),
            SERVICE.creationRow("a network that is none",
                    "spec: {type: LoadBalancer, loadBalancerSourceRanges: [1.2.3.4]}",
                    "spec.LoadBalancerSourceRanges[0] FieldValueInvalid Invalid value: \"1.2.3.4\": "
                            + "must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)"),
            SERVICE.creationRow("a health check of no balancer",
                    "spec: {type: LoadBalancer, healthCheckNodePort: 30500}",
                    "spec.healthCheckNodePort FieldValueInvalid Invalid value: 30500: may only be set "
                            + "when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'"),
            ENDPOINTS.creationRow("no address", "subsets: [{ports: [{port: 80}]}]",
                    "subsets[0] FieldValueRequired Required value: must specify `addresses` or "
                            + "`notReadyAddresses`"),
            ENDPOINTS.creationRow("an address that is none", "subsets: [{addresses: [{ip: x}]}]",
                    "subsets[0].addresses[0].ip FieldValueInvalid Invalid value: \"x\": must be a valid "
                            + "IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)"),
            ENDPOINTS.creationRow("two ports without names", """
                    subsets:
                    - {addresses: [{ip: 10.0.0.1}], ports: [{port: 80}, {port: 81, name: a}]}
                    """, "subsets[0].ports[0].name FieldValueRequired Required value"),
            SLICE.creationRow("no type", "addressType: null", "addressType FieldValueRequired Required value"),
            SLICE.creationRow("an address of another type", """
                    endpoints: [{addresses: ["fd00::1"]}]
                    """, "endpoints[0].addresses[0] FieldValueInvalid Invalid value: \"fd00::1\": must be a "
                    + "valid IPv4 address"),
            SLICE.creationRow("a multicast address", "endpoints: [{addresses: [224.0.0.1]}]",
                    "endpoints[0].addresses[0] FieldValueInvalid Invalid value: \"224.0.0.1\": may not "
                            + "be in the link-local multicast range (224.0.0.0/24, ff02::/10)"),
            SLICE.creationRow("a zone twice",
                    "endpoints: [{addresses: [10.0.0.1], hints: {forZones: [{name: z}, {name: z}]}}]",
                    "endpoints[0].hints.forZones[1].name FieldValueDuplicate Duplicate value: \"z\""),
            SLICE.creationRow("a name of a port twice", "ports: [{port: 80}, {port: 81}]",
                    "ports[1].name FieldValueDuplicate Duplicate value: \"\""));

    static final List<Row> UPDATES = List.of(
            SERVICE.updateRow("another port", "", "spec: {ports: [{port: 81}]}"),
            SERVICE.updateRow("another address", "spec: {clusterIP: 10.96.0.9}", "spec: {clusterIP: 10.96.0.10}",
                    "spec.clusterIPs[0] FieldValueInvalid Invalid value: \"[10.96.0.10]\": may not "
                            + "change once set"),
            SERVICE.updateRow("another type", "", "spec: {type: NodePort}"),
            SERVICE.updateRow("another class of a balancer", "spec: {type: LoadBalancer, loadBalancerClass: a.b/c}",
                    "spec: {type: LoadBalancer, loadBalancerClass: a.b/d}",
                    "spec.loadBalancerClass FieldValueInvalid Invalid value: \"a.b/d\": may not change once set"),
            SERVICE.updateRow("another port of a health check", """
                    spec:
                      type: LoadBalancer
                      externalTrafficPolicy: Local
                      healthCheckNodePort: 30500
                    """, """
                    spec:
                      type: LoadBalancer
                      externalTrafficPolicy: Local
                      healthCheckNodePort: 30501
                    """, "spec.healthCheckNodePort FieldValueForbidden Forbidden: field is immutable"),
            SERVICE.updateRow("a class that goes with its type",
                    "spec: {type: LoadBalancer, loadBalancerClass: a.b/c}",
                    "spec: {type: ClusterIP, loadBalancerClass: a.b/c}"),
            SLICE.updateRow("another type of address", "", """
                    addressType: FQDN
                    endpoints: [{addresses: [a.example.com]}]
                    """, "addressType FieldValueInvalid Invalid value: \"FQDN\": field is immutable"));

    @ParameterizedTest
    @FieldSource("DEFAULTS")
    void anEmptyFieldIsFilled(Row row) {
        assertThat(row.found()).isEqualTo(row.expected());
    }

    @ParameterizedTest
    @FieldSource("CREATIONS")
    void aNewObjectIsRefusedForWhatIsWrong(Row row) {
        assertThat(row.found()).isEqualTo(row.expected());
    }

    @ParameterizedTest
    @FieldSource("UPDATES")
    void anUpdateIsRefusedForWhatMayNotChange(Row row) {
        assertThat(row.found()).isEqualTo(row.expected());
    }
}
