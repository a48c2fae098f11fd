package dev.longshore.apiserver.cache;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.ApiException;
import dev.longshore.api.Reason;
import dev.longshore.apiserver.store.InMemoryStore;
import dev.longshore.apiserver.store.Store;
import dev.longshore.apiserver.store.StoreEvent;
import dev.longshore.apiserver.store.StoreWatcher;
import dev.longshore.client.fake.SimulatedTime;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random writes, deletions, lease ends, compactions, new and slow watchers, against a cache with a small window. Every
 * watcher must see exactly the store's history from where it began, or be told EXPIRED; every consistent list must be
 * the store's state. A failure names its seed; {@code -Dlongshore.seed=N} repeats one.
 */
class WatchCacheRandomTest {
    private static final int SEEDS = 200;
    private static final int STEPS = 400;
    private static final int KEYS = 8;

    static List<Long> seeds() {
        Optional<String> one = Optional.ofNullable(System.getProperty("longshore.seed"));
        if (one.isPresent()) {
            return List.of(Long.parseLong(one.get()));
        }
        return LongStream.range(0, SEEDS).boxed().toList();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void everyWatcherSeesExactlyTheStoresHistory(long seed) {
        new Run(seed).go();
    }

    private static final class Run implements StoreWatcher {
        private final Random random;
        private final SimulatedTime world;
        private final Store store;
        private final WatchCache<String> cache;
        private final List<StoreEvent> history = new ArrayList<>();
        private final List<Watching> watching = new ArrayList<>();
        private Optional<Store.Lease> lease = Optional.empty();

        private record Watching(String prefix, long after, WatcherProbe probe, CacheWatch watch) {}

        Run(long seed) {
            random = new Random(seed);
            world = new SimulatedTime(seed);
            store = new InMemoryStore(world.inlineEnvironment());
            CacheLimits limits = new CacheLimits(5 + random.nextInt(20), 1 + random.nextInt(4), 3,
                    Duration.ofSeconds(3));
            cache = new WatchCache<>(store, new CacheConfig("things", "/p/", limits), new TextDecoder(),
                    world.inlineEnvironment(), new SimpleMeterRegistry());
        }

        void go() {
            store.watch("/p/", 1, this);
            int early = random.nextInt(10);
            for (int i = 0; i < early; i++) {
                write();
            }
            cache.start();
            for (int i = 0; i < STEPS; i++) {
                step();
            }
            finish();
        }

        private void step() {
            switch (random.nextInt(12)) {
                case 0, 1, 2, 3 -> write();
                case 4, 5 -> store.delete(key(), OptionalLong.empty());
                case 6 -> watch();
                case 7 -> anyWatch().ifPresent(each -> {
                    each.probe().setRoom(1 + random.nextInt(3));
                    each.watch().ready();
                });
                case 8 -> anyWatch().ifPresent(each -> each.watch().requestBookmark());
                case 9 -> compareList();
                case 10 -> world.advance(Duration.ofMillis(random.nextInt(2_000)));
                case 11 -> rare();
                default -> throw new IllegalStateException();
            }
        }

        private void rare() {
            switch (random.nextInt(3)) {
                case 0 -> store.compact(store.revision().join()).join();
                case 1 -> lease = Optional.of(store.grant(Duration.ofSeconds(1)).join());
                case 2 -> store.put("/q/x", new byte[0], OptionalLong.empty(), Optional.empty());
                default -> throw new IllegalStateException();
            }
        }

        private String key() {
            return "/p/" + (random.nextBoolean() ? "n1/" : "n2/") + random.nextInt(KEYS);
        }

        private void write() {
            byte[] value = Integer.toString(random.nextInt(1_000_000)).getBytes(UTF_8);
            Optional<Store.Lease> with = random.nextInt(4) == 0 ? lease : Optional.empty();
            store.put(key(), value, OptionalLong.empty(), with); // the lease may have ended: then nothing is written
        }

        private Optional<Watching> anyWatch() {
            return watching.isEmpty()
                    ? Optional.empty()
                    : Optional.of(watching.get(random.nextInt(watching.size())));
        }

        private void watch() {
            String prefix = List.of("/p/", "/p/n1/", "/p/n2/3").get(random.nextInt(3));
            Snapshot<String> listed = cache.list(prefix, new Freshness.Any()).join();
            WatcherProbe probe = new WatcherProbe(1 + random.nextInt(20)).startingWith(listed);
            watching.add(new Watching(prefix, listed.revision(), probe, cache.watch(prefix, listed.revision(), probe)));
        }

        private void compareList() {
            Snapshot<String> listed = cache.list("/p/", new Freshness.Newest()).join();
            assertThat(listed.revision()).isEqualTo(store.revision().join());
            assertThat(listed.objects().stream().map(Cached::value)).containsExactlyElementsOf(stored("/p/"));
        }

        private List<String> stored(String prefix) {
            return store.range(prefix, "", 0, 0).join().values().stream()
                    .map(value -> value.key() + "=" + new String(value.value(), UTF_8)).toList();
        }

        private void finish() {
            compareList();
            for (Watching each : watching) {
                each.probe().setRoom(Integer.MAX_VALUE);
                each.watch().ready();
                each.watch().requestBookmark();
            }
            watching.forEach(this::check);
        }

        private void check(Watching each) {
            List<String> expected = history.stream()
                    .filter(event -> event.revision() > each.after() && event.key().startsWith(each.prefix()))
                    .map(event -> event.key() + "@" + event.revision()).toList();
            List<String> seen = each.probe().events().stream().map(event -> event.key() + "@" + event.revision())
                    .toList();
            Optional<ApiException> end = each.probe().end();
            if (end.isPresent()) {
                assertThat(end.get().reason()).isEqualTo(Reason.EXPIRED);
                assertThat(seen).isEqualTo(expected.subList(0, seen.size()));
            } else {
                assertThat(seen).isEqualTo(expected);
                assertThat(each.probe().replica()).isEqualTo(stored(each.prefix()));
                assertThat(each.probe().bookmarks()).last().isEqualTo(store.revision().join());
            }
        }

        @Override
        public void onEvents(List<StoreEvent> events) {
            history.addAll(events);
        }

        @Override
        public void onProgress(long revision) {
            throw new AssertionError("nobody asked");
        }

        @Override
        public void onCompacted(long compactRevision) {
            throw new AssertionError("it was never behind");
        }
    }
}
