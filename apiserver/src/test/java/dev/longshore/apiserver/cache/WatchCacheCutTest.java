package dev.longshore.apiserver.cache;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.apiserver.store.InMemoryStore;
import dev.longshore.client.fake.SimulatedTime;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A cache that lost its store for a while, and the history too. */
class WatchCacheCutTest {
    private static final int SEEDS = 100;
    private static final CacheLimits LIMITS = new CacheLimits(1_000, 7, 3, Duration.ofSeconds(3));

    private final SimulatedTime world = new SimulatedTime(1);
    private final CutStore store = new CutStore(new InMemoryStore(world.inlineEnvironment()));
    private final WatchCache<String> cache = new WatchCache<>(store, new CacheConfig("things", "/p/", LIMITS),
            new TextDecoder(), world.inlineEnvironment(), new SimpleMeterRegistry());

    static LongStream seeds() {
        return LongStream.range(0, SEEDS);
    }

    private void write(String key, String value) {
        store.put(key, value.getBytes(UTF_8), OptionalLong.empty(), Optional.empty()).join();
    }

    private List<String> stored() {
        return store.range("/p/", "", 0, 0).join().values().stream()
                .map(value -> value.key() + "=" + new String(value.value(), UTF_8)).toList();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void watchersEndWithTheStoresStateAndSeeNoChangeThatDoesNotFitTheLast(long seed) {
        Random random = new Random(seed);
        cache.start();
        WatcherProbe probe = WatcherProbe.quick();
        cache.watch("/p/", cache.revision(), probe);
        for (int round = 0; round < 20; round++) {
            change(random);
            store.cut();
            change(random);
            store.mendCompacted();
        }

        assertThat(probe.end()).isEmpty();
        assertThat(probe.replica()).isEqualTo(stored());
        assertThat(probe.events()).extracting(CacheEvent::revision).isSorted();
        assertThat(cache.list("/p/", new Freshness.Newest()).join().objects()).extracting(Cached::value)
                .containsExactlyElementsOf(stored());
    }

    private void change(Random random) {
        for (int i = random.nextInt(8); i > 0; i--) {
            String key = "/p/" + random.nextInt(6);
            if (random.nextBoolean()) {
                write(key, "" + random.nextInt(1_000_000));
            } else {
                store.delete(key, OptionalLong.empty()).join();
            }
        }
    }

    @Test
    void aConsistentListIsRefusedRatherThanStaleWhileTheLineIsCut() {
        cache.start();
        write("/p/a", "1");
        store.cut();
        write("/p/a", "2");
        CompletableFuture<Snapshot<String>> consistent = cache.list("/p/", new Freshness.Newest());
        assertThat(consistent).isNotDone();
        world.advance(LIMITS.waitLimit());
        assertThat(consistent).isCompletedExceptionally();
        assertThat(cache.list("/p/", new Freshness.Any()).join().objects()).extracting(Cached::value)
                .containsExactly("/p/a=1");

        CompletableFuture<Snapshot<String>> lucky = cache.list("/p/", new Freshness.Newest());
        store.mendCompacted();
        assertThat(lucky.join().objects()).extracting(Cached::value).containsExactly("/p/a=2");
    }

    @Test
    void aListThatFailsIsTriedAgain() {
        store.cut();
        cache.start();
        write("/p/a", "1");
        CompletableFuture<Snapshot<String>> waiting = cache.list("/p/", new Freshness.Newest());
        world.advance(Duration.ofSeconds(1));
        assertThat(waiting).isNotDone();
        store.mendCompacted();
        world.advance(Duration.ofSeconds(1));
        assertThat(waiting.join().objects()).hasSize(1);
    }
}
