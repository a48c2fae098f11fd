package dev.longshore.agent.pods;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.agent.runtime.ContainerView;
import dev.longshore.agent.runtime.SandboxView;
import dev.longshore.api.core.v1.Container;
import dev.longshore.api.core.v1.ContainerStatus;
import dev.longshore.api.core.v1.Pod;
import dev.longshore.api.core.v1.PodCondition;
import dev.longshore.api.core.v1.PodReadinessGate;
import dev.longshore.api.core.v1.PodStatus;
import dev.longshore.api.values.Times;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class PodStatusBuilderTest {
    private static final Instant NOW = Instant.ofEpochSecond(2_000_000);
    private static final PodState ACTIVE = new PodState.Active();
    private static final NodeFacts NODE = new NodeFacts(List.of("192.0.2.1"), Map.of(), 1L << 30, "/test", "fake",
            PodIdentity.parse(List.of(), "cluster.local", List.of()));

    /**
     * One row: what there is, and what the status says.
     *
     * @param conditions the types that are True, of those that the agent decides
     */
    record Row(String name, Given given, String phase, Set<String> conditions) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static final Set<String> ALL = Set.of("PodReadyToStartContainers", "Initialized", "ContainersReady",
            "Ready");
    private static final Set<String> UNREADY = Set.of("PodReadyToStartContainers", "Initialized");

    static final List<Row> ROWS = List.of(
            new Row("nothing yet", given("Always", "a"), "Pending", Set.of("Initialized")),
            new Row("a sandbox", given("Always", "a").sandbox(), "Pending", UNREADY),
            new Row("an init container to wait for", given("Always", "a").init("i", "").sandbox().running("i"),
                    "Pending", Set.of("PodReadyToStartContainers")),
            new Row("init is done", given("Always", "a").init("i", "").sandbox().exited("i", 0), "Pending", UNREADY),
            new Row("init failed for good", given("Never", "a").init("i", "").sandbox().exited("i", 1), "Failed",
                    Set.of()),
            new Row("init failed and is tried again", given("Always", "a").init("i", "").sandbox().exited("i", 1),
                    "Pending", Set.of("PodReadyToStartContainers")),
            new Row("a sidecar that has started", given("Always", "a").init("s", "Always").sandbox().running("s"),
                    "Pending", UNREADY),
            new Row("a sidecar that is not ready", given("Always", "a").init("s", "Always").sandbox().running("s")
                    .running("a").health("s", new Health(true, false, true)), "Running", UNREADY),
            new Row("one of two runs", given("Always", "a", "b").sandbox().running("a"), "Pending", UNREADY),
            new Row("all run", given("Always", "a", "b").sandbox().running("a").running("b"), "Running", ALL),
            new Row("the readiness probe fails", given("Always", "a").sandbox().running("a")
                    .health("a", new Health(true, false, true)), "Running", UNREADY),
            new Row("the startup probe has not passed", given("Always", "a").sandbox().running("a")
                    .health("a", new Health(false, true, true)), "Running", UNREADY),
            new Row("a postStart hook has not run", given("Always", "a").sandbox().running("a").hook("a"), "Running",
                    UNREADY),
            new Row("one ended and will be back", given("Always", "a").sandbox().exited("a", 1), "Running", UNREADY),
            new Row("all ended well", given("OnFailure", "a", "b").sandbox().exited("a", 0).exited("b", 0),
                    "Succeeded", Set.of("Initialized")),
            new Row("one ended badly for good", given("Never", "a", "b").sandbox().exited("a", 0).exited("b", 2),
                    "Failed", Set.of("Initialized")),
            new Row("one ended badly, one runs", given("Never", "a", "b").sandbox().running("a").exited("b", 2),
                    "Running", UNREADY),
            new Row("a readiness gate is open", given("Always", "a").gate("g", "False").sandbox().running("a"),
                    "Running", Set.of("PodReadyToStartContainers", "Initialized", "ContainersReady")),
            new Row("a readiness gate is met", given("Always", "a").gate("g", "True").sandbox().running("a"),
                    "Running", ALL),
            new Row("past its deadline", given("Always", "a").in(new PodState.Finished("DeadlineExceeded"))
                    .exited("a", 0), "Failed", Set.of("Initialized")));

    @ParameterizedTest
    @FieldSource("ROWS")
    void phaseAndConditions(Row row) {
        PodStatus status = PodStatusBuilder.build(row.given.snapshot(), NODE);
        assertThat(status.getPhase()).isEqualTo(row.phase);
        assertThat(status.getConditionsList().stream().filter(item -> ALL.contains(item.getType()))
                .filter(item -> item.getStatus().equals("True")).map(PodCondition::getType))
                .containsExactlyInAnyOrderElementsOf(row.conditions);
    }

    @Test
    void whyItIsNotReadyIsSaid() {
        PodStatus status = PodStatusBuilder.build(given("Always", "a", "b").sandbox().running("a").snapshot(), NODE);
        PodCondition ready = condition(status, "Ready");
        assertThat(ready.getReason()).isEqualTo("ContainersNotReady");
        assertThat(ready.getMessage()).isEqualTo("containers with unready status: [b]");
        PodStatus over = PodStatusBuilder.build(given("Never", "a").sandbox().exited("a", 0).snapshot(), NODE);
        assertThat(condition(over, "Ready").getReason()).isEqualTo("PodCompleted");
    }

    @Test
    void aConditionKeepsTheTimeOfItsLastTransition() {
        Given given = given("Always", "a").sandbox().running("a");
        PodStatus first = PodStatusBuilder.build(given.snapshot(), NODE);
        Instant later = NOW.plusSeconds(60);
        given.pod.setStatus(first);
        given.health("a", new Health(true, false, true));
        PodStatus second = PodStatusBuilder.build(given.at(later).snapshot(), NODE);
        assertThat(condition(second, "Initialized").getLastTransitionTime()).isEqualTo(Times.time(NOW));
        assertThat(condition(second, "Ready").getLastTransitionTime()).isEqualTo(Times.time(later));
        assertThat(second.getStartTime()).isEqualTo(Times.time(NOW));
    }

    @Test
    void addressesComeFromTheSandboxOrTheNode() {
        PodStatus own = PodStatusBuilder.build(given("Always", "a").sandbox().snapshot(), NODE);
        assertThat(own.getPodIP()).isEqualTo("10.1.0.2");
        assertThat(own.getHostIP()).isEqualTo("192.0.2.1");
        Given host = given("Always", "a").sandbox();
        host.pod.getSpecBuilder().setHostNetwork(true);
        assertThat(PodStatusBuilder.build(host.snapshot(), NODE).getPodIP()).isEqualTo("192.0.2.1");
    }

    @Test
    void aContainerThatWaitsSaysWhy() {
        assertThat(waiting(given("Always", "a"))).isEqualTo("ContainerCreating");
        assertThat(waiting(given("Always", "a").init("i", ""))).isEqualTo("PodInitializing");
        assertThat(waiting(given("Always", "a").hold("a", "ErrImagePull"))).isEqualTo("ErrImagePull");
        Given crashing = given("Always", "a").sandbox().exited("a", 1);
        crashing.backoffs.put("a", new RestartBackoff(Duration.ofSeconds(10), NOW));
        assertThat(waiting(crashing)).isEqualTo("CrashLoopBackOff");
    }

    @Test
    void whatAnEarlierAgentReportedStandsUntilMoreIsSeen() {
        Given given = given("Always", "a").in(new PodState.New());
        ContainerStatus.Builder reported = given.pod.getStatusBuilder().addContainerStatusesBuilder().setName("a")
                .setReady(true).setContainerID("fake://x");
        reported.getStateBuilder().getRunningBuilder().setStartedAt(Times.time(NOW));
        assertThat(PodStatusBuilder.build(given.snapshot(), NODE).getContainerStatuses(0)).isEqualTo(reported.build());
        ContainerStatus lost = PodStatusBuilder.build(given.in(new PodState.Cleaning(true)).snapshot(), NODE)
                .getContainerStatuses(0);
        assertThat(lost.getState().getTerminated().getReason()).isEqualTo("ContainerStatusUnknown");
    }

    @Test
    void aStartIsToldOnceAndOnlyOfPodsThatStartedHere() {
        Pod pod = given("Always", "a").pod.build();
        StartTimer timer = new StartTimer(pod, true, 1_000);
        assertThat(timer.look(given("Always", "a").sandbox().snapshot(), 2_000)).isEmpty();
        assertThat(timer.look(given("Always", "a").sandbox().running("a").snapshot(), 3_000))
                .contains(Duration.ofNanos(2_000));
        assertThat(timer.look(given("Always", "a").sandbox().running("a").snapshot(), 4_000)).isEmpty();
        Pod.Builder adopted = pod.toBuilder();
        adopted.getStatusBuilder().addContainerStatuses(ContainerStatus.newBuilder().setContainerID("fake://x"));
        assertThat(new StartTimer(adopted.build(), true, 1_000)
                .look(given("Always", "a").sandbox().running("a").snapshot(), 3_000)).isEmpty();
    }

    private static String waiting(Given given) {
        return PodStatusBuilder.build(given.snapshot(), NODE).getContainerStatuses(0).getState().getWaiting()
                .getReason();
    }

    private static PodCondition condition(PodStatus status, String type) {
        return status.getConditionsList().stream().filter(item -> item.getType().equals(type)).findFirst()
                .orElseThrow();
    }

    private static Given given(String policy, String... containers) {
        Given given = new Given();
        given.pod.getMetadataBuilder().setName("p").setNamespace("d").setUid("u");
        given.pod.getSpecBuilder().setRestartPolicy(policy);
        for (String name : containers) {
            given.pod.getSpecBuilder().addContainers(Container.newBuilder().setName(name).setImage("x:1"));
        }
        return given;
    }

    /** Gathers a snapshot; containers are named alone, there is one of each. */
    private static final class Given {
        private final Pod.Builder pod = Pod.newBuilder();
        private final List<SandboxView> sandboxes = new ArrayList<>();
        private final List<ContainerView> containers = new ArrayList<>();
        private final Map<String, Health> health = new HashMap<>();
        private final Map<String, Hold> holds = new HashMap<>();
        private final Map<String, RestartBackoff> backoffs = new HashMap<>();
        private final Set<String> hooks = new HashSet<>();
        private PodState state = ACTIVE;
        private Instant now = NOW;

        Given init(String name, String restartPolicy) {
            Container.Builder container = Container.newBuilder().setName(name).setImage("x:1");
            if (!restartPolicy.isEmpty()) {
                container.setRestartPolicy(restartPolicy);
            }
            pod.getSpecBuilder().addInitContainers(container);
            return this;
        }

        Given gate(String type, String value) {
            pod.getSpecBuilder().addReadinessGates(PodReadinessGate.newBuilder().setConditionType(type));
            pod.getStatusBuilder().addConditions(PodCondition.newBuilder().setType(type).setStatus(value));
            return this;
        }

        Given sandbox() {
            sandboxes.add(new SandboxView("s0", "u", "d", "p", 0, true, NOW, List.of("10.1.0.2")));
            return this;
        }

        Given running(String name) {
            return container(name, ContainerView.State.RUNNING, 0);
        }

        Given exited(String name, int code) {
            return container(name, ContainerView.State.EXITED, code);
        }

        private Given container(String name, ContainerView.State view, int code) {
            containers.add(new ContainerView(name, "s0", "u", name, 0, view, NOW, NOW, NOW, code, "", "", "x:1", "x",
                    ""));
            return this;
        }

        Given health(String name, Health value) {
            health.put(name, value);
            return this;
        }

        Given hook(String name) {
            hooks.add(name);
            return this;
        }

        Given hold(String name, String reason) {
            holds.put(name, new Hold(reason, "no", NOW.plusSeconds(1)));
            return this;
        }

        Given in(PodState other) {
            state = other;
            return this;
        }

        Given at(Instant time) {
            now = time;
            return this;
        }

        PodSnapshot snapshot() {
            return new PodSnapshot(pod.build(), true, state, sandboxes, containers, health, holds, backoffs, Set.of(),
                    hooks, now);
        }
    }
}
