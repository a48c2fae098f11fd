package dev.longshore.agent.images;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class ImageDecisionTest {
    /** One row: what the container says, whether the image is here, and what is to be done. */
    record Row(String name, String policy, String image, boolean present, ImageDecision decision) {
        @Override
        public String toString() {
            return name;
        }
    }

    static final List<Row> ROWS = List.of(
            new Row("Always pulls what is here", "Always", "x:1", true, ImageDecision.PULL),
            new Row("Never uses what is here", "Never", "x:latest", true, ImageDecision.USE),
            new Row("Never refuses what is not", "Never", "x:1", false, ImageDecision.REFUSE),
            new Row("IfNotPresent uses what is here", "IfNotPresent", "x:latest", true, ImageDecision.USE),
            new Row("IfNotPresent pulls what is not", "IfNotPresent", "x:1", false, ImageDecision.PULL),
            new Row("no policy and a tag", "", "x:1", true, ImageDecision.USE),
            new Row("no policy and the tag latest", "", "x:latest", true, ImageDecision.PULL),
            new Row("no policy and no tag", "", "registry.example:5000/x", true, ImageDecision.PULL),
            new Row("no policy and a digest", "", "x@sha256:00", true, ImageDecision.USE));

    @ParameterizedTest
    @FieldSource("ROWS")
    void decides(Row row) {
        assertThat(ImageDecision.of(row.policy, row.image, row.present)).isEqualTo(row.decision);
    }

    /** One row: a completed name, and whether it can be one. */
    record NameRow(String image, boolean valid) {}

    static final List<NameRow> NAMES = List.of(new NameRow("busybox:1", true),
            new NameRow("registry.example:5000/team/app_x:V1", true), new NameRow("a/b@sha256:00", true),
            new NameRow("Busybox:1", false), new NameRow("bus ybox:1", false), new NameRow("a//b:1", false),
            new NameRow("", false), new NameRow(":1", false));

    @ParameterizedTest
    @FieldSource("NAMES")
    void namesThatCannotBeAreTold(NameRow row) {
        assertThat(ImageName.valid(row.image)).isEqualTo(row.valid);
    }
}
