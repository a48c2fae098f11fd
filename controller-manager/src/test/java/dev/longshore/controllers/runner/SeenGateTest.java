package dev.longshore.controllers.runner;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import dev.longshore.api.ApiException;
import dev.longshore.api.ResourceType;
import dev.longshore.api.ResourceTypes;
import dev.longshore.api.core.v1.ConfigMap;
import dev.longshore.client.ApiClient;
import dev.longshore.client.ObjectList;
import dev.longshore.client.Query;
import dev.longshore.client.Watch;
import dev.longshore.client.WatchEvent;
import dev.longshore.client.WatchListener;
import dev.longshore.client.fake.FakeApiClient;
import dev.longshore.client.fake.ForwardingApiClient;
import dev.longshore.client.fake.SimulatedTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SeenGateTest {
    private static final String KEY = "key";
    private static final Duration A_MOMENT = Duration.ofMillis(10);

    private final SimulatedTime time = new SimulatedTime(1);
    private final FakeApiClient api = new FakeApiClient(time.environment().clock(), time.environment().randomness());
    private final SlowWatches client = new SlowWatches(api);
    private final Informers informers = new Informers(client, time.environment());
    private final SeenGate<String> gate = new SeenGate<>(informers, time.environment().clock());

    @BeforeEach
    void startCaches() {
        informers.of(ResourceTypes.CONFIG_MAPS);
        informers.start();
        time.advance(A_MOMENT);
    }

    private ConfigMap create(String name) {
        ConfigMap.Builder map = ConfigMap.newBuilder();
        map.getMetadataBuilder().setNamespace("d").setName(name);
        return api.create(ResourceTypes.CONFIG_MAPS, map.build());
    }

    private static Write write(String version) {
        return new Write(ResourceTypes.CONFIG_MAPS, "d", version);
    }

    private static Write write(ConfigMap map) {
        return write(map.getMetadata().getResourceVersion());
    }

    @Test
    void aKeyThatWroteNothingPasses() {
        gate.wrote(KEY, List.of());
        assertThat(gate.pass(KEY, client)).isTrue();
        assertThat(gate.opened()).isEmpty();
    }

    @Test
    void aKeyIsHeldUntilTheCacheShowsItsLastWrite() {
        client.hold();
        gate.wrote(KEY, List.of(write(create("a")), write(create("b"))));
        assertThat(gate.pass(KEY, client)).isFalse();
        client.deliver(1);
        assertThat(gate.opened()).isEmpty();
        client.deliver(1);
        assertThat(gate.opened()).containsExactly(KEY);
        assertThat(gate.opened()).isEmpty();
        assertThat(gate.pass(KEY, client)).isTrue();
        assertThat(client.lists).isEqualTo(1);
    }

    @Test
    void anotherKeyIsNotHeld() {
        client.hold();
        gate.wrote(KEY, List.of(write(create("a"))));
        assertThat(gate.pass("other", client)).isTrue();
    }

    @Test
    void aWriteThatTheCacheShowsAlreadyHoldsNothing() {
        gate.wrote(KEY, List.of(write(create("a"))));
        assertThat(gate.pass(KEY, client)).isTrue();
    }

    @Test
    void writesOfResourcesWithoutACacheHoldNothing() {
        gate.wrote(KEY, List.of(new Write(ResourceTypes.EVENTS, "d", "999")));
        assertThat(gate.pass(KEY, client)).isTrue();
    }

    @Test
    void aLostAnswerIsLookedUpAndWhatWasWrittenHasToShow() {
        client.hold();
        create("a");
        gate.wrote(KEY, List.of(write("")));
        assertThat(gate.pass(KEY, client)).isFalse();
        assertThat(client.lists).isEqualTo(2);
        client.deliver(1);
        assertThat(gate.opened()).containsExactly(KEY);
    }

    @Test
    void aLostAnswerOfAWriteThatNeverHappenedPassesAfterTheLookUp() {
        create("a");
        client.hold();
        gate.wrote(KEY, List.of(write("")));
        assertThat(gate.opened()).isEmpty();
        assertThat(gate.pass(KEY, client)).isTrue();
    }

    @Test
    void aVersionThatNeverComesHoldsTheKeyForTheLimitOnly() {
        gate.wrote(KEY, List.of(write("1000000")));
        time.advance(SeenGate.SEEN_LIMIT.minusMillis(1));
        assertThat(gate.pass(KEY, client)).isFalse();
        assertThat(client.lists).isEqualTo(1);
        time.advance(Duration.ofMillis(1));
        assertThat(gate.pass(KEY, client)).isTrue();
        assertThat(client.lists).isEqualTo(2);
    }

    @Test
    void aCacheThatStaysBehindHoldsTheKeyBeyondTheLimit() {
        client.hold();
        gate.wrote(KEY, List.of(write(create("a"))));
        time.advance(SeenGate.SEEN_LIMIT);
        assertThat(gate.pass(KEY, client)).isFalse();
        client.deliver(1);
        assertThat(gate.opened()).containsExactly(KEY);
    }

    /** Keeps watch events back until the test delivers them, and counts lists. */
    private static final class SlowWatches extends ForwardingApiClient {
        private final List<Runnable> held = new ArrayList<>();
        private boolean holding;
        private int lists;

        SlowWatches(ApiClient client) {
            super(client);
        }

        void hold() {
            holding = true;
        }

        void deliver(int count) {
            for (int i = 0; i < count; i++) {
                held.removeFirst().run();
            }
        }

        @Override
        public <T extends Message> ObjectList<T> list(ResourceType<T> type, Query query) {
            lists++;
            return client.list(type, query);
        }

        @Override
        public <T extends Message> Watch watch(ResourceType<T> type, Query query, String resourceVersion,
                WatchListener<T> listener) {
            return client.watch(type, query, resourceVersion, new WatchListener<>() {
                @Override
                public void onEvent(WatchEvent<T> event) {
                    if (holding) {
                        held.add(() -> listener.onEvent(event));
                    } else {
                        listener.onEvent(event);
                    }
                }

                @Override
                public void onEnd(ApiException cause) {
                    listener.onEnd(cause);
                }
            });
        }
    }
}
