package dev.longshore.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.cli.InsightCluster.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code longshore explain} and {@code longshore simulate} as they are typed: what they print, and how they end. */
class InsightCommandsTest {
    private static InsightCluster cluster;
    private static Path directory;

    @BeforeAll
    static void start(@TempDir Path temporary) throws Exception {
        directory = temporary;
        cluster = new InsightCluster(temporary.resolve("cluster"));
        cluster.node("a", "4", _ -> {
        });
        cluster.pod("there", "a", "3", pod -> InsightCluster.ownedBy("ReplicaSet", "there", pod));
        cluster.pod("waits", "", "2", _ -> {
        });
    }

    @AfterAll
    static void stop() throws Exception {
        cluster.close();
    }

    private static String file(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text).toString();
    }

    private static String pod(String name, String cpu) {
        return """
                apiVersion: v1
                kind: Pod
                metadata: {name: %s}
                spec: {containers: [{name: c, image: i, resources: {requests: {cpu: "%s"}}}]}
                """.formatted(name, cpu);
    }

    @ParameterizedTest
    @CsvSource({"pod waits", "pods waits", "po waits", "pod/waits", "pod waits -n default"})
    void explainsAPodByName(String words) {
        Ran ran = cluster.run(("explain " + words).split(" "));
        assertThat(ran.exitCode()).as(ran.errors()).isZero();
        assertThat(ran.out()).startsWith("pod default/waits fits nowhere: 0/1 nodes are available: 1 Insufficient cpu.")
                .contains("  - it requested at most 1 cpu (now 2) -> node a\n");
    }

    @Test
    void printsJson() {
        String out = cluster.run("explain", "pod", "waits", "-o", "json").out();
        assertThat(out).startsWith("{\"pod\":{\"namespace\":\"default\",\"name\":\"waits\"},\"message\":\"0/1 nodes")
                .contains("\"nodes\":[{\"node\":\"a\",\"verdicts\":[{\"rule\":\"NodeResourcesFit\",\"reasons\":"
                        + "[\"Insufficient cpu\"]}],\"room\":[\"cpu: 2 wanted, 1 free of 4\"]}]",
                        "{\"kind\":\"RequestAtMost\",\"text\":\"it requested at most 1 cpu (now 2)\",\"node\":\"a\"}")
                .doesNotContain("\"text\":[");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "explain pod nobody          | pods \"nobody\" not found",
            "explain pod waits -n other  | pods \"waits\" not found",
            "explain pod there           | pods \"there\" does not wait for a node: it is bound to node a",
            "simulate --without-node z   | nodes \"z\" not found",
            "simulate -f /nonexistent    | cannot read /nonexistent: java.nio.file.NoSuchFileException: /nonexistent"})
    void saysInOneLineWhatIsWrong(String words, String error) {
        Ran ran = cluster.run(words.split(" "));
        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.errors()).isEqualTo("longshore: " + error + "\n");
        assertThat(ran.out()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"explain", "explain waits", "explain node waits", "explain pod waits more", "simulate",
            "explain pod waits -o yaml"})
    void wrongWordsEndWithTwoAndUsage(String words) {
        Ran ran = cluster.run(words.split(" "));
        assertThat(ran.exitCode()).as(ran.errors()).isEqualTo(2);
        assertThat(ran.errors()).contains("Usage: longshore " + words.split(" ")[0]);
    }

    @Test
    void saysWhenThereIsNoCluster() {
        String nowhere = directory.resolve("nowhere").toString();
        for (String[] words : new String[][]{{"explain", "pod", "p"}, {"simulate", "--without-node", "a"}}) {
            String[] all = {words[0], words[1], words[2], "--data-dir", nowhere};
            Ran ran = InsightCluster.command(all);
            assertThat(ran.exitCode()).isEqualTo(1);
            assertThat(ran.errors()).startsWith("longshore: there is no cluster in " + nowhere);
        }
        Ran stopped = InsightCluster.command("explain", "pod", "p", "--data-dir",
                directory.resolve("cluster").toString());
        assertThat(stopped.exitCode()).isEqualTo(1);
        assertThat(stopped.errors()).contains("is not running; start it with 'longshore up'");
        Ran unreachable = InsightCluster.command("explain", "pod", "p", "--api", "localhost:1", "--pki-dir",
                cluster.pki().toString());
        assertThat(unreachable.exitCode()).isEqualTo(1);
        assertThat(unreachable.errors()).startsWith("longshore: the API server did not answer: ");
        Ran without = InsightCluster.command("explain", "pod", "p", "--api", "localhost:1");
        assertThat(without.errors()).startsWith("longshore: --api needs --pki-dir");
    }

    @Test
    void theExitCodeSaysWhetherEveryPodFindsAPlace() throws IOException {
        Ran fits = cluster.run("simulate", "-f", file("fits.yaml", pod("x", "1")));
        assertThat(fits.exitCode()).as(fits.errors()).isZero();
        assertThat(fits.out())
                .startsWith("1 of 1 pod finds a place.\n\nNODE   PODS   NAMES\na      1      default/x\n");
        Ran waits = cluster.run("simulate", "-f",
                file("two.yaml", pod("x", "1") + "---\n" + pod("y", "1") + "---\napiVersion: v1\nkind: Namespace\n"
                        + "metadata: {name: n}\n"));
        assertThat(waits.exitCode()).isEqualTo(SimulateCommand.SOME_WAIT);
        assertThat(waits.out()).startsWith("1 of 2 pods find a place.")
                .contains("pod default/y would wait: 0/1 nodes are available: 1 Insufficient cpu.",
                        "Note: left out: Namespace n.");
        Ran json = cluster.run("simulate", "-f", directory.resolve("fits.yaml").toString(), "-o", "json");
        assertThat(json.out()).startsWith(
                "{\"placements\":[{\"pod\":{\"namespace\":\"default\",\"name\":\"x\"},\"node\":\"a\"}]");
    }

    @Test
    void aNodeLeavesAndNothingHappens() {
        Ran ran = cluster.run("simulate", "--without-node", "a");
        assertThat(ran.exitCode()).isEqualTo(SimulateCommand.SOME_WAIT);
        assertThat(ran.out()).contains("pod default/there would wait: no nodes available to schedule pods");
        assertThat(cluster.run("explain", "pod", "there").errors()).contains("it is bound to node a");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "kind: Pod                                    | an object lacks apiVersion or kind",
            "a: b                                         | an object lacks apiVersion or kind",
            "'{apiVersion: v1, kind: Nothing}'            | there is no kind Nothing in v1",
            "'{apiVersion: v1, kind: Pod, spec: {a: 1}}'  | Pod: unknown field \"spec.a\"",
            "'# nothing'                                  | there is no object in it"})
    void saysWhatIsWrongWithAFile(String text, String error) throws IOException {
        String file = file("wrong.yaml", text + "\n");
        Ran ran = cluster.run("simulate", "-f", file);
        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.errors()).isEqualTo("longshore: " + file + ": " + error + "\n");
    }
}
