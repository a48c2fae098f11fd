package dev.longshore.scheduler.insight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.scheduler.plugins.Profiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Small clusters with a pod that waits: every change that is suggested, made in the objects, places the pod. */
class ExplainTest {
    private static final int CASES = 50;

    record Case(String name, List<String> cluster, String pod, List<String> expected) {
        static Case of(String text) {
            String[] columns = text.split(" +\\| +");
            assertThat(columns).as(text).hasSize(4);
            return new Case(columns[0], List.of(columns[1].split("; *")), columns[2].strip(),
                    List.of(columns[3].strip().split("; *")));
        }

        Objects objects() {
            return Objects.of(cluster, pod.equals("-") ? "" : pod);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** Lines of a name, the cluster, the pod, and changes of which each is to be among the suggestions, in that order. */
    static List<Case> cases() {
        try (InputStream text = ExplainTest.class.getResourceAsStream("/insight/pending.txt")) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8).lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#")).map(Case::of).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Why explain(Objects cluster) {
        return new Explainer(cluster.snapshot(), Profiles.standard()).explain(cluster.pod(), cluster.overhead());
    }

    @Test
    void thereAreManyCases() {
        assertThat(cases()).hasSizeGreaterThanOrEqualTo(CASES);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void everySuggestedChangePlacesThePod(Case each) {
        assertThat(FreshScheduler.nodeFor(each.objects())).as("without a change").isEmpty();
        for (Remedy remedy : explain(each.objects()).remedies()) {
            Objects changed = each.objects();
            Edit.apply(remedy.change(), changed);
            assertThat(FreshScheduler.nodeFor(changed)).as(ChangeText.of(remedy.change())).isPresent();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theExpectedChangesAreSuggestedSmallestFirst(Case each) {
        Why why = explain(each.objects());
        List<String> found = why.remedies().stream().map(remedy -> ChangeText.of(remedy.change())).toList();
        if (each.expected.equals(List.of("-"))) {
            assertThat(found).isEmpty();
        } else {
            assertThat(found).as(each.name).containsSubsequence(each.expected);
        }
        assertThat(explain(each.objects())).as("the same again").isEqualTo(why);
    }
}
