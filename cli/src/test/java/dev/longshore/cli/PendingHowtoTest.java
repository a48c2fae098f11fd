package dev.longshore.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import dev.longshore.api.ResourceTypes;
import dev.longshore.api.core.v1.Pod;
import dev.longshore.api.core.v1.Taint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of docs/howto/why-is-my-pod-pending.md: what the commands print is what stands there. */
class PendingHowtoTest {
    private static final Path HOWTO = Path.of(System.getProperty("longshore.root", ".."))
            .resolve("docs/howto/why-is-my-pod-pending.md");
    private static final Pattern FILE = Pattern.compile("```yaml\n# (\\S+)\n(.*?)```", Pattern.DOTALL);
    private static final Pattern EXAMPLE = Pattern.compile("```console\n\\$ ./longshore (.*?)\n(.*?)```",
            Pattern.DOTALL);
    private static final int EXAMPLES = 3;

    @Test
    void theExamplesSayWhatIsPrinted(@TempDir Path directory) throws Exception {
        String text = Files.readString(HOWTO);
        saveFiles(text, directory);
        try (InsightCluster cluster = new InsightCluster(directory.resolve("cluster"))) {
            fill(cluster, directory);
            List<String> wrong = new ArrayList<>();
            int examples = 0;
            for (Matcher example = EXAMPLE.matcher(text); example.find();) {
                String printed = cluster.run(words(example.group(1), directory)).out();
                if (!printed.equals(example.group(2))) {
                    wrong.add("$ ./longshore " + example.group(1) + "\n" + printed);
                }
                examples++;
            }
            assertThat(wrong).isEmpty();
            assertThat(examples).isEqualTo(EXAMPLES);
        }
    }

    private static void saveFiles(String text, Path directory) throws IOException {
        for (Matcher file = FILE.matcher(text); file.find();) {
            Files.writeString(directory.resolve(file.group(1)), file.group(2));
        }
    }

    private static void fill(InsightCluster cluster, Path directory) {
        cluster.node("worker-1", "4", _ -> {
        });
        cluster.node("worker-2", "4", node -> node.getSpecBuilder()
                .addTaints(Taint.newBuilder().setKey("team").setValue("data").setEffect("NoSchedule")));
        cluster.node("worker-3", "4", node -> node.getSpecBuilder().setUnschedulable(true));
        cluster.pod("shop-1", "worker-1", "3", pod -> InsightCluster.ownedBy("ReplicaSet", "shop", pod));
        for (Message object : Manifests.read(directory.resolve("report.yaml"), "default")) {
            cluster.client().create(ResourceTypes.PODS, (Pod) object);
        }
    }

    private static String[] words(String command, Path directory) {
        return List.of(command.split(" ")).stream()
                .map(word -> word.endsWith(".yaml") ? directory.resolve(word).toString() : word).toArray(String[]::new);
    }
}
