package dev.longshore.apiserver.resources;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.ResourceTypes;
import dev.longshore.apiserver.resources.Trial.Row;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** ConfigMaps, Secrets, Events, Leases and the kinds of access and policy. */
class ConfigRulesTest {
    private static final Trial<?> SECRET = new Trial<>(ResourceTypes.SECRETS, """
            stringData: {a: b}
            """);

    private static final Trial<?> PRIORITY = new Trial<>(ResourceTypes.PRIORITY_CLASSES, """
            value: 5
            """);

    private static final Trial<?> EVENT = new Trial<>(ResourceTypes.EVENTS, """
            involvedObject: {kind: Pod, namespace: default, name: p}
            """);

    private static final Trial<?> CONFIG_MAP = new Trial<>(ResourceTypes.CONFIG_MAPS, """
            data: {a: b}
            """);

    private static final Trial<?> LEASE = new Trial<>(ResourceTypes.LEASES, """
            spec: {holderIdentity: h}
            """);

    private static final Trial<?> ROLE = new Trial<>(ResourceTypes.ROLES, """
            rules: [{apiGroups: [""], resources: [pods], verbs: [get]}]
            """);

    private static final Trial<?> ROLE_BINDING = new Trial<>(ResourceTypes.ROLE_BINDINGS, """
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: r}
            subjects: [{kind: User, apiGroup: rbac.authorization.k8s.io, name: u}]
            """);

    private static final Trial<?> BUDGET = new Trial<>(ResourceTypes.POD_DISRUPTION_BUDGETS, """
            spec:
              selector: {matchLabels: {a: b}}
              minAvailable: 1
            """);

    private static final Trial<?> POLICY = new Trial<>(ResourceTypes.NETWORK_POLICIES, """
            spec:
              podSelector: {}
              ingress: [{ports: [{port: 80}]}]
            """);

    static final List<Row> DEFAULTS = List.of(
            SECRET.fieldRow("type", "", "type", "Opaque"),
            SECRET.fieldRow("text", "", "data.a", "Yg=="),
            PRIORITY.fieldRow("preemption", "", "preemptionPolicy", "PreemptLowerPriority"),
            EVENT.fieldRow("no type", "", "type", ""));

    static final List<Row> CREATIONS = List.of(
            CONFIG_MAP.creationRow("a key with a slash", "data: {a/b: c}",
                    "data[a/b] FieldValueInvalid Invalid value: \"a/b\": must consist of letters, "
                            + "digits, '-', '_' or '.'"),
            CONFIG_MAP.creationRow("a key twice", "binaryData: {a: Yg==}",
                    "data[a] FieldValueInvalid Invalid value: \"a\": duplicate of key present in binaryData"),
            CONFIG_MAP.creationRow("a name with capitals", "metadata: {name: A}",
                    "metadata.name FieldValueInvalid Invalid value: \"A\": must consist of lower-case "
                            + "letters, digits, '-' or '.', and start and end with a letter or digit in each part "
                            + "between dots"),
            SECRET.creationRow("a certificate without its key",
                    "{type: kubernetes.io/tls, stringData: {tls.crt: x}}",
                    "data[tls.key] FieldValueRequired Required value"),
            SECRET.creationRow("a login without anything", "type: kubernetes.io/basic-auth",
                    "data[username] FieldValueRequired Required value",
                    "data[password] FieldValueRequired Required value"),
            SECRET.creationRow("a login of a registry that is no JSON",
                    "{type: kubernetes.io/dockerconfigjson, stringData: {.dockerconfigjson: x}}",
                    "data[.dockerconfigjson] FieldValueInvalid Invalid value: \"<secret contents "
                            + "redacted>\": invalid JSON"),
            EVENT.creationRow("an object elsewhere", "involvedObject: {namespace: other}",
                    "involvedObject.namespace FieldValueInvalid Invalid value: \"other\": does not "
                            + "match event.namespace"),
            EVENT.creationRow("a recorder without a name", """
                    eventTime: "2024-01-01T00:00:00.000000Z"
                    reason: r
                    action: a
                    reportingInstance: i
                    """, "reportingComponent FieldValueRequired Required value",
                    "reportingComponent FieldValueInvalid Invalid value: \"\": name part must not be empty",
                    "reportingComponent FieldValueInvalid Invalid value: \"\": name part must consist of"
                            + " letters, digits, '-', '_' or '.'"),
            LEASE.creationRow("a duration of nothing", "spec: {leaseDurationSeconds: 0}",
                    "spec.leaseDurationSeconds FieldValueInvalid Invalid value: 0: must be greater than 0"),
            LEASE.creationRow("fewer than no transitions", "spec: {leaseTransitions: -1}",
                    "spec.leaseTransitions FieldValueInvalid Invalid value: -1: must be greater than or "
                            + "equal to 0"),
            PRIORITY.creationRow("a value of the system", "value: 1000000001",
                    "value FieldValueForbidden Forbidden: maximum allowed value of a user defined "
                            + "priority is 1000000000"),
            ROLE.creationRow("no verbs", """
                    rules: [{apiGroups: [""], resources: [pods]}]
                    """, "rules[0].verbs FieldValueRequired Required value"),
            ROLE_BINDING.creationRow("no role", "roleRef: {name: null}",
                    "roleRef.name FieldValueRequired Required value"),
            BUDGET.creationRow("sound", ""),
            POLICY.creationRow("sound", ""));

    static final List<Row> UPDATES = List.of(
            CONFIG_MAP.updateRow("other data", "", "data: {a: c}"),
            CONFIG_MAP.updateRow("other data once immutable", "immutable: true", "{immutable: true, data: {a: c}}",
                    "data FieldValueForbidden Forbidden: field is immutable when `immutable` is set"),
            CONFIG_MAP.updateRow("mutable again", "immutable: true", "",
                    "immutable FieldValueForbidden Forbidden: field is immutable when `immutable` is set"),
            SECRET.updateRow("another type", "", "type: example.com/t",
                    "type FieldValueInvalid Invalid value: \"example.com/t\": field is immutable"),
            SECRET.updateRow("other data once immutable", "immutable: true", "{immutable: true, stringData: {a: c}}",
                    "data FieldValueForbidden Forbidden: field is immutable when `immutable` is set"),
            LEASE.updateRow("no version", "", "spec: {holderIdentity: i}",
                    "metadata.resourceVersion FieldValueInvalid Invalid value: 0: must be specified for "
                            + "an update"),
            PRIORITY.updateRow("another value", "", "value: 6",
                    "value FieldValueForbidden Forbidden: may not be changed in an update."),
            PRIORITY.updateRow("another preemption", "", "preemptionPolicy: Never",
                    "preemptionPolicy FieldValueInvalid Invalid value: \"Never\": field is immutable"));

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
