package dev.longshore.scheduler.plugins;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.core.v1.PodSpec;
import dev.longshore.api.core.v1.VolumeSource;
import dev.longshore.scheduler.TestPods;
import dev.longshore.scheduler.cycle.Decider;
import dev.longshore.scheduler.cycle.Decision;
import dev.longshore.scheduler.cycle.Explanation;
import dev.longshore.scheduler.cycle.Nominations;
import dev.longshore.scheduler.cycle.TieBreaker;
import dev.longshore.scheduler.explain.Verdict;
import dev.longshore.scheduler.state.ClusterObject;
import dev.longshore.scheduler.state.ClusterState;
import dev.longshore.scheduler.state.PodInfo;
import dev.longshore.scheduler.volumes.VolumePlan;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The table of the rules about volumes. A row is a name, the cluster's lines behind semicolons, the pod's volumes, and
 * what is expected: each node, with {@code :why} if it is refused, and behind {@code ->} what the claims get on the last
 * fit node; or {@code !} and the text with which the pod is refused.
 */
class VolumeRulesTest {
    private static final int FEWEST_ROWS = 60;
    private static final Map<String, String> SHORT = Map.of("node(s) had volume node affinity conflict", "reach",
            "node(s) didn't find available persistent volumes to bind", "none",
            "node(s) did not have enough free storage",
            "full", "node(s) unavailable due to one or more pvc(s) bound to non-existent pv(s)", "gone",
            "node(s) exceed max volume count", "many", "node(s) had no available volume zone", "zone",
            "node(s) had no available disk", "disk",
            "node has pod using PersistentVolumeClaim with the same name and ReadWriteOncePod access mode", "used");

    record Row(String name, List<String> cluster, List<String> pod, String expected) {
        static Row of(String line) {
            String[] columns = line.split(" +\\| +");
            assertThat(columns).as(line).hasSize(4);
            return new Row(columns[0], List.of(columns[1].split("; *")), List.of(columns[2].split(" ")),
                    columns[3].strip());
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static List<Row> rows() throws IOException {
        try (InputStream text = VolumeRulesTest.class.getResourceAsStream("/rules/volumes.txt")) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8).lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#")).map(Row::of).toList();
        }
    }

    @ParameterizedTest
    @MethodSource("rows")
    void refusesOrAccepts(Row row) {
        ClusterState state = new ClusterState();
        row.cluster.forEach(line -> put(line, state));
        PodInfo pod = pod("p", row.pod);
        Decider decider = new Decider(state, Plugins.standard(), new TieBreaker(1), new Nominations());
        assertThat(found(decider.explain(pod), decider.decide(pod), pod, state)).isEqualTo(row.expected);
    }

    @Test
    void theTableIsLong() throws IOException {
        assertThat(rows()).hasSizeGreaterThanOrEqualTo(FEWEST_ROWS);
    }

    private static String found(Explanation explanation, Decision decision, PodInfo pod, ClusterState state) {
        Optional<Verdict> refused = decision instanceof Decision.Nowhere nowhere
                ? nowhere.diagnosis().refused()
                : Optional.empty();
        if (refused.isPresent()) {
            assertThat(explanation.scores()).isEmpty();
            return "!" + refused.get().reasons().getFirst();
        }
        TreeSet<String> nodes = new TreeSet<>(explanation.scores().keySet());
        String plan = nodes.isEmpty()
                ? ""
                : text(VolumeBinding.plan(pod.requirements(), state, state.slot(nodes.last())));
        explanation.verdicts().forEach((node, verdict) -> nodes.add(node + ":"
                + String.join("+", verdict.reasons().stream().map(why -> SHORT.getOrDefault(why, why)).toList())));
        return String.join(" ", nodes) + plan;
    }

    private static String text(VolumePlan plan) {
        List<String> parts = new ArrayList<>();
        plan.pairings().forEach(pairing -> parts.add(pairing.claim().name() + "=" + pairing.volume()));
        plan.provisions().forEach(provision -> parts.add(provision.claim().name() + "@" + plan.node()));
        return parts.isEmpty() ? "" : " -> " + String.join(" ", parts);
    }

    private static void put(String line, ClusterState state) {
        Words words = Words.of(line);
        switch (words.kind()) {
            case "node" -> state.putNode(TestPods.facts(words.name(), 1000, node -> {
                node.getMetadataBuilder().putLabels("kubernetes.io/hostname", words.name());
                words.said().forEach((label, value) -> node.getMetadataBuilder()
                        .putLabels(StorageLines.label(label), value));
            }));
            case "pod" -> {
                String[] place = words.name().split("@");
                state.place(pod(place[0], List.copyOf(words.said().keySet())), place[1]);
            }
            default -> state.put(new ClusterObject.StorageObject(StorageLines.read(line)));
        }
    }

    private static PodInfo pod(String name, List<String> volumes) {
        return TestPods.info(name, 10, spec -> volumes.forEach(volume -> add(volume, spec)));
    }

    private static void add(String volume, PodSpec.Builder spec) {
        String[] words = volume.split(":");
        boolean readOnly = volume.endsWith(":ro");
        VolumeSource.Builder source = spec.addVolumesBuilder().setName(words[words.length > 1 ? 1 : 0])
                .getVolumeSourceBuilder();
        switch (words[0]) {
            case "empty" -> source.getEmptyDirBuilder();
            case "own" -> source.getEphemeralBuilder();
            case "inline" -> source.getCsiBuilder().setDriver(words[1]);
            case "gce" -> source.getGcePersistentDiskBuilder().setPdName(words[1]).setReadOnly(readOnly);
            case "ebs" -> source.getAwsElasticBlockStoreBuilder().setVolumeID(words[1]).setReadOnly(readOnly);
            case "iscsi" -> source.getIscsiBuilder().setIqn(words[1]).setReadOnly(readOnly);
            case "rbd" -> source.getRbdBuilder().addAllMonitors(List.of(words[1].split("/")[0].split(",")))
                    .setPool(words[1].split("/")[1]).setImage(words[1].split("/")[2]).setReadOnly(readOnly);
            default -> source.getPersistentVolumeClaimBuilder().setClaimName(volume);
        }
    }
}
