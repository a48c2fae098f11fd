package dev.longshore.apiserver.resources;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.core.v1.ServiceSpec;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class ServiceWarningsTest {
    /** One row: a specification, and how its warnings begin. */
    record Row(String name, ServiceSpec.Builder spec, List<String> beginnings) {
        @Override
        public String toString() {
            return name;
        }
    }

    static final List<Row> ROWS = List.of(
            new Row("plain", spec("ClusterIP").setSessionAffinity("ClientIP"), List.of()),
            new Row("node port", spec("NodePort").setExternalTrafficPolicy("Local"), List.of()),
            new Row("balancer", spec("LoadBalancer"), List.of("no load balancer is provided")),
            new Row("near endpoints", spec("ClusterIP").setTrafficDistribution("PreferClose"),
                    List.of("spec.trafficDistribution is accepted but has no effect")),
            new Row("health of a balancer's target", spec("LoadBalancer").setHealthCheckNodePort(30_999),
                    List.of("no load balancer is provided", "spec.healthCheckNodePort is accepted")));

    private static ServiceSpec.Builder spec(String type) {
        return ServiceSpec.newBuilder().setType(type);
    }

    @ParameterizedTest
    @FieldSource("ROWS")
    void everyFieldWithoutEffectIsNamed(Row row) {
        List<String> warnings = ServiceWarnings.of(row.spec().build());
        assertThat(warnings).hasSameSizeAs(row.beginnings());
        for (int i = 0; i < warnings.size(); i++) {
            assertThat(warnings.get(i)).startsWith(row.beginnings().get(i));
        }
    }
}
