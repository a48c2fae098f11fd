package dev.longshore.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.ApiException;
import dev.longshore.api.ObjectKey;
import dev.longshore.api.Reason;
import dev.longshore.api.ResourceTypes;
import dev.longshore.api.core.v1.Pod;
import dev.longshore.client.ApiClient;
import dev.longshore.client.BindOutcome;
import dev.longshore.client.LeaderTerm;
import dev.longshore.client.PodPlacement;
import dev.longshore.client.fake.FakeApiClient;
import dev.longshore.common.time.Environment;
import dev.longshore.common.time.SystemEnvironment;
import dev.longshore.scheduler.cycle.Intent;
import dev.longshore.scheduler.cycle.SchedulerEvent;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The binder against an API in memory; tasks and timers wait until the test runs them. */
class BinderTest {
    private static final LeaderTerm TERM = new LeaderTerm(new ObjectKey("kube-system", "kube-scheduler"), "me", 3);

    private final SystemEnvironment system = new SystemEnvironment();
    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private final Environment environment = new Environment(system.environment().clock(), (_, action) -> {
        tasks.add(action);
        return () -> tasks.remove(action);
    }, system.environment().randomness(), tasks::add);
    private final FakeApiClient api = new FakeApiClient(environment.clock(), environment.randomness());
    /** What the next calls answer instead; those behind it reach the API. */
    private final Deque<Way> ways = new ArrayDeque<>();
    private final List<List<PodPlacement>> calls = new ArrayList<>();
    private final List<LeaderTerm> terms = new ArrayList<>();
    private final List<SchedulerEvent> results = new ArrayList<>();
    private int created;
    private int ended;
    private final Binder binder = new Binder(client(), environment,
            new ProfileEvents(List.of("default-scheduler"), api, environment), new Binder.Results() {
                @Override
                public void accept(SchedulerEvent event) {
                    results.add(event);
                }

                @Override
                public void callEnded() {
                    ended++;
                }
            });

    private interface Way {
        List<BindOutcome> bind(List<PodPlacement> placements);
    }

    @AfterEach
    void close() {
        system.close();
    }

