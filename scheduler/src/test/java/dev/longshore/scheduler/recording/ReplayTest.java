package dev.longshore.scheduler.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Random lives of whole schedulers, replayed. */
class ReplayTest {
    private static final int LIVES = 20;
    private static final Pattern WORD = Pattern.compile("\"(input|decision)\":\"(\\w+)");

    @Test
    void theSameInputsGiveTheSameDecisions() {
        Map<String, Integer> seen = new TreeMap<>();
        for (long seed = 0; seed < LIVES; seed++) {
            List<String> lines = RandomLife.recorded(seed);
            Replayed first = Replayed.of(lines);
            assertThat(first.end()).as("seed " + seed).isEmpty();
            assertThat(first.decisions()).as("seed " + seed)
                    .hasSize((int) lines.stream().filter(line -> line.contains("\"decision\":")).count());
            assertThat(Replayed.of(lines)).isEqualTo(first);
            lines.forEach(line -> count(line, seen));
        }
        assertThat(seen.keySet()).as("the lives were rich").contains("NodeSeen", "NodeGone", "PodSeen", "PodGone",
                "ObjectSeen", "ObjectGone", "BindSucceeded", "BindFailed", "VolumesWritten", "VolumesFailed",
                "EvictionEnded", "LeadershipChanged", "Settle", "Step", "bind", "volumes", "unschedulable", "preempt");
        assertThat(seen.values()).as(seen.toString()).allMatch(count -> count > 1);
    }

    private static void count(String line, Map<String, Integer> seen) {
        Matcher words = WORD.matcher(line);
        while (words.find()) {
            seen.merge(words.group(2), 1, Integer::sum);
        }
    }

    @Test
    void theConfigurationIsPartOfTheRecording() {
        List<String> lines = new ArrayList<>(RandomLife.recorded(4, """
                apiVersion: kubescheduler.config.k8s.io/v1
                kind: KubeSchedulerConfiguration
                podMaxBackoffSeconds: 2
                profiles:
                - pluginConfig:
                  - name: NodeResourcesFit
                    args:
                      scoringStrategy: {type: MostAllocated}
                """));
        assertThat(Replayed.of(lines).end()).isEmpty();
        assertThat(Replayed.of(lines).decisions()).hasSizeGreaterThan(10);
        lines.set(0, lines.getFirst().replaceFirst("\"configuration\":\".*\"", "\"configuration\":\"\""));
        assertThat(Replayed.of(lines).end()).get().isInstanceOf(Replay.Outcome.Differs.class);
    }

    @Test
    void aChangedDecisionIsReported() {
        List<String> lines = new ArrayList<>(RandomLife.recorded(1));
        int changed = firstWith(lines, "\"decision\":\"bind ");
        String decision = lines.get(changed);
        lines.set(changed, decision.replaceFirst("-> n\\d+", "-> n77"));
        assertThat(Replayed.of(lines).end()).get().isInstanceOfSatisfying(Replay.Outcome.Differs.class, differs -> {
            assertThat(differs.line()).isEqualTo(changed + 1L);
            assertThat(differs.recorded()).contains("-> n77");
            assertThat(decision).contains(differs.replayed());
        });
    }

    @Test
    void aDecisionTooManyOrTooFewIsReported() {
        List<String> lines = RandomLife.recorded(1);
        int bound = firstWith(lines, "\"decision\":\"bind ");
        List<String> fewer = new ArrayList<>(lines);
        fewer.set(bound, lines.get(bound).replaceFirst(",\"decision\":.*", "}"));
        assertThat(Replayed.of(fewer).end()).get().isInstanceOfSatisfying(Replay.Outcome.Differs.class,
                differs -> assertThat(differs.recorded()).isEmpty());
        int idle = firstWith(lines, "\"input\":\"Step\"");
        List<String> more = new ArrayList<>(lines);
        more.add(idle, lines.get(bound));
        assertThat(Replayed.of(more).end()).get().isInstanceOf(Replay.Outcome.Differs.class);
    }

    @Test
    void aChangedInputIsReported() {
        List<String> lines = new ArrayList<>(RandomLife.recorded(1));
        String bound = lines.get(firstWith(lines, "\"decision\":\"bind ")).replaceFirst(".* uid=(\\S+) .*", "$1");
        int pod = firstWith(lines, "\"uid\":\"" + bound);
        lines.set(pod, lines.get(pod).replaceFirst("\"cpu\":\"[^\"]+\"", "\"cpu\":\"99\""));
        assertThat(Replayed.of(lines).end()).get().isInstanceOf(Replay.Outcome.Differs.class);
    }

    @Test
    void aMissingInputIsReported() {
        List<String> lines = new ArrayList<>(RandomLife.recorded(1));
        lines.remove(firstWith(lines, "\"input\":\"NodeSeen\""));
        assertThat(Replayed.of(lines).end()).get().isInstanceOf(Replay.Outcome.Differs.class);
    }

    @Test
    void recordingsShowNoCommandsAndEnvironments() {
        assertThat(RandomLife.recorded(2)).anyMatch(line -> line.contains("\"kind\":\"Pod\""))
                .noneMatch(line -> line.contains("geheim") || line.contains("PASSWORD") || line.contains("serve"));
    }

    @Test
    void aReplayNeedsNoDecisionToGoOn() {
        List<String> lines = RandomLife.recorded(3).subList(0, 2);
        assertThat(Replayed.of(lines)).isEqualTo(new Replayed(List.of(), Optional.empty()));
    }

    private static int firstWith(List<String> lines, String text) {
        return (int) lines.stream().takeWhile(line -> !line.contains(text)).count();
    }
}
