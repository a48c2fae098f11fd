package dev.longshore.scheduler.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.scheduler.plugins.Plugins;
import dev.longshore.scheduler.queue.BackOff;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is taken out of a configuration that can be followed. */
class KubeSchedulerConfigurationTest {
    @Test
    void whatIsNotSaidIsAsWithoutAFile() {
        KubeSchedulerConfiguration read = ConfigurationText.read("top profiles:");
        assertThat(read.profiles().names()).containsExactly("default-scheduler");
        assertThat(read.backOff()).isEqualTo(BackOff.STANDARD);
        assertThat(read.leaderElection()).isEqualTo(LeaderElection.STANDARD);
        assertThat(read.warnings()).isEmpty();
    }

    @Test
    void jsonWillDoWithTabsToo() {
        String json = "{\n\t\"apiVersion\": \"kubescheduler.config.k8s.io/v1\",\n\t\"kind\": \"KubeSchedulerConfiguration\","
                + "\n\t\"profiles\": [{\"schedulerName\": \"a\"}, {\"schedulerName\": \"b\", \"plugins\": null}]\n}\n";
        assertThat(KubeSchedulerConfiguration.read(json.getBytes(StandardCharsets.UTF_8)).profiles().names())
                .containsExactly("a", "b");
    }

    @Test
    void backOffIsInSeconds() {
        assertThat(ConfigurationText.read("top podInitialBackoffSeconds: 2, podMaxBackoffSeconds: 60").backOff())
                .isEqualTo(new BackOff(Duration.ofSeconds(2), Duration.ofSeconds(60)));
    }

    @Test
    void electionsHaveTheirOwnLease() {
        assertThat(ConfigurationText
                .read("top leaderElection: {leaderElect: true, leaseDuration: 1m, renewDeadline: 40s, "
                        + "retryPeriod: 500ms, resourceLock: leases, resourceName: second, resourceNamespace: infra}")
                .leaderElection())
                .isEqualTo(new LeaderElection(true, Duration.ofMinutes(1), Duration.ofSeconds(40),
                        Duration.ofMillis(500), "infra", "second"));
        assertThat(ConfigurationText.read("top leaderElection: {leaderElect: false}").leaderElection().elect())
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "top parallelism: 16 | parallelism: no effect: one thread decides about all nodes",
            "top percentageOfNodesToScore: 0 | percentageOfNodesToScore: no effect: every node that fits is scored",
            "top percentageOfNodesToScore: 100 | ''",
            "top clientConnection: {kubeconfig: '''', qps: 50.0, burst: 100} | clientConnection: no effect: the command line says how the API servers are reached",
            "top enableProfiling: true | enableProfiling: no effect: there is no profiling endpoint",
            "top enableProfiling: false, enableContentionProfiling: false, extenders: [] | ''",
            "top delayCacheUntilActive: true | delayCacheUntilActive: no effect: a scheduler that does not lead keeps up, too",
            "profile percentageOfNodesToScore: 50 | profiles[0].percentageOfNodesToScore: no effect: every node that fits is scored",
            "profile plugins: {filter: {disabled: [{name: ImageLocality}]}} | profiles[0].plugins.filter.disabled[0].name: no effect: \"ImageLocality\" does not act at filter; it acts at score",
            "profile plugins: {preEnqueue: {disabled: [{name: SchedulingGates}]}} | profiles[0].plugins.preEnqueue: pods with scheduling gates wait all the same, as an API server binds none of them",
            "args DefaultPreemption {minCandidateNodesAbsolute: 7} | profiles[0].pluginConfig[0].args.minCandidateNodesAbsolute: no effect: every node is a candidate for preemption",
            "args NodeAffinity {apiVersion: kubescheduler.config.k8s.io/v1, kind: NodeAffinityArgs} | ''"})
    void whatHasNoEffectIsWarnedAbout(String text, String warning) {
        assertThat(ConfigurationText.read(text).warnings())
                .isEqualTo(warning.isEmpty() ? List.of() : List.of(warning));
    }

    private static Plugins only(String text) {
        return ConfigurationText.read(text).profiles().plugins("default-scheduler");
    }

    @Test
    void somePlugInsActBesideTheRules() {
        Plugins standard = only("top profiles: []");
        assertThat(List.of(standard.preempt(), standard.bindVolumes(), standard.askForRoom())).containsOnly(true);
        Plugins few = only("profile plugins: {multiPoint: {disabled: [{name: '*'}], enabled: [{name: PrioritySort}, "
                + "{name: DefaultBinder}]}}");
        assertThat(List.of(few.preempt(), few.bindVolumes(), few.askForRoom())).containsOnly(false);
        assertThat(few.filters()).isEmpty();
        assertThat(few.scores()).isEmpty();
        assertThat(few.domainRules()).isEmpty();
        assertThat(few.podRules()).isEmpty();
        assertThat(only("args VolumeBinding {bindTimeoutSeconds: 30}").volumeLimit()).isEqualTo(Duration.ofSeconds(30));
    }
}
