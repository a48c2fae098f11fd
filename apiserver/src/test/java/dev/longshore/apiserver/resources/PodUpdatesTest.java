package dev.longshore.apiserver.resources;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.ResourceTypes;
import dev.longshore.apiserver.resources.Trial.Row;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** What the update of a pod is refused for. */
class PodUpdatesTest {
    private static final Trial<?> POD = new Trial<>(ResourceTypes.PODS, """
            spec:
              serviceAccountName: default
              containers:
              - name: c
                image: nginx:1
            """);

    private static final String FROZEN = "spec FieldValueForbidden Forbidden: pod updates may not change fields other"
            + " than `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,"
            + "`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds`"
            + " (allow it to be set to 1 if it was previously negative)";

    static final List<Row> UPDATES = List.of(
            POD.updateRow("nothing", "", ""),
            POD.updateRow("labels", "", "metadata: {labels: {a: b}}"),
            POD.updateRow("an image", "", """
                    spec: {containers: [{name: c, image: "nginx:2"}]}
                    """),
            POD.updateRow("a command", "", """
                    spec: {containers: [{name: c, image: "nginx:1", command: [x]}]}
                    """, FROZEN),
            POD.updateRow("one container more", "", """
                    spec: {containers: [{name: c, image: "nginx:1"}, {name: d, image: i}]}
                    """,
                    "spec.containers FieldValueForbidden Forbidden: pod updates may not add or remove containers"),
            POD.updateRow("an init container", "", "spec: {initContainers: [{name: i, image: i}]}",
                    "spec.initContainers FieldValueForbidden Forbidden: pod updates may not add or "
                            + "remove containers"),
            POD.updateRow("the restart policy", "", "spec: {restartPolicy: Never}", FROZEN),
            POD.updateRow("the node", "", "spec: {nodeName: n}", FROZEN),
            POD.updateRow("a deadline", "", "spec: {activeDeadlineSeconds: 9}"),
            POD.updateRow("a longer deadline", "spec: {activeDeadlineSeconds: 9}",
                    "spec: {activeDeadlineSeconds: 10}",
                    "spec.activeDeadlineSeconds FieldValueInvalid Invalid value: 10: must be less than "
                            + "or equal to previous value"),
            POD.updateRow("no deadline any more", "spec: {activeDeadlineSeconds: 9}", "",
                    "spec.activeDeadlineSeconds FieldValueInvalid Invalid value: \"null\": must not "
                            + "update from a positive integer to nil value"),
            POD.updateRow("a shorter deadline", "spec: {activeDeadlineSeconds: 9}",
                    "spec: {activeDeadlineSeconds: 8}"),
            POD.updateRow("a further toleration", "", "spec: {tolerations: [{key: k, operator: Exists}]}"),
            POD.updateRow("a toleration less", "spec: {tolerations: [{key: k, operator: Exists}]}", "",
                    "spec.tolerations FieldValueForbidden Forbidden: existing toleration can not be "
                            + "modified except its tolerationSeconds"),
            POD.updateRow("a toleration for longer", """
                    spec:
                      tolerations: [{key: k, operator: Exists, effect: NoExecute, tolerationSeconds: 1}]
                    """, """
                    spec:
                      tolerations: [{key: k, operator: Exists, effect: NoExecute, tolerationSeconds: 2}]
                    """),
            POD.updateRow("a gate", "", "spec: {schedulingGates: [{name: x}]}",
                    "spec.schedulingGates[0].name FieldValueForbidden Forbidden: only deletion is "
                            + "allowed, but found new scheduling gate 'x'"),
            POD.updateRow("a gate less", "spec: {schedulingGates: [{name: x}, {name: y}]}",
                    "spec: {schedulingGates: [{name: y}]}"),
            POD.updateRow("a node label while gated",
                    "spec: {schedulingGates: [{name: x}, {name: y}], nodeSelector: {a: b}}",
                    "spec: {schedulingGates: [{name: x}, {name: y}], nodeSelector: {a: b, c: d}}"),
            POD.updateRow("another node label while gated",
                    "spec: {schedulingGates: [{name: x}, {name: y}], nodeSelector: {a: b}}",
                    "spec: {schedulingGates: [{name: x}, {name: y}], nodeSelector: {a: c}}",
                    "spec.nodeSelector FieldValueInvalid Invalid value: \"{a=c}\": only additions to "
                            + "spec.nodeSelector are allowed (no mutations or deletions)"),
            POD.updateRow("a node label when not gated", "", "spec: {nodeSelector: {a: b}}", FROZEN),
            POD.updateRow("the time to end", "", "spec: {terminationGracePeriodSeconds: 1}", FROZEN),
            POD.updateRow("a mark of deletion", "", """
                    metadata: {deletionTimestamp: "2001-01-01T00:00:00Z"}
                    """, "metadata.deletionTimestamp FieldValueInvalid Invalid value: "
                    + "\"2001-01-01T00:00:00Z\": field is immutable"),
            POD.updateRow("a version of nothing", "", """
                    metadata: {resourceVersion: "0"}
                    """));

    @ParameterizedTest
    @FieldSource("UPDATES")
    void anUpdateIsRefusedForWhatMayNotChange(Row row) {
        assertThat(row.found()).isEqualTo(row.expected());
    }
}
