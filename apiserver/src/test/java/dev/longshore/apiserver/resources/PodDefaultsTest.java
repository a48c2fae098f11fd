package dev.longshore.apiserver.resources;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.ResourceTypes;
import dev.longshore.apiserver.resources.Trial.Row;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** What an empty field of a pod becomes. */
class PodDefaultsTest {
    private static final Trial<?> POD = new Trial<>(ResourceTypes.PODS, """
            spec:
              serviceAccountName: default
              containers:
              - name: c
                image: nginx:1
            """);

    private static final String SELECTOR = "spec.affinity.podAffinity"
            + ".requiredDuringSchedulingIgnoredDuringExecution[0].labelSelector";

    private static String affinity(String field, String key) {
        return """
                metadata: {labels: {tier: front}}
                spec:
                  affinity:
                    podAffinity:
                      requiredDuringSchedulingIgnoredDuringExecution:
                      - {topologyKey: zone, labelSelector: {matchLabels: {app: web}}, %s: [%s]}
                """.formatted(field, key);
    }

    static final List<Row> DEFAULTS = List.of(
            POD.fieldRow("restart policy", "", "spec.restartPolicy", "Always"),
            POD.fieldRow("name resolution", "", "spec.dnsPolicy", "ClusterFirst"),
            POD.fieldRow("scheduler", "", "spec.schedulerName", "default-scheduler"),
            POD.fieldRow("time to end", "", "spec.terminationGracePeriodSeconds", "30"),
            POD.fieldRow("a negative time to end", "spec: {terminationGracePeriodSeconds: -1}",
                    "spec.terminationGracePeriodSeconds", "1"),
            POD.fieldRow("security context", "", "spec.securityContext", "{}"),
            POD.fieldRow("service links", "", "spec.enableServiceLinks", "true"),
            POD.fieldRow("account", "spec: {serviceAccountName: null}", "spec.serviceAccountName", "default"),
            POD.fieldRow("the older name of the account", "spec: {serviceAccountName: a}", "spec.serviceAccount",
                    "a"),
            POD.fieldRow("priority", "", "spec.priority", "0"),
            POD.fieldRow("preemption", "", "spec.preemptionPolicy", "PreemptLowerPriority"),
            POD.fieldRow("keys that affinity shares with the pod", affinity("matchLabelKeys", "tier"),
                    SELECTOR + ".matchExpressions[0].operator", "In"),
            POD.fieldRow("what they stand for", affinity("matchLabelKeys", "tier"),
                    SELECTOR + ".matchExpressions[0].values[0]", "front"),
            POD.fieldRow("keys that affinity must not share", affinity("mismatchLabelKeys", "tier"),
                    SELECTOR + ".matchExpressions[0].operator", "NotIn"),
            POD.fieldRow("keys that the pod has not", affinity("matchLabelKeys", "other"),
                    SELECTOR, "{matchLabels={app=web}}"),
            POD.fieldRow("first toleration", "", "spec.tolerations[0].key", "node.kubernetes.io/not-ready"),
            POD.fieldRow("second toleration", "", "spec.tolerations[1].key", "node.kubernetes.io/unreachable"),
            POD.fieldRow("time of a toleration", "", "spec.tolerations[0].tolerationSeconds", "300"),
            POD.fieldRow("phase", "", "status.phase", "Pending"),
            POD.fieldRow("quality of service", "", "status.qosClass", "BestEffort"),
            POD.fieldRow("quality with a request", """
                    spec:
                      containers: [{name: c, image: "nginx:1", resources: {requests: {cpu: 1}}}]
                    """, "status.qosClass", "Burstable"),
            POD.fieldRow("quality with limits", """
                    spec:
                      containers:
                      - {name: c, image: "nginx:1", resources: {limits: {cpu: 1, memory: 1Gi}}}
                    """, "status.qosClass", "Guaranteed"),
            POD.fieldRow("pulling an image with a tag", "", "spec.containers[0].imagePullPolicy", "IfNotPresent"),
            POD.fieldRow("pulling an image without a tag", "spec: {containers: [{name: c, image: nginx}]}",
                    "spec.containers[0].imagePullPolicy", "Always"),
            POD.fieldRow("pulling the latest image", """
                    spec: {containers: [{name: c, image: "h:5000/nginx:latest"}]}
                    """, "spec.containers[0].imagePullPolicy", "Always"),
            POD.fieldRow("where a container says why it ended", "", "spec.containers[0].terminationMessagePath",
                    "/dev/termination-log"),
            POD.fieldRow("how a container says why it ended", "", "spec.containers[0].terminationMessagePolicy",
                    "File"),
            POD.fieldRow("protocol of a port", """
                    spec:
                      containers: [{name: c, image: "nginx:1", ports: [{containerPort: 80}]}]
                    """, "spec.containers[0].ports[0].protocol", "TCP"),
            POD.fieldRow("port of the host", """
                    spec:
                      hostNetwork: true
                      containers: [{name: c, image: i, ports: [{containerPort: 80}]}]
                    """, "spec.containers[0].ports[0].hostPort", "80"),
            POD.fieldRow("request beside a limit", """
                    spec:
                      containers: [{name: c, image: "nginx:1", resources: {limits: {cpu: 2}}}]
                    """, "spec.containers[0].resources.requests.cpu", "2"),
            POD.fieldRow("period of a probe", """
                    spec:
                      containers: [{name: c, image: "nginx:1", livenessProbe: {tcpSocket: {port: 80}}}]
                    """, "spec.containers[0].livenessProbe.periodSeconds", "10"),
            POD.fieldRow("timeout of a probe", """
                    spec:
                      containers: [{name: c, image: "nginx:1", livenessProbe: {tcpSocket: {port: 80}}}]
                    """, "spec.containers[0].livenessProbe.timeoutSeconds", "1"),
            POD.fieldRow("successes of a probe", """
                    spec:
                      containers: [{name: c, image: "nginx:1", livenessProbe: {tcpSocket: {port: 80}}}]
                    """, "spec.containers[0].livenessProbe.successThreshold", "1"),
            POD.fieldRow("failures of a probe", """
                    spec:
                      containers: [{name: c, image: "nginx:1", livenessProbe: {tcpSocket: {port: 80}}}]
                    """, "spec.containers[0].livenessProbe.failureThreshold", "3"),
            POD.fieldRow("path of a probe", """
                    spec:
                      containers: [{name: c, image: "nginx:1", livenessProbe: {httpGet: {port: 80}}}]
                    """, "spec.containers[0].livenessProbe.httpGet.path", "/"),
            POD.fieldRow("scheme of a probe", """
                    spec:
                      containers: [{name: c, image: "nginx:1", livenessProbe: {httpGet: {port: 80}}}]
                    """, "spec.containers[0].livenessProbe.httpGet.scheme", "HTTP"),
            POD.fieldRow("version of a field", """
                    spec:
                      containers:
                      - name: c
                        image: "nginx:1"
                        env: [{name: A, valueFrom: {fieldRef: {fieldPath: metadata.name}}}]
                    """, "spec.containers[0].env[0].valueFrom.fieldRef.apiVersion", "v1"),
            POD.fieldRow("a volume of no kind", "spec: {volumes: [{name: v}]}", "spec.volumes[0].emptyDir", "{}"),
            POD.fieldRow("mode of files of a ConfigMap", "spec: {volumes: [{name: v, configMap: {name: m}}]}",
                    "spec.volumes[0].configMap.defaultMode", "420"),
            POD.fieldRow("mode of files of a Secret", "spec: {volumes: [{name: v, secret: {secretName: s}}]}",
                    "spec.volumes[0].secret.defaultMode", "420"),
            POD.fieldRow("type of a path of the host", "spec: {volumes: [{name: v, hostPath: {path: /x}}]}",
                    "spec.volumes[0].hostPath.type", ""),
            POD.fieldRow("life of a projected token", """
                    spec:
                      volumes: [{name: v, projected: {sources: [{serviceAccountToken: {path: t}}]}}]
                    """, "spec.volumes[0].projected.sources[0].serviceAccountToken.expirationSeconds", "3600"));

    @ParameterizedTest
    @FieldSource("DEFAULTS")
    void anEmptyFieldIsFilled(Row row) {
        assertThat(row.found()).isEqualTo(row.expected());
    }
}
