package dev.longshore.apiserver.resources;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.ResourceTypes;
import dev.longshore.apiserver.resources.Trial.Row;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Namespaces, Nodes and the kinds of storage. */
class ClusterRulesTest {
    private static final Trial<?> NAMESPACE = new Trial<>(ResourceTypes.NAMESPACES, """
            metadata: {name: space}
            """);

    private static final Trial<?> NODE = new Trial<>(ResourceTypes.NODES, """
            spec: {}
            """);

    private static final Trial<?> VOLUME = new Trial<>(ResourceTypes.PERSISTENT_VOLUMES, """
            spec:
              capacity: {storage: 1Gi}
              accessModes: [ReadWriteOnce]
              hostPath: {path: /v}
            """);

    private static final Trial<?> STORAGE_CLASS = new Trial<>(ResourceTypes.STORAGE_CLASSES, """
            provisioner: example.com/p
            """);

    static final List<Row> DEFAULTS = List.of(
            NAMESPACE.fieldRow("phase", "", "status.phase", "Active"),
            NAMESPACE.fieldRow("finalizer", "", "spec.finalizers[0]", "kubernetes"),
            NAMESPACE.fieldRow("label", "", "metadata.labels", "{kubernetes.io/metadata.name=space}"),
            NODE.fieldRow("the newer name of the range", "spec: {podCIDR: 10.1.0.0/24}", "spec.podCIDRs[0]",
                    "10.1.0.0/24"),
            NODE.fieldRow("the older name of the range", "spec: {podCIDRs: [10.1.0.0/24]}", "spec.podCIDR",
                    "10.1.0.0/24"),
            NODE.fieldRow("what may be used", "status: {capacity: {cpu: 2}}", "status.allocatable.cpu", "2"));

    static final List<Row> CREATIONS = List.of(
            NAMESPACE.creationRow("a dot in the name", "metadata: {name: a.b}",
                    "metadata.name FieldValueInvalid Invalid value: \"a.b\": must consist of lower-case "
                            + "letters, digits or '-', and start and end with a letter or digit"),
            NODE.creationRow("a taint without effect", "spec: {taints: [{key: a}]}",
                    "metadata.taints[0].effect FieldValueRequired Required value"),
            NODE.creationRow("a taint of an unknown effect", "spec: {taints: [{key: a, effect: X}]}",
                    "metadata.taints[0].effect FieldValueNotSupported Unsupported value: \"X\": "
                            + "supported values: \"NoExecute\", \"NoSchedule\", \"PreferNoSchedule\""),
            NODE.creationRow("a taint twice", """
                    spec:
                      taints: [{key: a, effect: NoSchedule}, {key: a, value: b, effect: NoSchedule}]
                    """, "metadata.taints[1] FieldValueDuplicate Duplicate value: \"a:NoSchedule\""),
            NODE.creationRow("a bad key of a taint", "spec: {taints: [{key: a b, effect: NoSchedule}]}",
                    "metadata.taints[0].key FieldValueInvalid Invalid value: \"a b\": name part must "
                            + "consist of letters, digits, '-', '_' or '.', and start and end with a letter or "
                            + "digit"),
            NODE.creationRow("a range that is none", "spec: {podCIDR: x}",
                    "spec.podCIDRs[0] FieldValueInvalid Invalid value: \"x\": must be a valid CIDR "
                            + "value, (e.g. 10.9.8.0/24 or 2001:db8::/64)"),
            NODE.creationRow("two ranges of one family", "spec: {podCIDRs: [10.0.0.0/24, 10.1.0.0/24]}",
                    "spec.podCIDRs FieldValueInvalid Invalid value: \"[10.0.0.0/24, 10.1.0.0/24]\": may "
                            + "specify no more than one CIDR for each IP family"),
            NODE.creationRow("less than nothing", """
                    status: {capacity: {cpu: "-1"}}
                    """, "status.capacity.cpu FieldValueInvalid Invalid value: \"-1\": must be greater than "
                    + "or equal to 0",
                    "status.allocatable.cpu FieldValueInvalid Invalid value: \"-1\": must be greater "
                            + "than or equal to 0"),
            NODE.creationRow("an owner without a name",
                    "metadata: {ownerReferences: [{apiVersion: v1, kind: Pod, uid: u}]}",
                    "metadata.ownerReferences.name FieldValueInvalid Invalid value: \"\": name must not be empty"),
            NODE.creationRow("a finalizer without a domain", "metadata: {finalizers: [mine]}",
                    "metadata.finalizers[0] FieldValueInvalid Invalid value: \"mine\": name is neither "
                            + "a standard finalizer name nor is it fully qualified"),
            VOLUME.creationRow("an unknown policy", "spec: {persistentVolumeReclaimPolicy: X}",
                    "spec.persistentVolumeReclaimPolicy FieldValueNotSupported Unsupported value: "
                            + "\"X\": supported values: \"Delete\", \"Recycle\", \"Retain\""),
            STORAGE_CLASS.creationRow("no provisioner", "provisioner: null",
                    "provisioner FieldValueRequired Required value"),
            STORAGE_CLASS.creationRow("an unknown mode", "volumeBindingMode: X",
                    "volumeBindingMode FieldValueNotSupported Unsupported value: \"X\": supported "
                            + "values: \"Immediate\", \"WaitForFirstConsumer\""));

    static final List<Row> UPDATES = List.of(
            NODE.updateRow("the first range", "", "spec: {podCIDR: 10.1.0.0/24}"),
            NODE.updateRow("another range", "spec: {podCIDR: 10.1.0.0/24}", "spec: {podCIDR: 10.2.0.0/24}",
                    "spec.podCIDRs FieldValueForbidden Forbidden: node updates may not change podCIDR "
                            + "except from \"\" to valid"),
            NODE.updateRow("another machine", """
                    spec: {providerID: "a://b"}
                    """, """
                    spec: {providerID: "c://d"}
                    """, "spec.providerID FieldValueForbidden Forbidden: node updates may not change "
                    + "providerID except from \"\" to valid"),
            NODE.updateRow("a taint", "", "spec: {taints: [{key: a, effect: NoExecute}]}"),
            NODE.updateRow("an address twice", """
                    status:
                      addresses:
                      - {type: InternalIP, address: 1.1.1.1}
                      - {type: InternalIP, address: 1.1.1.1}
                    """, "metadata: {labels: {a: b}}",
                    "status.addresses[1] FieldValueDuplicate Duplicate value: \"1.1.1.1\""));

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
