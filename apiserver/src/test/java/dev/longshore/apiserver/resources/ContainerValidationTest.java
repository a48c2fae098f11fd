package dev.longshore.apiserver.resources;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.ResourceTypes;
import dev.longshore.apiserver.resources.Trial.Row;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** What a new pod is refused for because of its containers. */
class ContainerValidationTest {
    private static final Trial<?> POD = new Trial<>(ResourceTypes.PODS, """
            spec:
              serviceAccountName: default
              containers:
              - name: c
                image: nginx:1
            """);

    static final List<Row> CREATIONS = List.of(
            POD.creationRow("no name", "spec: {containers: [{image: i}]}",
                    "spec.containers[0].name FieldValueRequired Required value"),
            POD.creationRow("a bad name", "spec: {containers: [{name: C_, image: i}]}",
                    "spec.containers[0].name FieldValueInvalid Invalid value: \"C_\": must consist of "
                            + "lower-case letters, digits or '-', and start and end with a letter or digit"),
            POD.creationRow("a name twice", "spec: {containers: [{name: c, image: i}, {name: c, image: i}]}",
                    "spec.containers[1].name FieldValueDuplicate Duplicate value: \"c\""),
            POD.creationRow("no image", "spec: {containers: [{name: c}]}",
                    "spec.containers[0].image FieldValueRequired Required value"),
            POD.creationRow("an image with a blank", """
                    spec: {containers: [{name: c, image: " i"}]}
                    """, "spec.containers[0].image FieldValueInvalid Invalid value: \" i\": must not have "
                    + "leading or trailing whitespace"),
            POD.creationRow("an unknown pull policy", """
                    spec:
                      containers: [{name: c, image: "nginx:1", imagePullPolicy: Perhaps}]
                    """, "spec.containers[0].imagePullPolicy FieldValueNotSupported Unsupported value: "
                    + "\"Perhaps\": supported values: \"Always\", \"IfNotPresent\", \"Never\""),
            POD.creationRow("a port of nothing", """
                    spec:
                      containers: [{name: c, image: "nginx:1", ports: [{containerPort: 0}]}]
                    """, "spec.containers[0].ports[0].containerPort FieldValueRequired Required value"),
            POD.creationRow("a port too high", """
                    spec:
                      containers: [{name: c, image: "nginx:1", ports: [{containerPort: 65536}]}]
                    """, "spec.containers[0].ports[0].containerPort FieldValueInvalid Invalid value: 65536: "
                    + "must be between 1 and 65535, inclusive"),
            POD.creationRow("an unknown protocol", """
                    spec:
                      containers:
                      - {name: c, image: "nginx:1", ports: [{containerPort: 1, protocol: ICMP}]}
                    """, "spec.containers[0].ports[0].protocol FieldValueNotSupported Unsupported value: "
                    + "\"ICMP\": supported values: \"SCTP\", \"TCP\", \"UDP\""),
            POD.creationRow("the name of a port twice", """
                    spec:
                      containers:
                      - name: c
                        image: "nginx:1"
                        ports: [{name: p, containerPort: 1}, {name: p, containerPort: 2}]
                    """, "spec.containers[0].ports[1].name FieldValueDuplicate Duplicate value: \"p\""),
            POD.creationRow("a port of the host twice", """
                    spec:
                      containers:
                      - name: c
                        image: "nginx:1"
                        ports: [{containerPort: 1, hostPort: 7}, {containerPort: 2, hostPort: 7}]
                    """, "spec.containers[0].ports[1].hostPort FieldValueDuplicate Duplicate value: \"TCP//7\""),
            POD.creationRow("another port of the host on its network", """
                    spec:
                      hostNetwork: true
                      containers: [{name: c, image: i, ports: [{containerPort: 1, hostPort: 2}]}]
                    """, "spec.containers[0].ports[0].hostPort FieldValueInvalid Invalid value: 2: must "
                    + "match `containerPort` when `hostNetwork` is true"),
            POD.creationRow("a variable without a name", """
                    spec: {containers: [{name: c, image: "nginx:1", env: [{value: x}]}]}
                    """, "spec.containers[0].env[0].name FieldValueRequired Required value"),
            POD.creationRow("a variable of two sources", """
                    spec:
                      containers:
                      - name: c
                        image: "nginx:1"
                        env: [{name: A, value: x, valueFrom: {fieldRef: {fieldPath: metadata.name}}}]
                    """, "spec.containers[0].env[0].valueFrom FieldValueInvalid Invalid value: \"\": may not "
                    + "be specified when `value` is not empty"),
            POD.creationRow("a variable of an unknown field", """
                    spec:
                      containers:
                      - name: c
                        image: "nginx:1"
                        env: [{name: A, valueFrom: {fieldRef: {fieldPath: spec.unknown}}}]
                    """, "spec.containers[0].env[0].valueFrom.fieldRef.fieldPath FieldValueInvalid Invalid "
                    + "value: \"spec.unknown\": error converting fieldPath: field label not supported"),
            POD.creationRow("a variable of a field that only files show", """
                    spec:
                      containers:
                      - name: c
                        image: "nginx:1"
                        env: [{name: A, valueFrom: {fieldRef: {fieldPath: metadata.labels}}}]
                    """, "spec.containers[0].env[0].valueFrom.fieldRef.fieldPath FieldValueNotSupported "
                    + "Unsupported value: \"metadata.labels\": supported values: \"metadata.name\", "
                    + "\"metadata.namespace\", \"metadata.uid\", \"spec.nodeName\", "
                    + "\"spec.serviceAccountName\", \"status.hostIP\", \"status.hostIPs\", "
                    + "\"status.podIP\", \"status.podIPs\""),
            POD.creationRow("variables from nowhere", """
                    spec: {containers: [{name: c, image: "nginx:1", envFrom: [{}]}]}
                    """, "spec.containers[0].envFrom FieldValueInvalid Invalid value: \"\": must specify one "
                    + "of: `configMapRef` or `secretRef`"),
            POD.creationRow("a mount of no volume", """
                    spec:
                      containers: [{name: c, image: "nginx:1", volumeMounts: [{name: v, mountPath: /v}]}]
                    """, "spec.containers[0].volumeMounts[0].name FieldValueNotFound Not found: \"v\""),
            POD.creationRow("two mounts at one place", """
                    spec:
                      volumes: [{name: v}]
                      containers:
                      - name: c
                        image: i
                        volumeMounts: [{name: v, mountPath: /v}, {name: v, mountPath: /v}]
                    """, "spec.containers[0].volumeMounts[1].mountPath FieldValueInvalid Invalid value: "
                    + "\"/v\": must be unique"),
            POD.creationRow("a mount of a path above", """
                    spec:
                      volumes: [{name: v}]
                      containers:
                      - {name: c, image: i, volumeMounts: [{name: v, mountPath: /v, subPath: ../x}]}
                    """, "spec.containers[0].volumeMounts.subPath FieldValueInvalid Invalid value: \"../x\": "
                    + "must not contain '..'"),
            POD.creationRow("mounts handed on without privilege", """
                    spec:
                      volumes: [{name: v}]
                      containers:
                      - name: c
                        image: i
                        volumeMounts: [{name: v, mountPath: /v, mountPropagation: Bidirectional}]
                    """, "spec.containers[0].volumeMounts.mountPropagation FieldValueForbidden Forbidden: "
                    + "Bidirectional mount propagation is available only to privileged containers"),
            POD.creationRow("a device of no volume", """
                    spec:
                      containers:
                      - {name: c, image: "nginx:1", volumeDevices: [{name: d, devicePath: /dev/x}]}
                    """, "spec.containers[0].volumeDevices[0].name FieldValueNotFound Not found: \"d\""),
            POD.creationRow("less than no memory", """
                    spec:
                      containers: [{name: c, image: "nginx:1", resources: {limits: {memory: "-1"}}}]
                    """, "spec.containers[0].resources.limits[memory] FieldValueInvalid Invalid value: "
                    + "\"-1\": must be greater than or equal to 0",
                    "spec.containers[0].resources.requests[memory] FieldValueInvalid Invalid value: "
                            + "\"-1\": must be greater than or equal to 0"),
            POD.creationRow("a request above its limit", """
                    spec:
                      containers:
                      - {name: c, image: "nginx:1", resources: {limits: {cpu: 1}, requests: {cpu: 2}}}
                    """, "spec.containers[0].resources.requests FieldValueInvalid Invalid value: \"2\": must "
                    + "be less than or equal to cpu limit of 1"),
            POD.creationRow("an unknown resource", """
                    spec:
                      containers: [{name: c, image: "nginx:1", resources: {limits: {gold: 1}}}]
                    """, "spec.containers[0].resources.limits[gold] FieldValueInvalid Invalid value: "
                    + "\"gold\": must be a standard resource type or fully qualified",
                    "spec.containers[0].resources.limits[gold] FieldValueInvalid Invalid value: "
                            + "\"gold\": must be a standard resource for containers",
                    "spec.containers[0].resources.requests[gold] FieldValueInvalid Invalid value: "
                            + "\"gold\": must be a standard resource type or fully qualified",
                    "spec.containers[0].resources.requests[gold] FieldValueInvalid Invalid value: "
                            + "\"gold\": must be a standard resource for containers"),
            POD.creationRow("a probe of nothing", """
                    spec: {containers: [{name: c, image: "nginx:1", livenessProbe: {}}]}
                    """, "spec.containers[0].livenessProbe FieldValueRequired Required value: must specify a "
                    + "handler type"),
            POD.creationRow("a probe of two kinds", """
                    spec:
                      containers:
                      - name: c
                        image: "nginx:1"
                        livenessProbe: {tcpSocket: {port: 1}, exec: {command: [a]}}
                    """, "spec.containers[0].livenessProbe.tcpSocket FieldValueForbidden Forbidden: may not "
                    + "specify more than 1 handler type"),
            POD.creationRow("a probe without a command", """
                    spec:
                      containers: [{name: c, image: "nginx:1", livenessProbe: {exec: {}}}]
                    """, "spec.containers[0].livenessProbe.exec.command FieldValueRequired Required value"),
            POD.creationRow("a probe of a port by a bad name", """
                    spec:
                      containers: [{name: c, image: "nginx:1", livenessProbe: {tcpSocket: {port: "-"}}}]
                    """, "spec.containers[0].livenessProbe.tcpSocket.port FieldValueInvalid Invalid value: "
                    + "\"-\": must contain at least one letter",
                    "spec.containers[0].livenessProbe.tcpSocket.port FieldValueInvalid Invalid value: "
                            + "\"-\": must not start or end with '-'"),
            POD.creationRow("a probe that may fail to live twice", """
                    spec:
                      containers:
                      - name: c
                        image: "nginx:1"
                        livenessProbe: {tcpSocket: {port: 1}, successThreshold: 2}
                    """, "spec.containers[0].livenessProbe.successThreshold FieldValueInvalid Invalid value: "
                    + "2: must be 1"),
            POD.creationRow("a probe of readiness that ends the container", """
                    spec:
                      containers:
                      - name: c
                        image: "nginx:1"
                        readinessProbe: {tcpSocket: {port: 1}, terminationGracePeriodSeconds: 1}
                    """, "spec.containers[0].readinessProbe.terminationGracePeriodSeconds FieldValueInvalid "
                    + "Invalid value: 1: must not be set for readinessProbes"),
            POD.creationRow("a bad header of a probe", """
                    spec:
                      containers:
                      - name: c
                        image: "nginx:1"
                        livenessProbe: {httpGet: {port: 1, httpHeaders: [{name: a b, value: x}]}}
                    """, "spec.containers[0].livenessProbe.httpGet.httpHeaders FieldValueInvalid Invalid "
                    + "value: \"a b\": a valid HTTP header must consist of alphanumeric characters or '-' "
                    + "(e.g. 'X-Header-Name', regex used for validation is '[-A-Za-z0-9]+')"),
            POD.creationRow("a hook that sleeps longer than the pod may", """
                    spec:
                      containers:
                      - {name: c, image: "nginx:1", lifecycle: {preStop: {sleep: {seconds: 31}}}}
                    """, "spec.containers[0].lifecycle.preStop.sleep FieldValueInvalid Invalid value: 31: "
                    + "must be greater than 0 and less than terminationGracePeriodSeconds (30)"),
            POD.creationRow("a user below zero", """
                    spec:
                      containers: [{name: c, image: "nginx:1", securityContext: {runAsUser: -1}}]
                    """, "spec.containers[0].securityContext.runAsUser FieldValueInvalid Invalid value: -1: "
                    + "must be between 0 and 2147483647, inclusive"),
            POD.creationRow("privilege that may not grow", """
                    spec:
                      containers:
                      - name: c
                        image: "nginx:1"
                        securityContext: {privileged: true, allowPrivilegeEscalation: false}
                    """, "spec.containers[0].securityContext FieldValueInvalid Invalid value: \"{}\": cannot "
                    + "set `allowPrivilegeEscalation` to false and `privileged` to true"),
            POD.creationRow("a restart policy of its own", """
                    spec:
                      containers: [{name: c, image: "nginx:1", restartPolicy: Always}]
                    """, "spec.containers[0].restartPolicy FieldValueForbidden Forbidden: may not be set for "
                    + "non-init containers"),
            POD.creationRow("a probe of an init container", """
                    spec:
                      initContainers: [{name: i, image: i, livenessProbe: {exec: {command: [a]}}}]
                    """, "spec.initContainers[0].livenessProbe FieldValueForbidden Forbidden: may not be set "
                    + "for init containers without restartPolicy=Always"));

    @ParameterizedTest
    @FieldSource("CREATIONS")
    void aNewObjectIsRefusedForWhatIsWrong(Row row) {
        assertThat(row.found()).isEqualTo(row.expected());
    }
}
