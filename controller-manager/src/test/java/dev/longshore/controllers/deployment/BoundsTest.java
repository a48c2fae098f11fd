package dev.longshore.controllers.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.apps.v1.Deployment;
import dev.longshore.api.intstr.IntOrString;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BoundsTest {
    record Row(int replicas, String surge, String unavailable, int maxSurge, int maxUnavailable) {}

    static List<Row> rows() {
        return List.of(new Row(10, "25%", "25%", 3, 2), new Row(3, "25%", "25%", 1, 0), new Row(1, "25%", "25%", 1, 0),
                new Row(10, "0", "0", 0, 1), new Row(3, "0", "10%", 0, 1), new Row(4, "100%", "0", 4, 0),
                new Row(2, "1", "5", 1, 2), new Row(0, "25%", "25%", 0, 0));
    }

    private static IntOrString value(String text) {
        return text.endsWith("%")
                ? IntOrString.newBuilder().setType(1).setStrVal(text).build()
                : IntOrString.newBuilder().setIntVal(Integer.parseInt(text)).build();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void resolves(Row row) {
        Deployment.Builder deployment = Deployment.newBuilder();
        deployment.getSpecBuilder().setReplicas(row.replicas()).getStrategyBuilder().setType("RollingUpdate")
                .getRollingUpdateBuilder().setMaxSurge(value(row.surge())).setMaxUnavailable(value(row.unavailable()));
        assertThat(Bounds.of(deployment.build()))
                .isEqualTo(new Bounds(row.replicas(), row.maxSurge(), row.maxUnavailable()));
    }

    @Test
    void templateHashIsStableAndDiffersByCollision() {
        var template = Deployment.newBuilder().getSpecBuilder().getTemplateBuilder();
        template.getSpecBuilder().addContainersBuilder().setName("c");
        String hash = TemplateHash.of(template.build(), 0);
        assertThat(hash).matches("[bcdfghjklmnpqrstvwxz2456789]{1,10}");
        template.getMetadataBuilder().putLabels(TemplateHash.LABEL, "other");
        assertThat(TemplateHash.of(template.build(), 0)).isEqualTo(hash);
        assertThat(TemplateHash.of(template.build(), 1)).isNotEqualTo(hash);
    }
}
