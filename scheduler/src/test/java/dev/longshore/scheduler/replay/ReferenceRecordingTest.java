package dev.longshore.scheduler.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.longshore.api.apps.v1.ReplicaSet;
import dev.longshore.api.apps.v1.StatefulSet;
import dev.longshore.api.core.v1.Namespace;
import dev.longshore.api.core.v1.Node;
import dev.longshore.api.core.v1.Pod;
import dev.longshore.api.core.v1.ReplicationController;
import dev.longshore.api.core.v1.Service;
import dev.longshore.scheduler.reference.Answer;
import dev.longshore.scheduler.reference.PlainCluster;
import dev.longshore.scheduler.reference.PlainProfile;
import dev.longshore.scheduler.reference.Reference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The slow reference, with which random clusters are compared, must itself decide as kube-scheduler was seen to. */
class ReferenceRecordingTest {
    private static final int FEWEST_REPLAYED = 600;

    @Test
    void theReferenceDecidesAsRecorded() throws IOException {
        Path recording = Path.of(System.getProperty("longshore.reference", "../../shared/reference"))
                .resolve("kubernetes-1.32/scheduling/cases.jsonl");
        assumeThat(Files.exists(recording)).as("recorded decisions at " + recording).isTrue();
        List<String> different = new ArrayList<>();
        int replayed = 0;
        for (String line : Files.readAllLines(recording)) {
            RecordedCase recorded = RecordedCase.parse(line);
            if (recorded.single() && recorded.attempted() && !usesVolumes(recorded)) {
                replayed++;
                different.addAll(differences(recorded));
            }
        }
        assertThat(different).isEmpty();
        assertThat(replayed).isGreaterThanOrEqualTo(FEWEST_REPLAYED);
    }

    /** The reference knows no volumes. */
    private static boolean usesVolumes(RecordedCase recorded) {
        return (recorded.tree().get("pods").toString() + recorded.tree().get("pending")).contains("volumes=");
    }

    private static List<String> differences(RecordedCase recorded) {
        Answer answer = Reference.answer(cluster(recorded), pod(recorded.tree().get("pending"), "pending"),
                PlainProfile.STANDARD);
        List<String> different = new ArrayList<>();
        if (!recorded.feasible().equals(List.copyOf(answer.scores().keySet()))) {
            different.add(recorded + ": feasible " + answer.scores().keySet() + ", recorded " + recorded.feasible()
                    + " refused " + answer.refusals());
        } else if (!recorded.scores().isEmpty() && !recorded.scores().equals(answer.scores())) {
            different.add(recorded + ": scores\n  recorded  " + recorded.scores() + "\n  reference "
                    + answer.scores());
        } else if (recorded.feasible().size() > 1 && !recorded.chosenIn().equals(List.copyOf(answer.best()))) {
            different.add(recorded + ": best " + answer.best() + ", recorded " + recorded.chosenIn());
        }
        return different;
    }

    private static PlainCluster cluster(RecordedCase recorded) {
        PlainCluster cluster = new PlainCluster();
        list(recorded, "nodes").forEach(node -> cluster.put(RecordedCase.read(node, Node.getDefaultInstance())));
        list(recorded, "other").forEach(other -> put(RecordedCase.object(other), cluster));
        int number = 0;
        for (Object bound : list(recorded, "pods")) {
            Pod pod = pod(bound, "bound-" + number++);
            if (!List.of("Succeeded", "Failed").contains(pod.getStatus().getPhase())) {
                cluster.place(pod, pod.getSpec().getNodeName());
            }
        }
        return cluster;
    }

    private static void put(Map<String, Object> other, PlainCluster cluster) {
        switch ((String) other.get("kind")) {
            case "Namespace" -> cluster.put(named(RecordedCase.read(other, Namespace.getDefaultInstance())));
            case "Service" -> cluster.put(RecordedCase.read(other, Service.getDefaultInstance()));
            case "ReplicaSet" -> cluster.put(RecordedCase.read(other, ReplicaSet.getDefaultInstance()));
            case "StatefulSet" -> cluster.put(RecordedCase.read(other, StatefulSet.getDefaultInstance()));
            case "ReplicationController" ->
                cluster.put(RecordedCase.read(other, ReplicationController.getDefaultInstance()));
            default -> {
            }
        }
    }

    /** With the label that the API server gives to every namespace. */
    private static Namespace named(Namespace namespace) {
        return namespace.toBuilder().setMetadata(namespace.getMetadata().toBuilder()
                .putLabels("kubernetes.io/metadata.name", namespace.getMetadata().getName())).build();
    }

    private static Pod pod(Object tree, String uid) {
        Pod pod = RecordedCase.read(tree, Pod.getDefaultInstance());
        return pod.toBuilder().setMetadata(pod.getMetadata().toBuilder().setUid(uid)).build();
    }

    private static List<?> list(RecordedCase recorded, String name) {
        return (List<?>) recorded.tree().get(name);
    }
}
