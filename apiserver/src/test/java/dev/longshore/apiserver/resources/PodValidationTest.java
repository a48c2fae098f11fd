package dev.longshore.apiserver.resources;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.ResourceTypes;
import dev.longshore.apiserver.resources.Trial.Row;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** What a new pod is refused for. */
class PodValidationTest {
    private static final Trial<?> POD = new Trial<>(ResourceTypes.PODS, """
            spec:
              serviceAccountName: default
              containers:
              - name: c
                image: nginx:1
            """);

    static final List<Row> CREATIONS = List.of(
            POD.creationRow("sound", ""),
            POD.creationRow("no container", "spec: {containers: []}",
                    "spec.containers FieldValueRequired Required value"),
            POD.creationRow("an unknown restart policy", "spec: {restartPolicy: Sometimes}",
                    "spec.restartPolicy FieldValueNotSupported Unsupported value: \"Sometimes\": "
                            + "supported values: \"Always\", \"Never\", \"OnFailure\""),
            POD.creationRow("an unknown DNS policy", "spec: {dnsPolicy: X}",
                    "spec.dnsPolicy FieldValueNotSupported Unsupported value: \"X\": supported values: "
                            + "\"ClusterFirst\", \"ClusterFirstWithHostNet\", \"Default\", \"None\""),
            POD.creationRow("own DNS without servers", "spec: {dnsPolicy: None, dnsConfig: {searches: [a]}}",
                    "spec.dnsConfig.nameservers FieldValueRequired Required value: must provide at "
                            + "least one DNS nameserver when `dnsPolicy` is None"),
            POD.creationRow("a DNS server by name", "spec: {dnsConfig: {nameservers: [ns]}}",
                    "spec.dnsConfig.nameservers[0] FieldValueInvalid Invalid value: \"ns\": must be a "
                            + "valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)"),
            POD.creationRow("four DNS servers",
                    "spec: {dnsConfig: {nameservers: [1.1.1.1, 1.1.1.2, 1.1.1.3, 1.1.1.4]}}",
                    "spec.dnsConfig.nameservers FieldValueInvalid Invalid value: \"[1.1.1.1, 1.1.1.2, "
                            + "1.1.1.3, 1.1.1.4]\": must not have more than 3 nameservers"),
            POD.creationRow("a DNS option without a name", "spec: {dnsConfig: {options: [{value: x}]}}",
                    "spec.dnsConfig.options[0] FieldValueRequired Required value: must not be empty"),
            POD.creationRow("a deadline of nothing", "spec: {activeDeadlineSeconds: 0}",
                    "spec.activeDeadlineSeconds FieldValueInvalid Invalid value: 0: must be between 1 "
                            + "and 2147483647, inclusive"),
            POD.creationRow("a bad node name", "spec: {nodeName: A_}",
                    "spec.nodeName FieldValueInvalid Invalid value: \"A_\": must consist of lower-case "
                            + "letters, digits, '-' or '.', and start and end with a letter or digit in each part "
                            + "between dots"),
            POD.creationRow("a bad host name", "spec: {hostname: a.b}",
                    "spec.hostname FieldValueInvalid Invalid value: \"a.b\": must consist of lower-case "
                            + "letters, digits or '-', and start and end with a letter or digit"),
            POD.creationRow("an alias that is no address", "spec: {hostAliases: [{ip: x, hostnames: [a]}]}",
                    "spec.hostAliases[0].ip FieldValueInvalid Invalid value: \"x\": must be a valid IP "
                            + "address, (e.g. 10.9.8.7 or 2001:db8::ffff)"),
            POD.creationRow("a bad label", "metadata: {labels: {a b: c}}",
                    "metadata.labels FieldValueInvalid Invalid value: \"a b\": name part must consist "
                            + "of letters, digits, '-', '_' or '.', and start and end with a letter or digit"),
            POD.creationRow("a toleration of everything by value",
                    "spec: {tolerations: [{operator: Equal, value: b}]}",
                    "spec.tolerations[0].operator FieldValueInvalid Invalid value: \"Equal\": operator "
                            + "must be Exists when `key` is empty, which means \"match all values and all keys\""),
            POD.creationRow("a toleration that exists with a value",
                    "spec: {tolerations: [{key: a, operator: Exists, value: b}]}",
                    "spec.tolerations[0].operator FieldValueInvalid Invalid value: \"b\": value must be "
                            + "empty when `operator` is 'Exists'"),
            POD.creationRow("a toleration with a time and no eviction", """
                    spec:
                      tolerations: [{key: a, operator: Exists, effect: NoSchedule, tolerationSeconds: 1}]
                    """, "spec.tolerations[0].effect FieldValueInvalid Invalid value: \"NoSchedule\": effect "
                    + "must be 'NoExecute' when `tolerationSeconds` is set"),
            POD.creationRow("a toleration of an unknown effect",
                    "spec: {tolerations: [{key: a, operator: Exists, effect: X}]}",
                    "spec.tolerations[0].effect FieldValueNotSupported Unsupported value: \"X\": "
                            + "supported values: \"NoExecute\", \"NoSchedule\", \"PreferNoSchedule\""),
            POD.creationRow("a gate twice", "spec: {schedulingGates: [{name: a}, {name: a}]}",
                    "spec.schedulingGates[1] FieldValueDuplicate Duplicate value: \"a\""),
            POD.creationRow("a spread without skew", """
                    spec:
                      topologySpreadConstraints:
                      - {maxSkew: 0, topologyKey: z, whenUnsatisfiable: DoNotSchedule}
                    """, "spec.topologySpreadConstraints[0].maxSkew FieldValueInvalid Invalid value: 0: must "
                    + "be greater than zero"),
            POD.creationRow("a spread that does not say when",
                    "spec: {topologySpreadConstraints: [{maxSkew: 1, topologyKey: z}]}",
                    "spec.topologySpreadConstraints[0].whenUnsatisfiable FieldValueNotSupported "
                            + "Unsupported value: \"\": supported values: \"DoNotSchedule\", \"ScheduleAnyway\""),
            POD.creationRow("a spread twice", """
                    spec:
                      topologySpreadConstraints:
                      - {maxSkew: 1, topologyKey: z, whenUnsatisfiable: DoNotSchedule}
                      - {maxSkew: 2, topologyKey: z, whenUnsatisfiable: DoNotSchedule}
                    """, "spec.topologySpreadConstraints[1].{topologyKey, whenUnsatisfiable} "
                    + "FieldValueDuplicate Duplicate value: \"{z, DoNotSchedule}\""),
            POD.creationRow("a preference without weight", """
                    spec:
                      affinity:
                        nodeAffinity:
                          preferredDuringSchedulingIgnoredDuringExecution: [{weight: 0, preference: {}}]
                    """, "spec.affinity.nodeAffinity."
                    + "preferredDuringSchedulingIgnoredDuringExecution[0].weight FieldValueInvalid "
                    + "Invalid value: 0: must be in the range 1-100"),
            POD.creationRow("a node label among no values", """
                    spec:
                      affinity:
                        nodeAffinity:
                          requiredDuringSchedulingIgnoredDuringExecution:
                            nodeSelectorTerms: [{matchExpressions: [{key: a, operator: In}]}]
                    """, "spec.affinity.nodeAffinity."
                    + "requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[0]."
                    + "matchExpressions[0].values FieldValueRequired Required value: must be specified "
                    + "when `operator` is 'In' or 'NotIn'"),
            POD.creationRow("a node field that cannot be chosen by", """
                    spec:
                      affinity:
                        nodeAffinity:
                          requiredDuringSchedulingIgnoredDuringExecution:
                            nodeSelectorTerms:
                            - {matchFields: [{key: metadata.uid, operator: In, values: [a]}]}
                    """, "spec.affinity.nodeAffinity."
                    + "requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[0]."
                    + "matchFields[0].key FieldValueInvalid Invalid value: \"metadata.uid\": not a valid "
                    + "field selector key"),
            POD.creationRow("pods near by without a topology", """
                    spec:
                      affinity:
                        podAffinity:
                          requiredDuringSchedulingIgnoredDuringExecution: [{topologyKey: a b}]
                    """, "spec.affinity.podAffinity."
                    + "requiredDuringSchedulingIgnoredDuringExecution[0].topologyKey FieldValueInvalid "
                    + "Invalid value: \"a b\": name part must consist of letters, digits, '-', '_' or "
                    + "'.', and start and end with a letter or digit"),
            POD.creationRow("a group below zero", "spec: {securityContext: {supplementalGroups: [-1]}}",
                    "spec.securityContext.supplementalGroups[0] FieldValueInvalid Invalid value: -1: "
                            + "must be between 0 and 2147483647, inclusive"),
            POD.creationRow("a kernel setting twice", """
                    spec:
                      securityContext: {sysctls: [{name: a.b, value: "1"}, {name: a.b, value: "1"}]}
                    """, "spec.securityContext.sysctls[1].name FieldValueDuplicate Duplicate value: \"a.b\""),
            POD.creationRow("shared processes on the host", "spec: {hostPID: true, shareProcessNamespace: true}",
                    "spec.securityContext.shareProcessNamespace FieldValueInvalid Invalid value: true: "
                            + "ShareProcessNamespace and HostPID cannot both be enabled"),
            POD.creationRow("a volume twice", "spec: {volumes: [{name: v}, {name: v}]}",
                    "spec.volumes[1].name FieldValueDuplicate Duplicate value: \"v\""),
            POD.creationRow("a volume of two kinds",
                    "spec: {volumes: [{name: v, emptyDir: {}, hostPath: {path: /x}}]}",
                    "spec.volumes[0].emptyDir FieldValueForbidden Forbidden: may not specify more than "
                            + "1 volume type"),
            POD.creationRow("a way out of a volume", """
                    spec:
                      volumes: [{name: v, configMap: {name: m, items: [{key: k, path: ../x}]}}]
                    """, "spec.volumes[0].configMap.items[0].path FieldValueInvalid Invalid value: \"../x\": "
                    + "must not contain '..'"),
            POD.creationRow("a mode that is none",
                    "spec: {volumes: [{name: v, secret: {secretName: s, defaultMode: 512}}]}",
                    "spec.volumes[0].secret.defaultMode FieldValueInvalid Invalid value: 512: must be a "
                            + "number between 0 and 0777 (octal), both inclusive"),
            POD.creationRow("a ConfigMap without a name", "spec: {volumes: [{name: v, configMap: {}}]}",
                    "spec.volumes[0].configMap.name FieldValueRequired Required value"),
            POD.creationRow("a Secret without a name", "spec: {volumes: [{name: v, secret: {}}]}",
                    "spec.volumes[0].secret.secretName FieldValueRequired Required value"),
            POD.creationRow("a path of the host that is missing", "spec: {volumes: [{name: v, hostPath: {}}]}",
                    "spec.volumes[0].hostPath.path FieldValueRequired Required value"));

    @ParameterizedTest
    @FieldSource("CREATIONS")
    void aNewObjectIsRefusedForWhatIsWrong(Row row) {
        assertThat(row.found()).isEqualTo(row.expected());
    }
}
