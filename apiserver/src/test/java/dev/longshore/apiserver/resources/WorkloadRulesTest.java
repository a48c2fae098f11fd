package dev.longshore.apiserver.resources;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.ResourceTypes;
import dev.longshore.apiserver.resources.Trial.Row;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Deployments and ReplicaSets: defaults, refusals, what an update may not change. */
class WorkloadRulesTest {
    private static final Trial<?> DEPLOYMENT = new Trial<>(ResourceTypes.DEPLOYMENTS, """
            spec:
              selector: {matchLabels: {a: b}}
              template:
                metadata: {labels: {a: b}}
                spec: {containers: [{name: c, image: "nginx:1"}]}
            """);

    private static final Trial<?> REPLICA_SET = new Trial<>(ResourceTypes.REPLICA_SETS, """
            spec:
              selector: {matchLabels: {a: b}}
              template:
                metadata: {labels: {a: b}}
                spec: {containers: [{name: c, image: "nginx:1"}]}
            """);

    private static final Trial<?> JOB = new Trial<>(ResourceTypes.JOBS, """
            spec:
              template:
                spec: {restartPolicy: Never, containers: [{name: c, image: "nginx:1"}]}
            """);

    static final List<Row> DEFAULTS = List.of(
            DEPLOYMENT.fieldRow("replicas", "", "spec.replicas", "1"),
            DEPLOYMENT.fieldRow("strategy", "", "spec.strategy.type", "RollingUpdate"),
            DEPLOYMENT.fieldRow("how many may be missing", "", "spec.strategy.rollingUpdate.maxUnavailable", "25%"),
            DEPLOYMENT.fieldRow("how many may be too many", "", "spec.strategy.rollingUpdate.maxSurge", "25%"),
            DEPLOYMENT.fieldRow("history", "", "spec.revisionHistoryLimit", "10"),
            DEPLOYMENT.fieldRow("deadline", "", "spec.progressDeadlineSeconds", "600"),
            DEPLOYMENT.fieldRow("restart policy", "", "spec.template.spec.restartPolicy", "Always"),
            DEPLOYMENT.fieldRow("generation", "", "metadata.generation", "1"),
            REPLICA_SET.fieldRow("replicas", "", "spec.replicas", "1"),
            REPLICA_SET.fieldRow("pulling", "", "spec.template.spec.containers[0].imagePullPolicy", "IfNotPresent"));

