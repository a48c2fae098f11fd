package dev.longshore.apiserver.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longshore.client.fake.SimulatedTime;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class CompactorTest {
    private final SimulatedTime time = new SimulatedTime(1);
    private final InMemoryStore store = new InMemoryStore(time.inlineEnvironment());

    private void put(String value) {
        store.put("/a", value.getBytes(StandardCharsets.UTF_8), OptionalLong.empty(), Optional.empty()).join();
    }

    private int keysAt(long revision) {
        return store.range("/", "", 0, revision).join().values().size();
    }

    @Test
    void forgetsWhatIsOlderThanAPeriod() {
        put("1");
        put("2");
        Compactor compactor = new Compactor(store, time.inlineEnvironment());
        compactor.start();
        put("3");
        time.advance(Compactor.PERIOD.minus(Duration.ofSeconds(1)));
        assertThat(keysAt(2)).isEqualTo(1);

        time.advance(Duration.ofSeconds(1));
        assertThatThrownBy(() -> keysAt(2)).hasCauseInstanceOf(StoreException.class);
        assertThat(keysAt(3)).isEqualTo(1);

        time.advance(Compactor.PERIOD);
        assertThatThrownBy(() -> keysAt(3)).hasCauseInstanceOf(StoreException.class);
        assertThat(keysAt(4)).isEqualTo(1);
    }

    @Test
    void twoServersDoNotDisturbEachOther() {
        Compactor first = new Compactor(store, time.inlineEnvironment());
        Compactor second = new Compactor(store, time.inlineEnvironment());
        first.start();
        put("1");
        time.advance(Duration.ofMinutes(2));
        second.start();
        put("2");
        time.advance(Compactor.PERIOD.multipliedBy(3));
        assertThat(keysAt(3)).isEqualTo(1);
    }

    @Test
    void stopsWhenItIsTold() {
        put("1");
        Compactor compactor = new Compactor(store, time.inlineEnvironment());
        compactor.start();
        put("2");
        compactor.beginStop();
        time.advance(Compactor.PERIOD.multipliedBy(2));
        assertThat(keysAt(2)).isEqualTo(1);
    }
}