    private ApiClient client() {
        return (ApiClient) Proxy.newProxyInstance(ApiClient.class.getClassLoader(), new Class<?>[]{ApiClient.class},
                (_, method, arguments) -> {
                    if (method.getName().equals("bind")) {
                        return called(arguments);
                    }
                    try {
                        return method.invoke(api, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @SuppressWarnings("unchecked")
    private List<BindOutcome> called(Object[] arguments) {
        List<PodPlacement> placements = (List<PodPlacement>) arguments[0];
        calls.add(placements);
        terms.add((LeaderTerm) arguments[1]);
        return ways.isEmpty() ? api.bind(placements, LeaderTerm.ALWAYS) : ways.remove().bind(placements);
    }

    private Intent.Bind intent(String name) {
        Pod pod = api.create(ResourceTypes.PODS, TestPods.pod(name, 100));
        return new Intent.Bind(ResourceTypes.PODS.key(pod), pod.getMetadata().getUid(), "default-scheduler", "n1");
    }

    private void bind(int pods) {
        for (int i = 0; i < pods; i++) {
            binder.bind(intent("p" + created++), TERM);
        }
    }

    private void runAll() {
        while (!tasks.isEmpty()) {
            tasks.remove().run();
        }
    }

    private List<Integer> sizes() {
        return calls.stream().map(List::size).toList();
    }

    private static Way refusing(Reason reason) {
        return placements -> Collections.nCopies(placements.size(),
                new BindOutcome.Refused(ApiException.of(reason, "refused")));
    }

    private Intent.Bind bindOne(String name) {
        Intent.Bind intent = intent(name);
        binder.bind(intent, TERM);
        binder.flush();
        return intent;
    }

    @Test
    void whatATurnDecidedLeavesInFewCalls() {
        bind(300);
        assertThat(tasks).isEmpty();
        binder.flush();
        runAll();

        assertThat(sizes()).containsExactly(128, 128, 44);
        assertThat(terms).containsOnly(TERM);
        assertThat(results).hasSize(300).allMatch(result -> result instanceof SchedulerEvent.BindSucceeded);
        assertThat(ended).isEqualTo(3);
    }

    @Test
    void whileCallsAreUnderWayTheNextOnesGrow() {
        for (int i = 0; i < Binder.CALL_LIMIT + 3; i++) {
            bind(1);
            binder.flush();
        }
        assertThat(tasks).hasSize(Binder.CALL_LIMIT);
        runAll();
        binder.callEnded();
        runAll();

        assertThat(sizes()).containsExactly(1, 1, 1, 1, 3);
    }

    @Test
    void onlySoManyMayBeUnderWay() {
        bind(Binder.IN_FLIGHT_LIMIT - 1);
        assertThat(binder.hasRoom()).isTrue();
        bind(1);
        assertThat(binder.hasRoom()).isFalse();
        binder.finished();
        assertThat(binder.hasRoom()).isTrue();
    }

    @Test
    void whatWasDecidedInAnotherTermLeavesInAnotherCall() {
        LeaderTerm next = new LeaderTerm(TERM.lease(), "me", 5);
        binder.bind(intent("a"), TERM);
        binder.bind(intent("b"), next);
        binder.bind(intent("c"), next);
        binder.flush();
        runAll();

        assertThat(sizes()).containsExactly(1, 2);
        assertThat(terms).containsExactly(TERM, next);
    }

    @Test
    void onlyThePodWithoutAnAnswerIsTriedAgain() {
        Intent.Bind first = intent("a");
        Intent.Bind second = intent("b");
        ways.add(placements -> List.of(api.bind(placements.subList(0, 1), LeaderTerm.ALWAYS).getFirst(),
                new BindOutcome.Refused(ApiException.of(Reason.SERVICE_UNAVAILABLE, "gone"))));
        binder.bind(first, TERM);
        binder.bind(second, TERM);
        binder.flush();
        tasks.remove().run();
        assertThat(results).containsExactly(new SchedulerEvent.BindSucceeded(first.uid()));
        assertThat(ended).isEqualTo(1);
        runAll();

        assertThat(sizes()).containsExactly(2, 1);
        assertThat(results).containsExactly(new SchedulerEvent.BindSucceeded(first.uid()),
                new SchedulerEvent.BindSucceeded(second.uid()));
        assertThat(ended).isEqualTo(1);
    }

    @Test
    void aLostAnswerIsFoundOutByLookingAtThePod() {
        ways.add(placements -> {
            api.bind(placements, LeaderTerm.ALWAYS);
            return refusing(Reason.TIMEOUT).bind(placements);
        });
        Intent.Bind intent = bindOne("a");
        runAll();

        assertThat(sizes()).containsExactly(1, 1);
        assertThat(results).containsExactly(new SchedulerEvent.BindSucceeded(intent.uid()));
    }

    @Test
    void aPodThatAnotherHasBoundFails() {
        Intent.Bind intent = intent("a");
        api.bind(List.of(new PodPlacement(intent.pod(), intent.uid(), "n2")), LeaderTerm.ALWAYS);
        binder.bind(intent, TERM);
        binder.flush();
        runAll();

        assertThat(results).hasSize(1).first().isInstanceOf(SchedulerEvent.BindFailed.class);
    }

    @Test
    void aLeaderWhoseTermIsOverGetsItsPodsBackUnbound() {
        ways.add(refusing(Reason.CONFLICT));
        Intent.Bind intent = bindOne("a");
        runAll();

        assertThat(results).containsExactly(
                new SchedulerEvent.BindFailed(intent.uid(), "binding rejected: refused"));
        assertThat(api.get(ResourceTypes.PODS, intent.pod()).getSpec().getNodeName()).isEmpty();
    }

    @Test
    void anApiThatStaysAwayIsGivenUpInTheEnd() {
        Collections.nCopies(Retry.LIMIT, refusing(Reason.SERVICE_UNAVAILABLE)).forEach(ways::add);
        bindOne("a");
        runAll();

        assertThat(calls).hasSize(Retry.LIMIT);
        assertThat(results).hasSize(1).first().isInstanceOf(SchedulerEvent.BindFailed.class);
    }
}