    static final List<Row> CREATIONS = List.of(
            DEPLOYMENT.creationRow("sound", ""),
            DEPLOYMENT.creationRow("no selector", "spec: {selector: null}",
                    "spec.selector FieldValueRequired Required value",
                    "spec.template.metadata.labels FieldValueInvalid Invalid value: \"{a=b}\": "
                            + "`selector` does not match template `labels`"),
            DEPLOYMENT.creationRow("an empty selector", "spec: {selector: {matchLabels: null}}",
                    "spec.selector FieldValueInvalid Invalid value: \"{}\": empty selector is invalid "
                            + "for deployment"),
            DEPLOYMENT.creationRow("a selector of other pods", "spec: {selector: {matchLabels: {a: c}}}",
                    "spec.template.metadata.labels FieldValueInvalid Invalid value: \"{a=b}\": "
                            + "`selector` does not match template `labels`"),
            DEPLOYMENT.creationRow("a bad selector", """
                    spec: {selector: {matchLabels: {a: b c}}}
                    """, "spec.selector.matchLabels FieldValueInvalid Invalid value: \"b c\": a label value "
                    + "must be empty or consist of letters, digits, '-', '_' or '.', and start and end "
                    + "with a letter or digit",
                    "spec.selector FieldValueInvalid Invalid value: \"{}\": invalid label selector"),
            DEPLOYMENT.creationRow("fewer than no replicas", "spec: {replicas: -1}",
                    "spec.replicas FieldValueInvalid Invalid value: -1: must be greater than or equal to 0"),
            DEPLOYMENT.creationRow("an unknown strategy", "spec: {strategy: {type: Slowly}}",
                    "spec.strategy FieldValueNotSupported Unsupported value: \"Slowly\": supported "
                            + "values: \"Recreate\", \"RollingUpdate\""),
            DEPLOYMENT.creationRow("no progress at all",
                    "spec: {strategy: {rollingUpdate: {maxUnavailable: 0, maxSurge: 0}}}",
                    "spec.strategy.rollingUpdate.maxUnavailable FieldValueInvalid Invalid value: \"0\": "
                            + "may not be 0 when `maxSurge` is 0"),
            DEPLOYMENT.creationRow("more missing than there are",
                    "spec: {strategy: {rollingUpdate: {maxUnavailable: 101%}}}",
                    "spec.strategy.rollingUpdate.maxUnavailable FieldValueInvalid Invalid value: "
                            + "\"101%\": must not be greater than 100%"),
            DEPLOYMENT.creationRow("an amount that is none", "spec: {strategy: {rollingUpdate: {maxSurge: many}}}",
                    "spec.strategy.rollingUpdate.maxSurge FieldValueInvalid Invalid value: \"many\": a "
                            + "valid percent string must be a numeric string followed by an ending '%'"),
            DEPLOYMENT.creationRow("steps of a recreation",
                    "spec: {strategy: {type: Recreate, rollingUpdate: {maxSurge: 1}}}",
                    "spec.strategy.rollingUpdate FieldValueForbidden Forbidden: may not be specified "
                            + "when strategy `type` is 'Recreate'"),
            DEPLOYMENT.creationRow("a deadline too early",
                    "spec: {minReadySeconds: 10, progressDeadlineSeconds: 10}",
                    "spec.progressDeadlineSeconds FieldValueInvalid Invalid value: 10: must be greater "
                            + "than minReadySeconds"),
            DEPLOYMENT.creationRow("pods that end", "spec: {template: {spec: {restartPolicy: Never}}}",
                    "spec.template.spec.restartPolicy FieldValueNotSupported Unsupported value: "
                            + "\"Never\": supported values: \"Always\""),
            DEPLOYMENT.creationRow("pods with a deadline", "spec: {template: {spec: {activeDeadlineSeconds: 5}}}",
                    "spec.template.spec.activeDeadlineSeconds FieldValueForbidden Forbidden: "
                            + "activeDeadlineSeconds in deployment is not Supported"),
            DEPLOYMENT.creationRow("no containers", "spec: {template: {spec: {containers: []}}}",
                    "spec.template.spec.containers FieldValueRequired Required value"),
            REPLICA_SET.creationRow("fewer than no replicas", "spec: {replicas: -1}",
                    "spec.replicas FieldValueInvalid Invalid value: -1: must be greater than or equal to 0"),
            REPLICA_SET.creationRow("a selector of other pods", "spec: {selector: {matchLabels: {a: c}}}",
                    "spec.template.metadata.labels FieldValueInvalid Invalid value: \"{a=b}\": "
                            + "`selector` does not match template `labels`"),
            JOB.creationRow("no containers", "spec: {template: {spec: {containers: []}}}",
                    "spec.template.spec.containers FieldValueRequired Required value"));

    static final List<Row> UPDATES = List.of(
            DEPLOYMENT.updateRow("another image", "", """
                    spec: {template: {spec: {containers: [{name: c, image: "nginx:2"}]}}}
                    """),
            DEPLOYMENT.updateRow("another selector", "spec: {template: {metadata: {labels: {a: b, c: d}}}}", """
                    spec:
                      selector: {matchLabels: {c: d}}
                      template: {metadata: {labels: {a: b, c: d}}}
                    """, "spec.selector FieldValueInvalid Invalid value: \"{}\": field is immutable"),
            REPLICA_SET.updateRow("another selector", "spec: {template: {metadata: {labels: {a: b, c: d}}}}", """
                    spec:
                      selector: {matchLabels: {c: d}}
                      template: {metadata: {labels: {a: b, c: d}}}
                    """, "spec.selector FieldValueInvalid Invalid value: \"{}\": field is immutable"),
            REPLICA_SET.updateRow("replicas", "", "spec: {replicas: 3}"));

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
