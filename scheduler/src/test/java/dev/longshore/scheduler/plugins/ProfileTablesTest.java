package dev.longshore.scheduler.plugins;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.scheduler.config.KubeSchedulerConfiguration;
import dev.longshore.scheduler.reference.SideBySide;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tables of profiles: as those of {@link RuleTable}, with one more column behind the name, which is what the profile says:
 * a part of the configuration, as YAML in one line. {@code args} stands for the arguments of the table's rule.
 */
class ProfileTablesTest {
    private static final List<String> TABLES = List.of("NodeResourcesFit.score", "NodeResourcesFit.filter",
            "NodeResourcesBalancedAllocation.score", "InterPodAffinity.score", "NodeAffinity.score",
            "NodeAffinity.filter", "PodTopologySpread.score", "PodTopologySpread.filter");

    record Row(String profile, RuleTable.Row rest) {
        static Row of(String table, String text) {
            String[] columns = text.split(" +\\| +", 3);
            return new Row(columns[1], RuleTable.Row.of(table, columns[0] + " | " + columns[2]));
        }

        @Override
        public String toString() {
            return rest.toString();
        }

        String rule() {
            return rest.table().substring(0, rest.table().indexOf('.'));
        }

        SideBySide cluster() {
            String said = profile.startsWith("args ")
                    ? "{pluginConfig: [{name: " + rule() + ", args: " + profile.substring("args ".length()) + "}]}"
                    : profile;
            String text = "apiVersion: kubescheduler.config.k8s.io/v1\nkind: KubeSchedulerConfiguration\nprofiles: ["
                    + said + "]\n";
            Profiles profiles = KubeSchedulerConfiguration.read(text.getBytes(StandardCharsets.UTF_8)).profiles();
            return rest.prepared(new SideBySide(1, profiles.plugins(Profile.DEFAULT_NAME)));
        }
    }

    static Stream<Row> rows() {
        return TABLES.stream().flatMap(table -> {
            try (InputStream text = ProfileTablesTest.class.getResourceAsStream("/profiles/" + table + ".txt")) {
                return Arrays.stream(new String(text.readAllBytes(), StandardCharsets.UTF_8).split("\n"))
                        .filter(line -> !line.isBlank() && !line.startsWith("#")).map(line -> Row.of(table, line));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    @ParameterizedTest
    @MethodSource("rows")
    void followsItsProfile(Row row) {
        SideBySide cluster = row.cluster();
        String found = row.rest().table().endsWith(".score")
                ? RuleTable.scores(cluster, row.rest().pod(), row.rule())
                : RuleTable.fit(cluster, row.rest().pod());
        assertThat(found).as(row.toString()).isEqualTo(row.rest().expected());
    }
}
