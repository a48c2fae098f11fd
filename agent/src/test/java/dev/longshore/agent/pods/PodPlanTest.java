package dev.longshore.agent.pods;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.agent.runtime.ContainerView;
import dev.longshore.agent.runtime.SandboxView;
import dev.longshore.api.core.v1.Container;
import dev.longshore.api.core.v1.Pod;
import dev.longshore.api.core.v1.PodCondition;
import dev.longshore.api.values.Times;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class PodPlanTest {
    private static final Instant NOW = Instant.ofEpochSecond(2_000_000);
    private static final PodState NEW = new PodState.New();
    private static final PodState ACTIVE = new PodState.Active();
    private static final PodAction WAIT = new PodAction.Nothing(Instant.MAX);

    /** One row: what there is, and what is to be done. */
    record Row(String name, PodSnapshot given, PodState state, PodAction action) {
        @Override
        public String toString() {
            return name;
        }
    }

    static final List<Row> ROWS = List.of(
            new Row("volumes come first", at(NEW, pod("Always", "a")).snapshot(), NEW, new PodAction.MountVolumes()),
            new Row("then the sandbox", at(ACTIVE, pod("Always", "a")).snapshot(), ACTIVE, new PodAction.RunSandbox(0)),
            new Row("a lost sandbox is made again", at(ACTIVE, pod("Always", "a")).sandbox(4, false).snapshot(), ACTIVE,
                    new PodAction.RunSandbox(5)),
            new Row("the image before the container", at(ACTIVE, pod("Always", "a")).sandbox(0, true).snapshot(),
                    ACTIVE,
                    new PodAction.PullImage("a")),
            new Row("a container with its image starts",
                    at(ACTIVE, pod("Always", "a")).sandbox(0, true).image("a").snapshot(), ACTIVE,
                    new PodAction.StartContainer("a", 0)),
            new Row("the first init container alone",
                    at(ACTIVE, init(pod("Always", "a"), "i", false)).sandbox(0, true).image("a", "i").snapshot(),
                    ACTIVE,
                    new PodAction.StartContainer("i", 0)),
            new Row("main containers wait for init", at(ACTIVE, init(pod("Always", "a"), "i", false)).sandbox(0, true)
                    .image("a").running("i", 0).snapshot(), ACTIVE, WAIT),
            new Row("init is done", at(ACTIVE, init(pod("Always", "a"), "i", false)).sandbox(0, true).image("a")
                    .exited("i", 0, 0, NOW).snapshot(), ACTIVE, new PodAction.StartContainer("a", 0)),
            new Row("a sidecar that runs lets main start", at(ACTIVE, init(pod("Always", "a"), "s", true))
                    .sandbox(0, true).image("a").running("s", 0).snapshot(), ACTIVE,
                    new PodAction.StartContainer("a", 0)),
            new Row("all runs", at(ACTIVE, pod("Always", "a")).sandbox(0, true).running("a", 0).snapshot(), ACTIVE,
                    WAIT),
            new Row("the first restart is immediate", at(ACTIVE, pod("Always", "a")).sandbox(0, true).image("a")
                    .exited("a", 0, 1, NOW).snapshot(), ACTIVE, new PodAction.StartContainer("a", 1)),
            new Row("the second waits", at(ACTIVE, pod("Always", "a")).sandbox(0, true).image("a")
                    .backoff("a", new RestartBackoff(RestartBackoff.FIRST, NOW)).exited("a", 1, 1, NOW).snapshot(),
                    ACTIVE, new PodAction.Nothing(NOW.plusSeconds(10))),
            new Row("OnFailure leaves a success alone", at(ACTIVE, pod("OnFailure", "a", "b")).sandbox(0, true)
                    .exited("a", 0, 0, NOW).running("b", 0).snapshot(), ACTIVE, WAIT),
            new Row("a finished pod loses its sandbox", at(ACTIVE, pod("Never", "a")).sandbox(0, true)
                    .exited("a", 0, 3, NOW).snapshot(), new PodState.Finished(""), new PodAction.StopSandbox("s0")),
            new Row("a created container is made again", at(ACTIVE, pod("Always", "a")).sandbox(0, true)
                    .container("a", 0, ContainerView.State.CREATED, 0, NOW).snapshot(), ACTIVE,
                    new PodAction.RemoveContainer("a-0")),
            new Row("only the last two instances stay", at(ACTIVE, pod("Always", "a")).sandbox(0, true).running("a", 2)
                    .exited("a", 1, 1, NOW).exited("a", 0, 1, NOW).snapshot(), ACTIVE,
                    new PodAction.RemoveContainer("a-0")),
            new Row("a failed probe ends the container", at(ACTIVE, pod("Always", "a")).sandbox(0, true)
                    .running("a", 0).health("a-0", new Health(true, false, false)).snapshot(), ACTIVE,
                    new PodAction.StopContainers(List.of(new PodAction.Kill("a", "a-0", PodAction.Why.UNHEALTHY)),
                            NOW.plusSeconds(30))),
            new Row("a hold is respected", at(ACTIVE, pod("Always", "a")).sandbox(0, true)
                    .hold("a", NOW.plusSeconds(7)).snapshot(), ACTIVE, new PodAction.Nothing(NOW.plusSeconds(7))),
            new Row("a ready pod is withdrawn before it ends", at(ACTIVE, ready(deleted(pod("Always", "a"))))
                    .sandbox(0, true).running("a", 0).snapshot(),
                    new PodState.Terminating(NOW, NOW.plusSeconds(30), false, ""), new PodAction.AwaitWithdrawal()),
            new Row("an unready one ends at once", at(ACTIVE, deleted(pod("Always", "a"))).sandbox(0, true)
                    .running("a", 0).snapshot(), new PodState.Terminating(NOW, NOW.plusSeconds(30), true, ""),
                    new PodAction.StopContainers(List.of(new PodAction.Kill("a", "a-0", PodAction.Why.TERMINATION)),
                            NOW.plusSeconds(30))),
            new Row("the sandbox after the containers",
                    at(new PodState.Terminating(NOW, NOW, true, ""), deleted(pod("Always", "a"))).sandbox(0, true)
                            .exited("a", 0, 143, NOW).snapshot(),
                    new PodState.Terminating(NOW, NOW, true, ""), new PodAction.StopSandbox("s0")),
            new Row("then what is left", at(new PodState.Terminating(NOW, NOW, true, ""), deleted(pod("Always", "a")))
                    .sandbox(0, false).snapshot(), new PodState.Cleaning(false), new PodAction.CleanUp()),
            new Row("then the object", at(new PodState.Cleaning(true), deleted(pod("Always", "a"))).snapshot(),
                    new PodState.Cleaning(true), new PodAction.ConfirmDeleted()),
            new Row("sidecars end after the others", at(new PodState.Terminating(NOW, NOW, true, ""),
                    deleted(init(pod("Always", "a"), "s", true))).sandbox(0, true).running("s", 0)
                    .exited("a", 0, 0, NOW).snapshot(), new PodState.Terminating(NOW, NOW, true, ""),
                    new PodAction.StopContainers(List.of(new PodAction.Kill("s", "s-0", PodAction.Why.TERMINATION)),
                            NOW)),
            new Row("a pod that the API calls finished never runs again",
                    at(NEW, phase(pod("Always", "a"), "Succeeded")).snapshot(), new PodState.Finished(""), WAIT),
            new Row("a pod past its deadline is ended", at(ACTIVE, late(pod("Always", "a"))).sandbox(0, true)
                    .running("a", 0).snapshot(),
                    new PodState.Terminating(NOW, NOW.plusSeconds(30), true, "DeadlineExceeded"),
                    new PodAction.StopContainers(List.of(new PodAction.Kill("a", "a-0", PodAction.Why.TERMINATION)),
                            NOW.plusSeconds(30))));

    @ParameterizedTest
    @FieldSource("ROWS")
    void decides(Row row) {
        assertThat(PodPlan.next(row.given())).isEqualTo(new PodPlan.Step(row.state(), row.action()));
    }

    private static Given at(PodState state, Pod pod) {
        return new Given(state, pod);
    }

    private static Pod pod(String policy, String... names) {
        Pod.Builder pod = Pod.newBuilder();
        pod.getMetadataBuilder().setName("p").setNamespace("d").setUid("u");
        pod.getSpecBuilder().setRestartPolicy(policy);
        for (String name : names) {
            pod.getSpecBuilder().addContainers(Container.newBuilder().setName(name).setImage("x:1"));
        }
        return pod.build();
    }

    private static Pod init(Pod pod, String name, boolean sidecar) {
        Container.Builder container = Container.newBuilder().setName(name).setImage("x:1");
        if (sidecar) {
            container.setRestartPolicy("Always");
        }
        Pod.Builder builder = pod.toBuilder();
        builder.getSpecBuilder().addInitContainers(container);
        return builder.build();
    }

    private static Pod deleted(Pod pod) {
        Pod.Builder builder = pod.toBuilder();
        builder.getMetadataBuilder().setDeletionTimestamp(Times.time(NOW)).setDeletionGracePeriodSeconds(30);
        return builder.build();
    }

    private static Pod ready(Pod pod) {
        Pod.Builder builder = pod.toBuilder();
        builder.getStatusBuilder().addConditions(PodCondition.newBuilder().setType("Ready").setStatus("True"));
        return builder.build();
    }

    private static Pod phase(Pod pod, String phase) {
        Pod.Builder builder = pod.toBuilder();
        builder.getStatusBuilder().setPhase(phase);
        return builder.build();
    }

    private static Pod late(Pod pod) {
        Pod.Builder builder = pod.toBuilder();
        builder.getSpecBuilder().setActiveDeadlineSeconds(5);
        builder.getStatusBuilder().setStartTime(Times.time(NOW.minusSeconds(6)));
        return builder.build();
    }

    /** Gathers a snapshot. */
    private static final class Given {
        private final PodState state;
        private final Pod pod;
        private final List<SandboxView> sandboxes = new ArrayList<>();
        private final List<ContainerView> containers = new ArrayList<>();
        private Map<String, Health> health = Map.of();
        private Map<String, Hold> holds = Map.of();
        private Map<String, RestartBackoff> backoffs = Map.of();
        private Set<String> images = Set.of();

        Given(PodState state, Pod pod) {
            this.state = state;
            this.pod = pod;
        }

        Given sandbox(int attempt, boolean ready) {
            sandboxes.add(new SandboxView("s" + attempt, "u", "d", "p", attempt, ready, NOW, List.of("10.1.0.2")));
            return this;
        }

        Given container(String name, int attempt, ContainerView.State state, int code, Instant end) {
            containers.add(new ContainerView(name + "-" + attempt, "s0", "u", name, attempt, state, NOW, NOW, end, code,
                    "", "", "x:1", "x", ""));
            return this;
        }

        Given running(String name, int attempt) {
            return container(name, attempt, ContainerView.State.RUNNING, 0, Instant.EPOCH);
        }

        Given exited(String name, int attempt, int code, Instant end) {
            return container(name, attempt, ContainerView.State.EXITED, code, end);
        }

        Given image(String... names) {
            images = Set.of(names);
            return this;
        }

        Given health(String id, Health value) {
            health = Map.of(id, value);
            return this;
        }

        Given hold(String name, Instant until) {
            holds = Map.of(name, new Hold("ErrImagePull", "no", until));
            return this;
        }

        Given backoff(String name, RestartBackoff value) {
            backoffs = Map.of(name, value);
            return this;
        }

        PodSnapshot snapshot() {
            return new PodSnapshot(pod, true, state, sandboxes, containers, health, holds, backoffs, images, Set.of(),
                    NOW);
        }
    }
}
